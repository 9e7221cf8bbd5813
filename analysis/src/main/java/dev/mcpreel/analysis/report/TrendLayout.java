package dev.mcpreel.analysis.report;

import dev.mcpreel.analysis.summary.Metric;
import java.util.ArrayList;
import java.util.List;

/**
 * How the seven values of a trend stand in the width there is: on one line where that fits, else four and three, else
 * fewer.
 *
 * @param columnWidths one for each value of a line
 */
record TrendLayout(List<Integer> columnWidths) {
    private static final int GAP = 1;
    private static final int[] PER_LINE = {7, 4, 3, 2, 1};

    TrendLayout {
        columnWidths = List.copyOf(columnWidths);
    }

    static List<String> cells(Metric.Trend trend) {
        return List.of(
                "avg=" + Units.millis(trend.avg()),
                "min=" + Units.millis(trend.min()),
                "med=" + Units.millis(trend.med()),
                "max=" + Units.millis(trend.max()),
                "p(90)=" + Units.millis(trend.p90()),
                "p(95)=" + Units.millis(trend.p95()),
                "p(99)=" + Units.millis(trend.p99()));
    }

    /** The layout with the most values on a line that fits all the given trends. */
    static TrendLayout of(List<List<String>> trends, int width) {
        TrendLayout layout = new TrendLayout(List.of());
        for (int perLine : PER_LINE) {
            layout = new TrendLayout(widths(trends, perLine));
            int total = layout.columnWidths.stream().mapToInt(Integer::intValue).sum() + GAP * (perLine - 1);
            if (total <= width) {
                return layout;
            }
        }
        return layout;
    }

    private static List<Integer> widths(List<List<String>> trends, int perLine) {
        List<Integer> widths = new ArrayList<>();
        for (int column = 0; column < perLine; column++) {
            int widest = 0;
            for (List<String> cells : trends) {
                for (int i = column; i < cells.size(); i += perLine) {
                    widest = Math.max(widest, TerminalText.cells(cells.get(i)));
                }
            }
            widths.add(widest);
        }
        return widths;
    }

    List<String> rows(List<String> cells) {
        List<String> rows = new ArrayList<>();
        int perLine = columnWidths.size();
        for (int from = 0; from < cells.size(); from += perLine) {
            StringBuilder row = new StringBuilder();
            for (int i = from; i < Math.min(cells.size(), from + perLine); i++) {
                row.append(i == from ? "" : " ".repeat(GAP));
                row.append(TerminalText.padRight(cells.get(i), columnWidths.get(i - from)));
            }
            rows.add(row.toString().stripTrailing());
        }
        return rows;
    }
}
