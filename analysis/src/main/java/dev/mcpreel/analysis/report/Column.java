package dev.mcpreel.analysis.report;

/**
 * A column of a {@link Table}.
 *
 * @param right whether it is aligned to the right, as numbers are
 * @param expendable when there is too little room, columns go in the order of this number; 0 stays
 */
record Column(String title, boolean right, int expendable) {
    static Column text(String title) {
        return new Column(title, false, 0);
    }

    static Column number(String title) {
        return new Column(title, true, 0);
    }

    static Column number(String title, int expendable) {
        return new Column(title, true, expendable);
    }
}
