package dev.mcpreel.captures.redact;

/** Kinds of ASCII characters, by byte. */
final class Chars {
    private Chars() {}

    static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    static boolean isLetter(byte b) {
        return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z');
    }

    static boolean isAlphanumeric(byte b) {
        return isDigit(b) || isLetter(b);
    }

    /** What keys and words are made of. */
    static boolean isWord(byte b) {
        return isAlphanumeric(b) || b == '_' || b == '-';
    }

    static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }

    static boolean isSpace(byte b) {
        return isBlank(b) || b == '\n' || b == '\r' || b == '\f' || b == 0x0B;
    }

    static boolean isLineEnd(byte b) {
        return b == '\n' || b == '\r';
    }

    static boolean isQuote(byte b) {
        return b == '"' || b == '\'' || b == '`';
    }

    static boolean hasDigit(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (isDigit(bytes[i])) {
                return true;
            }
        }
        return false;
    }

    /** Where a text begins that may have the mark of UTF-8 in front of it. */
    static int behindByteOrderMark(byte[] bytes, int from, int to) {
        boolean mark = to - from >= 3
                && bytes[from] == (byte) 0xEF
                && bytes[from + 1] == (byte) 0xBB
                && bytes[from + 2] == (byte) 0xBF;
        return mark ? from + 3 : from;
    }

    /** Where the run of such characters that begins here ends. */
    static int end(byte[] bytes, int from, int to, Kind kind) {
        int end = from;
        while (end < to && kind.has(bytes[end])) {
            end++;
        }
        return end;
    }

    /** A kind of characters. */
    interface Kind {
        boolean has(byte b);
    }

    static boolean startsWith(byte[] bytes, int from, int to, String word) {
        if (to - from < word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (bytes[from + i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** As {@link #startsWith}, for a word in lower case, whatever the case of the text. */
    static boolean startsWithAnyCase(byte[] bytes, int from, int to, String word) {
        if (to - from < word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            byte b = bytes[from + i];
            if ((b >= 'A' && b <= 'Z' ? b + 'a' - 'A' : b) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** The end of a run without the marks that close a sentence or a bracket around it. */
    static int withoutTrailingMarks(byte[] bytes, int from, int to) {
        int end = to;
        while (end > from && ".,;:!?)]}>".indexOf(bytes[end - 1]) >= 0) {
            end--;
        }
        return end;
    }
}
