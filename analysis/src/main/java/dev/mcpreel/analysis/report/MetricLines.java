package dev.mcpreel.analysis.report;

import dev.mcpreel.analysis.summary.Metric;
import dev.mcpreel.analysis.summary.MetricName;
import dev.mcpreel.analysis.summary.Section;
import dev.mcpreel.analysis.summary.Summary;
import dev.mcpreel.analysis.summary.Unit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Metrics as k6 prints them: the name, leader dots, the value; trends in columns that agree over all sections. */
final class MetricLines {
    private static final String INDENT = "  ";
    private static final String REPLAY_ONLY = "replay_";
    private static final Set<MetricName> FAULTS = EnumSet.of(
            MetricName.MCP_ERRORS,
            MetricName.MCP_TIMEOUTS,
            MetricName.MCP_STREAMS_CUT,
            MetricName.MCP_SESSIONS_LOST,
            MetricName.HTTP_REQ_FAILED);

    private final Summary summary;
    private final boolean colour;
    private final int nameWidth;
    private final int valueWidth;
    private final TrendLayout trends;

    MetricLines(Summary summary, int width, boolean colour) {
        this.summary = summary;
        this.colour = colour;
        int longest = 0;
        int widestValue = 0;
        List<List<String>> cells = new ArrayList<>();
        for (MetricName name : MetricName.values()) {
            longest = Math.max(longest, name.label().length());
            Metric metric = summary.metrics().get(name.label());
            if (metric instanceof Metric.Trend trend) {
                cells.add(TrendLayout.cells(trend));
            } else if (metric != null) {
                widestValue = Math.max(widestValue, TerminalText.cells(value(metric, name.unit())));
            }
        }
        this.nameWidth = longest + 2;
        this.valueWidth = widestValue;
        this.trends = TrendLayout.of(cells, width - INDENT.length() - nameWidth - 2);
    }

    /** The lines of one section without its title. */
    List<String> section(Section section) {
        List<String> lines = new ArrayList<>();
        for (MetricName name : MetricName.values()) {
            if (name.section() == section && concerns(name)) {
                add(lines, name, summary.metrics().get(name.label()));
            }
        }
        return lines;
    }

    private boolean concerns(MetricName name) {
        return !name.label().startsWith(REPLAY_ONLY) || summary.capture().role().equals("replayed");
    }

    private void add(List<String> lines, MetricName name, @Nullable Metric metric) {
        String dots = ".".repeat(nameWidth - name.label().length());
        String start = INDENT + name.label() + Tone.QUIET.paint(dots + ":", colour) + " ";
        if (metric == null) {
            lines.add(start + Tone.QUIET.paint("no samples", colour));
        } else if (metric instanceof Metric.Trend trend) {
            List<String> rows = trends.rows(TrendLayout.cells(trend));
            lines.add(start + rows.get(0));
            String hanging = " ".repeat(INDENT.length() + nameWidth + 2);
            rows.subList(1, rows.size()).forEach(row -> lines.add(hanging + row));
        } else {
            String value = TerminalText.padRight(value(metric, name.unit()), valueWidth);
            String detail = detail(metric, name.unit());
            String line = start + tone(name, metric).paint(value, colour) + (detail.isEmpty() ? "" : "  " + detail);
            lines.add(line.stripTrailing());
        }
    }

    private static String value(Metric metric, Unit unit) {
        if (metric instanceof Metric.Counter counter) {
            return unit == Unit.BYTES ? Units.bytes((double) counter.count()) : Long.toString(counter.count());
        } else if (metric instanceof Metric.Rate rate) {
            return Units.percent(rate);
        } else if (metric instanceof Metric.Gauge gauge) {
            return Units.number(gauge.value());
        }
        return "";
    }

    private static String detail(Metric metric, Unit unit) {
        if (metric instanceof Metric.Counter counter) {
            return unit == Unit.BYTES ? Units.bytes(counter.perSecond()) + "/s" : Units.perSecond(counter.perSecond());
        } else if (metric instanceof Metric.Rate rate) {
            return rate.passes() + " out of " + rate.total();
        } else if (metric instanceof Metric.Gauge gauge) {
            boolean same = gauge.min() == gauge.max();
            return same ? "" : "min=" + Units.number(gauge.min()) + "  max=" + Units.number(gauge.max());
        }
        return "";
    }

    private static Tone tone(MetricName name, Metric metric) {
        if (!FAULTS.contains(name)) {
            return Tone.PLAIN;
        }
        boolean any = (metric instanceof Metric.Counter counter && counter.count() > 0)
                || (metric instanceof Metric.Rate rate && rate.passes() > 0);
        return any ? Tone.BAD : Tone.PLAIN;
    }
}
