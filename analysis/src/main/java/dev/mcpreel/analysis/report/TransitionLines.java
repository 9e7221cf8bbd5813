package dev.mcpreel.analysis.report;

import dev.mcpreel.analysis.pattern.ToolOrder;
import dev.mcpreel.analysis.pattern.Transitions;
import java.util.ArrayList;
import java.util.List;

/** Which tool follows which: a row for each tool, the columns named by letters that stand before the rows. */
final class TransitionLines {
    private static final String INDENT = "  ";
    private static final int CELL = 5;
    private static final int MOST_TOOLS = 20;
    private static final int MOST_NAME = 28;
    private static final int LEAST_NAME = 14;

    private final int width;
    private final boolean colour;

    TransitionLines(int width, boolean colour) {
        this.width = width;
        this.colour = colour;
    }

    List<String> of(ToolOrder order) {
        int fits = (width - INDENT.length() - LEAST_NAME - 10) / CELL - 2;
        Transitions table = order.transitions(Math.min(MOST_TOOLS, fits));
        int count = "after".length();
        int name = LEAST_NAME;
        for (int row = 0; row < table.from().size(); row++) {
            name = Math.max(name, TerminalText.cells(name(table.from().get(row))) + 2);
            count = Math.max(count, Long.toString(table.sum(row)).length());
        }
        int room = width - INDENT.length() - CELL * table.to().size() - count - 1;
        name = Math.min(name, Math.min(MOST_NAME, room));
        List<String> lines = new ArrayList<>();
        StringBuilder head = new StringBuilder(
                INDENT + TerminalText.padRight("after", name) + " " + TerminalText.padLeft("times", count));
        for (int column = 0; column < table.to().size(); column++) {
            head.append(TerminalText.padLeft(letter(table, column), CELL));
        }
        lines.add(Tone.QUIET.paint(head.toString(), colour));
        for (int row = 0; row < table.from().size(); row++) {
            lines.add(row(table, row, name, count));
        }
        return lines;
    }

    private static String row(Transitions table, int row, int name, int count) {
        int column = table.to().indexOf(table.from().get(row));
        String letter = column < 0 ? "" : letter(table, column) + " ";
        String start = TerminalText.fit(letter + name(table.from().get(row)), name);
        long sum = table.sum(row);
        StringBuilder line = new StringBuilder(
                INDENT + TerminalText.padRight(start, name) + " " + TerminalText.padLeft(Long.toString(sum), count));
        for (long each : table.counts().get(row)) {
            line.append(TerminalText.padLeft(share(each, sum), CELL));
        }
        return line.toString();
    }

    private static String share(long part, long whole) {
        if (part == 0) {
            return "·";
        }
        long percent = Math.round(100.0 * part / whole);
        return percent == 0 ? "<1%" : percent == 100 && part < whole ? ">99%" : percent + "%";
    }

    private static String letter(Transitions table, int column) {
        String name = table.to().get(column);
        if (name.equals(Transitions.END)) {
            return "END";
        }
        return name.equals(Transitions.OTHER) ? "oth" : Character.toString((char) ('A' + column));
    }

    private static String name(String tool) {
        if (tool.equals(Transitions.OTHER)) {
            return "other tools";
        }
        return tool.isEmpty() ? "(no name)" : TerminalText.escape(tool);
    }
}
