package dev.mcpreel.analysis.report;

import dev.mcpreel.analysis.pattern.Listing;
import dev.mcpreel.analysis.pattern.Rhythm;
import dev.mcpreel.analysis.pattern.Sequence;
import dev.mcpreel.analysis.pattern.Timeline;
import dev.mcpreel.analysis.pattern.ToolOrder;
import dev.mcpreel.analysis.pattern.TrafficPattern;
import dev.mcpreel.analysis.summary.Plural;
import dev.mcpreel.captures.exchange.ClockAnchor;
import dev.mcpreel.captures.session.Spread;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The traffic pattern of a capture for a terminal. No line is longer than the width, everything that came from the wire is
 * escaped, and colour only repeats what the words say. Immutable.
 */
public final class PatternText {
    private static final String INDENT = "  ";
    private static final int COUNT = 9;
    private static final int SHARE = 6;
    private static final String COUNT_AND_SHARE = TerminalText.padLeft("count", COUNT) + "   share  ";
    private static final int HISTOGRAM = 24;
    private static final int SMALL_HISTOGRAM = 18;
    private static final int ROOMY = 96;

    private final String title;
    private final ClockAnchor anchor;
    private final int width;
    private final boolean colour;
    private final int top;

    /**
     * For one capture.
     *
     * @param title names it
     * @param anchor ties the capture's times to the wall clock
     * @param width of the terminal in cells
     * @param colour whether to write ANSI colour sequences
     * @param top how many sequences of each length
     */
    public PatternText(String title, ClockAnchor anchor, int width, boolean colour, int top) {
        this.title = title;
        this.anchor = anchor;
        this.width = Math.max(TextReport.MIN_WIDTH, width);
        this.colour = colour;
        this.top = top;
    }

