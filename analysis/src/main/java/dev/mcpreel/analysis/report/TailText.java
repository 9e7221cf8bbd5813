package dev.mcpreel.analysis.report;

import dev.mcpreel.captures.exchange.ClockAnchor;
import dev.mcpreel.captures.exchange.Gap;
import dev.mcpreel.captures.session.Call;
import dev.mcpreel.captures.session.CallKind;
import dev.mcpreel.captures.session.RequestTrace;
import dev.mcpreel.captures.wire.Json;
import dev.mcpreel.captures.wire.JsonRpcMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** What happens in a capture, a line each, for a terminal. Columns keep their places from line to line. Immutable. */
public final class TailText implements TailLines {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int SESSION = 5;
    private static final int OUTCOME = 10;
    private static final int DURATION = 8;
    private static final int LEAST_ARGUMENTS = 8;
    private static final String INDENT = "    ";

    private final ClockAnchor anchor;
    private final Layout layout;
    private final int name;
    private final int instance;

    /**
     * How lines look.
     *
     * @param width of the terminal in cells
     * @param colour whether to write ANSI colour sequences
     * @param instances whether to name the instance that answered
     * @param full whether arguments and results are printed whole, on lines of their own
     */
    public record Layout(int width, boolean colour, boolean instances, boolean full) {}

    /**
     * Lines of one capture.
     *
     * @param anchor ties the capture's times to the wall clock
     */
    public TailText(ClockAnchor anchor, Layout layout) {
        this.anchor = anchor;
        this.layout = layout;
        boolean narrow = layout.width() < 100;
        this.name = narrow ? 16 : 24;
        this.instance = narrow ? 16 : 21;
    }

    @Override
    public List<String> request(RequestTrace request) {
        String tool = request.tool();
        StringBuilder line = new StringBuilder(start(request.doneNanos(), request.sessionId()));
        line.append(cell(tool == null ? request.method() : tool, name)).append("  ");
        String duration = TerminalText.padLeft(duration(request.durationNanos()), DURATION);
        int room = layout.width() - TerminalText.cells(line.toString()) - 2 - duration.length();
        String outcome =
                TerminalText.padRight(TerminalText.fit(request.outcome().label(), Math.max(OUTCOME, room)), OUTCOME);
        int used = TerminalText.cells(line.toString()) + outcome.length() + 2 + duration.length();
        String where = layout.instances() ? where(request.instance(), layout.width() - used - 2) : "";
        used += TerminalText.cells(where);
        line.append((request.outcome().isError() ? Tone.BAD : Tone.PLAIN).paint(outcome, layout.colour()));
        line.append("  ").append(duration).append(where);
        JsonNode arguments = arguments(request);
        List<String> lines = new ArrayList<>();
        if (layout.full()) {
            lines.add(line.toString().stripTrailing());
            lines.add(INDENT + "-> " + json(arguments));
            JsonRpcMessage.Response answer = request.answer();
            if (answer != null) {
                lines.add(INDENT + "<- " + json(answer.isError() ? answer.node().path("error") : answer.result()));
            }
            return lines;
        }
        int left = layout.width() - used - 2;
        if (left >= LEAST_ARGUMENTS && !arguments.isEmpty()) {
            line.append("  ").append(Tone.QUIET.paint(TerminalText.fit(json(arguments), left), layout.colour()));
        }
        lines.add(line.toString().stripTrailing());
        return lines;
    }

    @Override
    public List<String> call(Call call) {
        String outcome = TerminalText.padRight(call.outcome().label(), OUTCOME);
        String what = call.kind() == CallKind.TASK
                ? "task, asked for " + count(call.polls(), "time")
                : "sent " + count(call.legs().size(), "time");
        return List.of(start(call.doneNanos(), call.sessionId())
                + cell(call.tool(), name) + "  "
                + (call.outcome().isError() ? Tone.BAD : Tone.PLAIN).paint(outcome, layout.colour()) + "  "
                + TerminalText.padLeft(duration(call.durationNanos()), DURATION) + "  "
                + Tone.QUIET.paint(what, layout.colour()));
    }

    @Override
    public List<String> begin(String sessionId, String client, long atNanos) {
        return quiet(atNanos, sessionId, "begins" + (client.isEmpty() ? "" : "  " + TerminalText.escape(client)));
    }

    @Override
    public List<String> end(String sessionId, SessionNumbers numbers) {
        return quiet(
                numbers.endNanos(),
                sessionId,
                "ends  " + count(numbers.calls(), "call") + ", " + count(numbers.errors(), "error") + ", "
                        + duration(numbers.endNanos() - numbers.startNanos()));
    }

    @Override
    public List<String> lost(Gap gap) {
        String words = count(gap.exchanges(), "exchange") + ", " + count(gap.events(), "event") + " ("
                + gap.reason().name().toLowerCase(Locale.ROOT).replace('_', ' ') + ")";
        return List.of(start(gap.atNanos(), "") + Tone.WARNING.paint("LOST", layout.colour()) + "  " + words);
    }

    @Override
    public List<String> missing(long records, long atNanos) {
        return List.of(start(atNanos, "") + Tone.WARNING.paint("MISSING", layout.colour()) + "  "
                + count(records, "record") + ": removed before they were read, or damaged");
    }

    private List<String> quiet(long atNanos, String sessionId, String words) {
        String start = start(atNanos, sessionId);
        String fitted = TerminalText.fit(words, layout.width() - TerminalText.cells(start));
        return List.of(start + Tone.QUIET.paint(fitted, layout.colour()));
    }

    private String start(long atNanos, String sessionId) {
        String time = TIME.format(Instant.ofEpochSecond(0, anchor.wallOf(atNanos)));
        return time + "  " + TerminalText.padRight(sessionId, SESSION) + "  ";
    }

    /** The instance in its column, or none where there is no room. */
    private String where(String from, int room) {
        return room < LEAST_ARGUMENTS ? "" : "  " + cell(from.replaceFirst("^https?://", ""), Math.min(room, instance));
    }

    private static JsonNode arguments(RequestTrace request) {
        JsonNode params = request.request().node().path("params");
        return request.isCall() ? params.path("arguments") : params;
    }

    private static String json(JsonNode node) {
        return node.isMissingNode() ? "-" : TerminalText.escape(new String(Json.write(node), StandardCharsets.UTF_8));
    }

    private static String cell(String text, int width) {
        return TerminalText.padRight(TerminalText.fit(TerminalText.escape(text), width), width);
    }

    private static String count(long number, String one) {
        return number + " " + one + (number == 1 ? "" : "s");
    }

    private static String duration(long nanos) {
        return Units.brief(nanos);
    }
}
