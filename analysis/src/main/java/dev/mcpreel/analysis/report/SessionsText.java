package dev.mcpreel.analysis.report;

import dev.mcpreel.captures.exchange.ClockAnchor;
import dev.mcpreel.captures.session.AgentSession;
import dev.mcpreel.captures.session.SessionShape;
import dev.mcpreel.captures.session.ToolRun;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Agent sessions as a table for a terminal: one row each, the tools in the order they were called. Immutable. */
public final class SessionsText {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final double NANOS_PER_MILLI = 1e6;

    private final ClockAnchor anchor;
    private final int width;
    private final boolean colour;

    /**
     * For the sessions of one capture.
     *
     * @param anchor ties the capture's times to the wall clock
     * @param width of the terminal in cells
     * @param colour whether to write ANSI colour sequences
     */
    public SessionsText(ClockAnchor anchor, int width, boolean colour) {
        this.anchor = anchor;
        this.width = Math.max(TextReport.MIN_WIDTH, width);
        this.colour = colour;
    }

    /**
     * Lines ended by a line feed each.
     *
     * @param burstNanos the longest idle gap inside a burst
     */
    public String render(List<AgentSession> sessions, long burstNanos) {
        Table table = new Table(
                4,
                Column.text("session"),
                new Column("start (UTC)", false, 1),
                Column.number("length"),
                Column.number("calls"),
                Column.text("tools in order"),
                Column.number("bursts", 2),
                Column.number("longest idle", 3),
                Column.number("errors"));
        Map<String, Integer> byKey = new TreeMap<>();
        for (AgentSession session : sessions) {
            SessionShape shape = SessionShape.of(session, burstNanos);
            table.row(
                    Cell.of(session.id()),
                    Cell.of(TIME.format(Instant.ofEpochSecond(0, anchor.wallOf(session.startNanos())))),
                    Cell.of(duration(session.endNanos() - session.startNanos())),
                    Cell.of(shape.calls()),
                    Cell.of(tools(shape.tools())),
                    Cell.of(shape.bursts()),
                    Cell.of(duration(shape.longestIdleGapNanos())),
                    Cell.errors(shape.errors()));
            byKey.merge(session.key().kind().name().toLowerCase(Locale.ROOT), 1, Integer::sum);
        }
        List<String> lines = new ArrayList<>(table.render(width, colour));
        lines.add("");
        lines.addAll(TerminalText.wrap("  " + foot(sessions, byKey), width));
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    private static String tools(List<ToolRun> runs) {
        return runs.stream()
                .map(run -> TerminalText.escape(run.tool()) + (run.count() == 1 ? "" : " x" + run.count()))
                .collect(Collectors.joining(", "));
    }

    private static String foot(List<AgentSession> sessions, Map<String, Integer> byKey) {
        return sessions.size() + (sessions.size() == 1 ? " session" : " sessions") + ", held together by "
                + byKey.entrySet().stream()
                        .map(entry -> entry.getKey() + " (" + entry.getValue() + ")")
                        .collect(Collectors.joining(", "));
    }

    private static String duration(long nanos) {
        return Units.millis(nanos / NANOS_PER_MILLI);
    }
}
