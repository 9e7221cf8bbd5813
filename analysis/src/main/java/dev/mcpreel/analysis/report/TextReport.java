package dev.mcpreel.analysis.report;

import dev.mcpreel.analysis.calls.CodeCount;
import dev.mcpreel.analysis.summary.Metric;
import dev.mcpreel.analysis.summary.NotSentRow;
import dev.mcpreel.analysis.summary.OutcomeRow;
import dev.mcpreel.analysis.summary.Plural;
import dev.mcpreel.analysis.summary.Section;
import dev.mcpreel.analysis.summary.Summary;
import dev.mcpreel.analysis.summary.ToolRow;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A summary for a terminal, in the manner of k6's: no line is longer than the width, and everything that came from the
 * wire is escaped. Colour only repeats what the words say. Immutable.
 */
public final class TextReport {
    /** Narrower terminals get this width and wrap. */
    public static final int MIN_WIDTH = 60;

    private static final int MAX_TOOLS = 40;

    private final int width;
    private final boolean colour;

    /**
     * @param width of the terminal in cells
     * @param colour whether to write ANSI colour sequences
     */
    public TextReport(int width, boolean colour) {
        this.width = Math.max(MIN_WIDTH, width);
        this.colour = colour;
    }

    /** Lines ended by a line feed each. */
    public String render(Summary summary) {
        List<String> lines = new ArrayList<>(new HeaderLines(width, colour).of(summary));
        if (!summary.isEmpty()) {
            MetricLines metrics = new MetricLines(summary, width, colour);
            for (Section section : Section.values()) {
                block(lines, section.name(), metrics.section(section));
            }
            if (!summary.tools().isEmpty()) {
                block(lines, "TOOLS", tools(summary.tools()));
            }
            if (!summary.outcomes().isEmpty() || !summary.notSent().isEmpty()) {
                List<String> content = new ArrayList<>();
                if (!summary.outcomes().isEmpty()) {
                    content.addAll(outcomes(summary.outcomes()));
                }
                if (!summary.notSent().isEmpty()) {
                    content.addAll(notSent(summary.notSent()));
                }
                block(lines, "OUTCOMES", content);
            }
        }
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    private void block(List<String> lines, String title, List<String> content) {
        lines.add("");
        lines.add(Tone.TITLE.paint(title, colour));
        lines.addAll(content);
    }

    private List<String> tools(List<ToolRow> rows) {
        Table table = new Table(
                0,
                Column.text("tool"),
                Column.number("calls"),
                Column.number("rate", 2),
                Column.number("success"),
                Column.number("errors"),
                Column.number("avg", 1),
                Column.number("med", 3),
                Column.number("p(95)"),
                Column.number("max"));
        for (ToolRow row : rows.subList(0, Math.min(MAX_TOOLS, rows.size()))) {
            Metric.Trend duration = row.duration();
            Metric.Rate success = row.success();
            table.row(
                    Cell.of(TerminalText.escape(row.tool())),
                    Cell.of(row.calls()),
                    Cell.of(Units.perSecond(row.perSecond())),
                    Cell.of(success == null ? "-" : Units.percent(success)),
                    Cell.errors(row.errors()),
                    Cell.of(duration == null ? "-" : Units.millis(duration.avg())),
                    Cell.of(duration == null ? "-" : Units.millis(duration.med())),
                    Cell.of(duration == null ? "-" : Units.millis(duration.p95())),
                    Cell.of(duration == null ? "-" : Units.millis(duration.max())));
        }
        List<String> lines = new ArrayList<>(table.render(width, colour));
        if (rows.size() > MAX_TOOLS) {
            lines.add("  and " + (rows.size() - MAX_TOOLS) + " tools more; --json has them all");
        }
        return lines;
    }

    private List<String> outcomes(List<OutcomeRow> rows) {
        long calls = rows.stream().mapToLong(OutcomeRow::calls).sum();
        long requests = rows.stream().mapToLong(OutcomeRow::requests).sum();
        Table table = new Table(
                5,
                Column.text("outcome"),
                Column.number("calls"),
                Column.number("of calls"),
                Column.number("requests"),
                Column.number("of requests", 1),
                Column.text("codes"));
        for (OutcomeRow row : rows) {
            Tone tone = row.outcome().isError() ? Tone.BAD : Tone.PLAIN;
            table.row(
                    new Cell(row.outcome().label(), tone),
                    Cell.of(row.calls()),
                    Cell.of(calls == 0 ? "-" : Units.percent(row.calls(), calls)),
                    Cell.of(row.requests()),
                    Cell.of(Units.percent(row.requests(), requests)),
                    Cell.of(row.codes().stream().map(TextReport::code).collect(Collectors.joining(", "))));
        }
        return table.render(width, colour);
    }

    private List<String> notSent(List<NotSentRow> rows) {
        String parts = rows.stream()
                .map(row -> row.outcome().label() + " " + Plural.of(row.requests(), "request") + " ("
                        + Plural.of(row.calls(), "call") + ")")
                .collect(Collectors.joining(", "));
        return TerminalText.wrap("not sent, so in no row above: " + parts, width - 2).stream()
                .map(line -> "  " + line)
                .toList();
    }

    private static String code(CodeCount code) {
        return code.count() == 1 ? Integer.toString(code.code()) : code.code() + " (" + code.count() + ")";
    }
}
