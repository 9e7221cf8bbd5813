package dev.mcpreel.captures.redact;

/** Whether a place in a text is in the middle of a word. The last letter of an escape, as of %3D or \n, belongs to no word. */
final class WordEdge {
    private static final int LONGEST_ESCAPE = 6;

    private WordEdge() {}

    /** Whether the word that begins here goes on from one in front of it. */
    static boolean joinsBefore(byte[] bytes, int from, int start) {
        if (start == from || !Chars.isAlphanumeric(bytes[start - 1])) {
            return false;
        }
        int least = Math.max(from, start - LONGEST_ESCAPE);
        for (int at = start - 1; at >= least; at--) {
            int length = start - at;
            boolean escape = (bytes[at] == '%' && length == 3)
                    || (bytes[at] == '\\' && (length == 2 || (length == LONGEST_ESCAPE && bytes[at + 1] == 'u')));
            if (escape) {
                return false;
            }
        }
        return true;
    }

    /** Whether the word that ends here goes on. */
    static boolean joinsAfter(byte[] bytes, int end, int to) {
        return end < to && Chars.isAlphanumeric(bytes[end]);
    }
}