    /** Lines ended by a line feed each. */
    public String render(TrafficPattern pattern) {
        if (pattern.sessions() == 0) {
            return "no agent sessions: nothing in this capture speaks MCP\n";
        }
        List<String> lines = new ArrayList<>(new PatternHead(width, colour).of(title, pattern));
        if (pattern.calls() > 0) {
            block(lines, "CALLS OVER TIME", timeline(pattern));
        }
        block(lines, "RHYTHM", rhythm(pattern.rhythm()));
        if (pattern.calls() > 0) {
            block(lines, "TOOLS THAT FOLLOW ONE ANOTHER", sequences(pattern.order()));
            block(lines, "WHAT FOLLOWS WHAT", new TransitionLines(width, colour).of(pattern.order()));
        }
        block(lines, "LISTING TOOLS", listing(pattern.listing()));
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    private void block(List<String> lines, String heading, List<String> content) {
        lines.add("");
        lines.add(Tone.TITLE.paint(heading, colour));
        lines.addAll(content);
    }

    private List<String> timeline(TrafficPattern pattern) {
        Timeline.Buckets buckets = pattern.timeline().in(width - 2 * INDENT.length());
        List<String> lines = new ArrayList<>();
        lines.add(INDENT + Sparkline.of(buckets.counts()).stripTrailing());
        Instant start =
                Instant.ofEpochSecond(0, anchor.wallOf(buckets.startNanos())).truncatedTo(ChronoUnit.MILLIS);
        lines.addAll(wrapped("from " + start + ", a bar is " + Units.brief(buckets.widthNanos()) + "; at most "
                + Plural.of(buckets.peak(), "call") + " in one, " + Units.perSecond(buckets.peakPerSecond())));
        return lines;
    }

    private List<String> rhythm(Rhythm rhythm) {
        Table table = new Table(
                0,
                Column.text("of all sessions"),
                Column.number("count", 2),
                Column.number("median"),
                Column.number("p(90)", 3),
                Column.number("p(99)"),
                Column.number("max"),
                new Column("from least to most", false, 1));
        for (Rhythm.Measure measure : Rhythm.Measure.values()) {
            Spread spread = rhythm.of(measure);
            boolean none = spread.count() == 0;
            table.row(
                    Cell.of(measure.label()),
                    Cell.of(spread.count()),
                    Cell.of(none ? "-" : value(measure, spread.quantile(0.5))),
                    Cell.of(none ? "-" : value(measure, spread.quantile(0.9))),
                    Cell.of(none ? "-" : value(measure, spread.quantile(0.99))),
                    Cell.of(none ? "-" : value(measure, spread.max())),
                    Cell.of(Sparkline.of(spread, width < ROOMY ? SMALL_HISTOGRAM : HISTOGRAM)));
        }
        return table.render(width, colour);
    }

    private static String value(Rhythm.Measure measure, long value) {
        return measure.isDuration() ? Units.brief(value) : Long.toString(value);
    }

    private List<String> sequences(ToolOrder order) {
        List<String> lines = new ArrayList<>();
        for (int tools = 2; tools <= 4; tools++) {
            int length = tools;
            List<Sequence> sequences = order.top(length, top);
            if (sequences.isEmpty()) {
                continue;
            }
            // What came but once is no habit.
            List<Sequence> repeated =
                    sequences.stream().filter(each -> each.count() > 1).toList();
            if (repeated.isEmpty()) {
                lines.addAll(wrapped("none came twice of " + length + " in a row, " + order.total(length) + " in all"));
                continue;
            }
            lines.add(Tone.QUIET.paint(
                    INDENT + COUNT_AND_SHARE + length + " in a row, " + order.total(length) + " in all", colour));
            repeated.forEach(sequence -> lines.addAll(sequence(sequence, order.total(length))));
            if (order.missedAtMost(length) > 0) {
                lines.addAll(wrapped("counts may be up to " + order.missedAtMost(length)
                        + " too low: there are very many different ones"));
            }
        }
        return lines.isEmpty() ? wrapped("no session called two tools") : lines;
    }

    private List<String> sequence(Sequence sequence, long total) {
        String tools = sequence.tools().stream()
                .map(tool -> TerminalText.escape(tool.isEmpty() ? "(no name)" : tool))
                .collect(Collectors.joining(" > "));
        String start = TerminalText.padLeft(Long.toString(sequence.count()), COUNT) + "  "
                + TerminalText.padLeft(Units.percent(sequence.count(), total), SHARE) + "  ";
        List<String> lines = new ArrayList<>();
        for (String line : TerminalText.wrap(tools, width - INDENT.length() - COUNT_AND_SHARE.length())) {
            lines.add(INDENT + start + line);
            start = " ".repeat(COUNT_AND_SHARE.length());
        }
        return lines;
    }

    private List<String> listing(Listing listing) {
        List<String> lines = new ArrayList<>();
        lines.addAll(wrapped(
                listing.asked() == 0
                        ? "no request for tools/list"
                        : Plural.of(listing.asked(), "request") + " for tools/list in "
                                + Plural.of(listing.listingSessions(), "session") + ", " + listing.repeated()
                                + " answered with nothing new"));
        Spread tokens = listing.tokensPerSession();
        if (tokens.count() > 0) {
            lines.addAll(wrapped("put into the context of a session: median " + tokens.quantile(0.5)
                    + " tokens, most " + tokens.max() + "; of all sessions " + Units.bytes((double) listing.bytes())
                    + ", about " + Plural.of(listing.tokens(), "token") + " (estimated: 4 bytes each)"));
        }
        if (listing.callingSessions() > 0) {
            String sessions = Plural.of(listing.callingSessions(), "session") + " with calls";
            lines.addAll(wrapped(
                    listing.withoutList() == 0
                            ? "each of " + sessions + " listed the tools itself"
                            : listing.withoutList() + " of " + sessions + " never listed: the client knew the tools"));
        }
        if (listing.withTtl() > 0) {
            lines.addAll(
                    wrapped(Plural.of(listing.withTtl(), "answer") + " said by ttlMs how long to keep it; that covers "
                            + listing.coveredByTtl() + " of those sessions; asked again too early: "
                            + listing.askedWhileFresh()));
        }
        return lines;
    }

    private List<String> wrapped(String text) {
        return TerminalText.wrap(text, width - INDENT.length()).stream()
                .map(line -> INDENT + line)
                .toList();
    }
}
