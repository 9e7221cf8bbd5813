package dev.mcpreel.analysis.waterfall;

import java.util.ArrayList;
import java.util.List;

/** Joins notifications of one kind that come again and again while something is in flight. */
final class Echoes {
    private Echoes() {}

    /** @param rows in order of start; what is joined is taken out */
    static void join(List<RowDraft> rows) {
        List<RowDraft> joined = new ArrayList<>();
        RowDraft first = null;
        long covered = Long.MIN_VALUE;
        for (RowDraft row : rows) {
            boolean told = row.kind == RowKind.NOTIFICATION || row.kind == RowKind.SERVER_NOTIFICATION;
            if (told && first != null && isSame(first, row) && row.startNanos <= covered) {
                first.marks.add(row.startNanos);
            } else {
                joined.add(row);
                first = told ? row : null;
            }
            covered = Math.max(covered, row.kind.isWork() ? row.endNanos : row.startNanos);
        }
        joined.stream()
                .filter(row -> !row.marks.isEmpty())
                .filter(row -> row.kind == RowKind.NOTIFICATION || row.kind == RowKind.SERVER_NOTIFICATION)
                .forEach(row -> row.notes.add(row.marks.size() + 1 + " times"));
        rows.clear();
        rows.addAll(joined);
    }

    private static boolean isSame(RowDraft first, RowDraft row) {
        return first.kind == row.kind && first.label.equals(row.label);
    }
}
