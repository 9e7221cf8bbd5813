package dev.mcpreel.analysis.report;

import dev.mcpreel.analysis.selection.SessionSelection;
import dev.mcpreel.analysis.summary.Plural;
import dev.mcpreel.captures.exchange.ClockAnchor;
import dev.mcpreel.captures.session.AgentSession;
import dev.mcpreel.captures.session.SessionShape;
import dev.mcpreel.captures.session.ToolRun;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Agent sessions as a table for a terminal: a row each, and under it the tools in the order they were called. Immutable. */
public final class SessionsText {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final String TOOLS_INDENT = "    ";
    private static final String FOOT_INDENT = "  ";
    private static final int CLIENT_WIDTH = 16;
    private static final int MOST_TOOL_LINES = 6;
    private static final int SOME_TOOL_LINES = 3;
    private static final String COLUMNS = "key: what held the session together, and how sure that is, from 0 to 1";
    private static final String HTTP = "; http: HTTP exchanges for each call";

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

    /** Lines ended by a line feed each. */
    public String render(SessionSelection.Listing listing) {
        List<AgentSession> sessions = listing.sessions();
        if (sessions.isEmpty()) {
            return listing.total() == 0
                    ? "no agent sessions: nothing in this capture speaks MCP\n"
                    : "none of " + Plural.of(listing.total(), "session") + " is like that\n";
        }
        Table table = new Table(
                1,
                CLIENT_WIDTH,
                Column.text("session"),
                Column.text("client"),
                new Column("key", false, 6),
                new Column("start (UTC)", false, 2),
                Column.number("length"),
                Column.number("calls"),
                Column.number("http", 4),
                Column.number("bursts", 3),
                Column.number("think", 5),
                Column.number("longest idle", 1),
                Column.number("errors"));
        List<List<String>> tools = new ArrayList<>();
        Map<String, Integer> byKey = new TreeMap<>();
        for (AgentSession session : sessions) {
            SessionShape shape = session.shape();
            table.row(
                    Cell.of(session.id()),
                    Cell.of(session.client().isEmpty() ? "-" : TerminalText.escape(session.client())),
                    Cell.of(session.key().kind().label() + " "
                            + session.key().kind().confidence()),
                    Cell.of(TIME.format(Instant.ofEpochSecond(0, anchor.wallOf(session.startNanos())))),
                    Cell.of(duration(session.endNanos() - session.startNanos())),
                    Cell.of(shape.calls()),
                    Cell.of(shape.calls() == 0 ? "-" : Units.number(shape.exchangesPerCall())),
                    Cell.of(shape.bursts()),
                    Cell.of(duration(shape.thinkNanos())),
                    Cell.of(duration(shape.longestIdleGapNanos())),
                    Cell.errors(shape.errors()));
            tools.add(tools(shape));
            byKey.merge(session.key().kind().label(), 1, Integer::sum);
        }
        List<String> rows = table.render(width, colour);
        List<String> lines = withTools(rows, tools);
        lines.add("");
        for (String foot : List.of(foot(listing, byKey), rows.get(0).contains(" http ") ? COLUMNS + HTTP : COLUMNS)) {
            TerminalText.wrap(foot, width - FOOT_INDENT.length()).forEach(line -> lines.add(FOOT_INDENT + line));
        }
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    /** Each row of the table, its head aside, followed by the tools of its session in as many lines as they need. */
    private List<String> withTools(List<String> rows, List<List<String>> tools) {
        List<String> lines = new ArrayList<>(rows.subList(0, 1));
        for (int i = 0; i < tools.size(); i++) {
            lines.add(rows.get(i + 1));
            tools.get(i).forEach(line -> lines.add(TOOLS_INDENT + Tone.QUIET.paint(line, colour)));
        }
        return lines;
    }

    /** In the order of the calls; of very many the first ones, and how often each tool was called. */
    private List<String> tools(SessionShape shape) {
        if (shape.calls() == 0) {
            return List.of("no calls");
        }
        int room = width - TOOLS_INDENT.length();
        List<String> order = TerminalText.wrap(
                shape.tools().stream()
                        .map(run -> times(run.tool(), run.count()))
                        .collect(Collectors.joining(", ")),
                room);
        long told = shape.tools().stream().mapToLong(ToolRun::count).sum();
        if (order.size() <= MOST_TOOL_LINES && told >= shape.calls()) {
            return order;
        }
        String all = shape.toolCounts().entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .map(entry -> times(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(", "));
        List<String> lines = new ArrayList<>(some(order, room));
        lines.addAll(some(TerminalText.wrap("in all " + all, room), room));
        return lines;
    }

    private static List<String> some(List<String> lines, int room) {
        if (lines.size() <= SOME_TOOL_LINES) {
            return lines;
        }
        List<String> some = new ArrayList<>(lines.subList(0, SOME_TOOL_LINES));
        some.set(SOME_TOOL_LINES - 1, TerminalText.fit(some.get(SOME_TOOL_LINES - 1) + " ...", room));
        return some;
    }

    private static String times(String tool, long count) {
        return TerminalText.escape(tool) + (count == 1 ? "" : " x" + count);
    }

    private static String foot(SessionSelection.Listing listing, Map<String, Integer> byKey) {
        int shown = listing.sessions().size();
        String count = Plural.of(shown, "session");
        if (listing.matching() < listing.total()) {
            count = listing.matching() + " of " + Plural.of(listing.total(), "session")
                    + (listing.matching() == 1 ? " is" : " are") + " like that";
        }
        if (shown < listing.matching()) {
            count = (listing.matching() < listing.total() ? count : Plural.of(listing.total(), "session")) + ", "
                    + shown + " shown";
        }
        return count + ", held together by "
                + byKey.entrySet().stream()
                        .map(entry -> entry.getKey() + " (" + entry.getValue() + ")")
                        .collect(Collectors.joining(", "));
    }

    private static String duration(long nanos) {
        return Units.brief(nanos);
    }
}
