package dev.mcpreel.analysis.report;

import dev.mcpreel.analysis.waterfall.Row;
import dev.mcpreel.analysis.waterfall.Section;
import dev.mcpreel.analysis.waterfall.Waterfall;
import java.util.Locale;

/**
 * The columns of a waterfall: when, what, the time axis, how long, how it ended. Every section begins at the left of an
 * axis of its own, whose length is one of few round numbers.
 *
 * @param numbers cells for the number of a call, 0 without calls
 * @param label cells for what it is
 * @param bar cells of the time axis
 * @param took cells for the duration
 * @param outcome cells for the outcome
 * @param axisNanos how long the time axis is
 */
record WaterfallGrid(int time, int numbers, int label, int bar, int took, int outcome, long axisNanos) {
    static final String UNDER = "  ";
    private static final int LEAST_LABEL = 12;
    private static final int LEAST_BAR = 12;
    private static final int MOST_BAR = 120;
    private static final int LEAST_OUTCOME = 11;
    private static final long MINUTE = 60_000_000_000L;
    private static final long SECONDS_END = 40_000_000_000L;
    private static final double[] TENTHS = {1, 1.5, 2, 3, 4, 6, 8, 10};
    private static final double[] MINUTES = {1, 1.5, 2, 3, 4, 6, 8, 10, 15, 20, 30, 40, 60};
    private static final double[] HOURS = {1, 1.5, 2, 3, 4, 6, 8, 12, 16, 24};

    static WaterfallGrid of(Waterfall waterfall, int width) {
        int calls = waterfall.rows().mapToInt(Row::number).max().orElse(0);
        int numbers = calls == 0 ? 0 : Integer.toString(calls).length() + 1;
        int label = widestLabel(waterfall);
        int took = "took".length();
        int outcome = "outcome".length();
        for (Row row : waterfall.rows().toList()) {
            took = Math.max(took, TerminalText.cells(Units.brief(row.durationNanos())));
            outcome = Math.max(outcome, TerminalText.cells(TerminalText.escape(row.outcome())));
        }
        int time = time(waterfall.session().endNanos() - waterfall.startNanos()).length();
        int fixed = time + 2 + numbers + 1 + 2 + took + 2;
        outcome = Math.min(outcome, Math.max(LEAST_OUTCOME, (width - fixed) / 4 + 2));
        int most = Math.max(LEAST_LABEL, Math.min(width / 3, width - fixed - outcome - 2 * LEAST_BAR));
        label = Math.max(LEAST_LABEL, Math.min(label, most));
        int bar = Math.max(4, Math.min(MOST_BAR, width - fixed - outcome - label));
        return new WaterfallGrid(time, numbers, label, bar, took, outcome, axis(0));
    }

    /** The same with the axis of one section. */
    WaterfallGrid of(Section section) {
        return new WaterfallGrid(time, numbers, label, bar, took, outcome, axis(section.lengthNanos()));
    }

    /** The shortest axis that is long enough, of 1, 1.5, 2, 3, 4, 6, 8 and their like in ms, s, minutes, hours and days. */
    private static long axis(long nanos) {
        if (nanos <= SECONDS_END) {
            long unit = 1_000_000;
            while (unit * 10 < nanos) {
                unit *= 10;
            }
            return least(unit, TENTHS, nanos);
        }
        if (nanos <= 60 * MINUTE) {
            return least(MINUTE, MINUTES, nanos);
        }
        if (nanos <= 24 * 60 * MINUTE) {
            return least(60 * MINUTE, HOURS, nanos);
        }
        long days = 24 * 60 * MINUTE;
        while (days < nanos && days < Long.MAX_VALUE / 2) {
            days *= 2;
        }
        return days;
    }

    private static long least(long unit, double[] steps, long nanos) {
        for (double step : steps) {
            if (step * unit >= nanos) {
                return Math.round(step * unit);
            }
        }
        return Math.round(steps[steps.length - 1] * unit);
    }

    double nanosPerCell() {
        return axisNanos / (double) bar;
    }

    /** Where the axis begins and ends, in words. */
    String ticks() {
        String from = "0s";
        return from + TerminalText.padLeft(end(), bar - from.length());
    }

    String end() {
        return Units.brief(axisNanos);
    }

    private static int widestLabel(Waterfall waterfall) {
        int widest = 0;
        for (Row row : waterfall.rows().toList()) {
            widest = Math.max(widest, TerminalText.cells(TerminalText.escape(row.label())) + UNDER.length());
        }
        return widest;
    }

    /** A row up to its outcome, in cells that are filled to the last. */
    String line(String at, String number, String text, String cells, String duration) {
        return TerminalText.padLeft(at, time)
                + "  "
                + (numbers == 0 ? "" : TerminalText.padLeft(number, numbers - 1) + " ")
                + TerminalText.padRight(TerminalText.fit(text, label), label)
                + " "
                + TerminalText.padRight(cells, bar)
                + "  "
                + TerminalText.padLeft(duration, took)
                + "  ";
    }

    /** Cells before the label. */
    int indent() {
        return time + 2 + numbers;
    }

    /** The cell a moment falls into. */
    int cell(long nanos, long originNanos) {
        return (int) Math.max(0, Math.min(bar - 1, (nanos - originNanos) / nanosPerCell()));
    }

    /** For example {@code 02:07.350}, and {@code 1:02:07.350} after an hour. */
    static String time(long nanos) {
        long millis = Math.max(0, nanos) / 1_000_000;
        long hours = millis / 3_600_000;
        String rest =
                String.format(Locale.ROOT, "%02d:%02d.%03d", millis / 60_000 % 60, millis / 1000 % 60, millis % 1000);
        return hours == 0 ? rest : hours + ":" + rest;
    }
}
