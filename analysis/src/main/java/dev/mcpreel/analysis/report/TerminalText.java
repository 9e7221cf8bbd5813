package dev.mcpreel.analysis.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Text from the wire made fit for a terminal, and text of any kind laid out in cells. What comes from a capture goes
 * through {@link #escape} before it is printed, whoever prints it.
 */
public final class TerminalText {
    private static final String ELLIPSIS = "…";

    /** Ranges that terminals draw two cells wide, after Unicode Standard Annex 11; coarse, and that is enough here. */
    private static final int[][] WIDE = {
        {0x1100, 0x115f},
        {0x2e80, 0xa4cf},
        {0xac00, 0xd7a3},
        {0xf900, 0xfaff},
        {0xfe30, 0xfe6f},
        {0xff00, 0xff60},
        {0xffe0, 0xffe6},
        {0x1f000, 0x1faff},
        {0x20000, 0x3fffd}
    };

    private TerminalText() {}

    /**
     * Shows what would move the cursor, change colours, reorder or hide text, or cannot be printed: control characters
     * and bytes up to U+00FF as {@code \x1b}, others as {@code \}{@code u202e} or {@code \}{@code u{e0041}}, and a
     * backslash as two. Line breaks are control characters, so the result is one line.
     */
    public static String escape(String text) {
        StringBuilder out = null;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            int next = i + Character.charCount(point);
            if (isSafe(point)) {
                if (out != null) {
                    out.appendCodePoint(point);
                }
            } else {
                if (out == null) {
                    out = new StringBuilder(text.length() + 16).append(text, 0, i);
                }
                appendEscaped(out, point);
            }
            i = next;
        }
        return out == null ? text : out.toString();
    }

    /** As {@link #escape}, for JSON: there a backslash begins an escape already and stays as it is. */
    public static String escapeJson(String json) {
        return Arrays.stream(json.split("\\\\", -1)).map(TerminalText::escape).collect(Collectors.joining("\\"));
    }

    private static boolean isSafe(int point) {
        return point < 0x7f ? point >= 0x20 && point != '\\' : isPlain(point);
    }

    /** Whether it prints as itself, in its place: no control, no format character, no half of a pair, nothing unassigned. */
    static boolean isPlain(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    private static void appendEscaped(StringBuilder out, int point) {
        if (point == '\\') {
            out.append("\\\\");
        } else if (point <= 0xff) {
            out.append("\\x").append(hex(point, 2));
        } else if (point <= 0xffff) {
            out.append("\\u").append(hex(point, 4));
        } else {
            out.append("\\u{").append(Integer.toHexString(point)).append('}');
        }
    }

    private static String hex(int value, int digits) {
        String hex = Integer.toHexString(value);
        return "0".repeat(Math.max(0, digits - hex.length())) + hex;
    }

    /** How many cells escaped text takes: two for wide East Asian characters and emoji, none for combining marks. */
    public static int cells(String text) {
        return text.codePoints().map(TerminalText::cells).sum();
    }

    private static int cells(int point) {
        if (point < 0x300) {
            return 1;
        }
        return switch (Character.getType(point)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK -> 0;
            default -> isWide(point) ? 2 : 1;
        };
    }

    private static boolean isWide(int point) {
        for (int[] range : WIDE) {
            if (point >= range[0] && point <= range[1]) {
                return true;
            }
        }
        return false;
    }

    /** Escaped text cut to at most so many cells, the cut shown as an ellipsis. */
    public static String fit(String text, int width) {
        if (cells(text) <= width) {
            return text;
        }
        return width <= 0 ? "" : head(text, width - 1) + ELLIPSIS;
    }

    /** The longest start of the text that takes at most so many cells. */
    private static String head(String text, int width) {
        int used = 0;
        int end = 0;
        while (end < text.length()) {
            int point = text.codePointAt(end);
            used += cells(point);
            if (used > width) {
                break;
            }
            end += Character.charCount(point);
        }
        return text.substring(0, end);
    }

    /** Broken into lines of at most so many cells wherever that is, and at line feeds. */
    static List<String> chop(String text, int width) {
        List<String> lines = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            String rest = line;
            while (cells(rest) > width) {
                String part = head(rest, Math.max(2, width));
                lines.add(part);
                rest = rest.substring(part.length());
            }
            lines.add(rest);
        }
        return lines;
    }

    /** Filled with blanks on the right; longer text stays as it is. */
    public static String padRight(String text, int width) {
        return text + " ".repeat(Math.max(0, width - cells(text)));
    }

    /** Filled with blanks on the left; longer text stays as it is. */
    public static String padLeft(String text, int width) {
        return " ".repeat(Math.max(0, width - cells(text))) + text;
    }

    /** Broken at blanks into lines of at most so many cells; a longer word is broken where it must be. */
    public static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            String rest = word;
            if (!line.isEmpty() && cells(line.toString()) + 1 + cells(rest) > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            while (cells(rest) > width && line.isEmpty()) {
                String part = head(rest, Math.max(2, width));
                lines.add(part);
                rest = rest.substring(part.length());
            }
            line.append(line.isEmpty() ? "" : " ").append(rest);
        }
        lines.add(line.toString());
        return lines;
    }
}
