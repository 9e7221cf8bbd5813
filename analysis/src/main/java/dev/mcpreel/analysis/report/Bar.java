package dev.mcpreel.analysis.report;

import dev.mcpreel.analysis.waterfall.Row;
import dev.mcpreel.analysis.waterfall.RowKind;
import dev.mcpreel.analysis.waterfall.Stretch;
import java.util.LinkedHashMap;
import java.util.Map;

/** A row on the time axis. Each sign means one thing, so that no colour is needed. */
final class Bar {
    static final char WORK = '█';
    static final char SHORT = '▏';
    static final char WAIT = '░';
    static final char MARK = '•';
    static final char OPEN = '─';
    static final char ON = '→';
    static final char MOMENT = '◆';

    /** What each sign says, in the order of a legend. */
    static final Map<Character, String> MEANINGS = meanings();

    private Bar() {}

    private static Map<Character, String> meanings() {
        Map<Character, String> meanings = new LinkedHashMap<>();
        meanings.put(WORK, "in flight");
        meanings.put(SHORT, "less than half a cell");
        meanings.put(WAIT, "the server waits for the agent");
        meanings.put(MARK, "progress or a poll");
        meanings.put(OPEN, "stream open");
        meanings.put(ON, "and longer");
        meanings.put(MOMENT, "notification");
        return meanings;
    }

    /**
     * As many cells as the grid has, blanks at the end left out.
     *
     * @param originNanos where the axis begins
     * @param endNanos what lies behind is not drawn
     */
    static String of(Row row, WaterfallGrid grid, long originNanos, long endNanos) {
        int from = grid.cell(row.startNanos(), originNanos);
        StringBuilder bar = new StringBuilder(" ".repeat(from));
        if (row.isMoment()) {
            bar.append(MOMENT);
            for (long mark : row.marks()) {
                int cell = grid.cell(mark, originNanos);
                bar.append(" ".repeat(Math.max(0, cell + 1 - bar.length())));
                bar.setCharAt(cell, MOMENT);
            }
            return bar.toString();
        }
        int to = Math.max(from, grid.cell(Math.min(row.endNanos(), endNanos) - 1, originNanos));
        boolean stream = row.kind() == RowKind.STREAM;
        char sign = stream ? OPEN : row.kind() == RowKind.SERVER_REQUEST ? WAIT : WORK;
        boolean slight = sign == WORK && row.durationNanos() < grid.nanosPerCell() / 2;
        bar.append(slight ? String.valueOf(SHORT) : String.valueOf(sign).repeat(to - from + 1));
        for (Stretch wait : row.waits()) {
            int begun = grid.cell(wait.fromNanos(), originNanos) + 1;
            for (int i = begun; i < grid.cell(wait.toNanos(), originNanos); i++) {
                set(bar, i, WAIT);
            }
        }
        row.marks().forEach(mark -> set(bar, grid.cell(mark, originNanos), MARK));
        if (stream && row.endNanos() > endNanos) {
            set(bar, to, ON);
        }
        return bar.toString();
    }

    private static void set(StringBuilder bar, int cell, char sign) {
        if (cell < bar.length()) {
            bar.setCharAt(cell, sign);
        }
    }
}
