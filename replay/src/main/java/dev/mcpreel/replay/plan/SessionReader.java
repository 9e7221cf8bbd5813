package dev.mcpreel.replay.plan;

import dev.mcpreel.captures.exchange.Direction;
import dev.mcpreel.captures.exchange.EndCause;
import dev.mcpreel.captures.exchange.Outcome;
import dev.mcpreel.captures.exchange.ResponseHead;
import dev.mcpreel.captures.exchange.StepKind;
import dev.mcpreel.captures.session.AgentSession;
import dev.mcpreel.captures.session.RequestTrace;
import dev.mcpreel.captures.session.SessionExchange;
import dev.mcpreel.captures.session.TimedMessage;
import dev.mcpreel.captures.session.TransportKind;
import dev.mcpreel.captures.wire.JsonRpcMessage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What of a session the agent decided to send. Its transport's doings are left out: reconnects of a stream, what was
 * sent only to be asked for a token, cancelling, progress of its own answers, and the answers themselves.
 */
final class SessionReader {
    private static final String SESSION_ID = "Mcp-Session-Id";
    private static final int UNAUTHORIZED = 401;
    private static final Set<String> NO_STEPS = Set.of("notifications/cancelled", "notifications/progress");

    private final AgentSession session;
    private final Map<Long, List<RequestTrace>> traces = new HashMap<>();
    private final List<TimedMessage> cancels = new ArrayList<>();
    private final List<Sent> sent = new ArrayList<>();
    private boolean streaming;

    private SessionReader(AgentSession session) {
        this.session = session;
        session.requests()
                .forEach(trace -> traces.computeIfAbsent(trace.exchangeId(), id -> new ArrayList<>())
                        .add(trace));
        for (SessionExchange exchange : session.exchanges()) {
            for (TimedMessage timed : exchange.messages()) {
                if (timed.message() instanceof JsonRpcMessage.Notification notification
                        && timed.direction() == Direction.REQUEST
                        && notification.method().equals("notifications/cancelled")) {
                    cancels.add(timed);
                }
            }
        }
    }

    /** In order of start. */
    static List<Sent> read(AgentSession session) {
        SessionReader reader = new SessionReader(session);
        session.exchanges().stream()
                .sorted(Comparator.comparingLong(SessionExchange::startNanos).thenComparingLong(SessionExchange::id))
                .forEach(reader::read);
        return reader.sent;
    }

    private void read(SessionExchange exchange) {
        if (exchange.status() == UNAUTHORIZED) {
            return;
        }
        switch (exchange.kind()) {
            case MESSAGES ->
                exchange.messages().stream()
                        .filter(timed -> timed.direction() == Direction.REQUEST)
                        .forEach(timed -> read(exchange, timed.message()));
            case STREAM -> {
                boolean again = exchange.request().headers().first("Last-Event-ID") != null;
                if (!streaming && !again && !carriesAnswers(exchange)) {
                    streaming = true;
                    sent.add(plain(StepKind.STREAM, null, exchange));
                }
            }
            case DELETE -> sent.add(plain(StepKind.DELETE, null, exchange));
            case OTHER -> {}
        }
    }

    /** The one stream of HTTP with SSE (2024-11-05): no decision of the agent, and its answers come with the requests live. */
    private boolean carriesAnswers(SessionExchange exchange) {
        return exchange.request().headers().first(SESSION_ID) == null
                && session.transports().stream().anyMatch(one -> one.kind() == TransportKind.LEGACY_SSE);
    }

    private void read(SessionExchange exchange, JsonRpcMessage message) {
        if (message instanceof JsonRpcMessage.Request request) {
            if (request.method().equals("initialize")) {
                streaming = false;
            }
            RequestTrace trace = take(exchange.id(), request);
            sent.add(trace == null ? plain(StepKind.REQUEST, request, exchange) : request(exchange, request, trace));
        } else if (message instanceof JsonRpcMessage.Notification notification
                && !NO_STEPS.contains(notification.method())) {
            sent.add(plain(StepKind.NOTIFICATION, notification, exchange));
        }
    }

    private @Nullable RequestTrace take(long exchangeId, JsonRpcMessage.Request request) {
        List<RequestTrace> found = traces.getOrDefault(exchangeId, List.of());
        for (int i = 0; i < found.size(); i++) {
            if (found.get(i).request().equals(request)) {
                return found.remove(i);
            }
        }
        return null;
    }

    private Sent request(SessionExchange exchange, JsonRpcMessage.Request request, RequestTrace trace) {
        long start = trace.startNanos();
        boolean known = trace.doneNanos() > start && trace.outcome() != Outcome.INTERRUPTED;
        long done = Math.min(known ? trace.doneNanos() : end(exchange), cancelled(request, start));
        JsonRpcMessage.Response answer = trace.answer();
        JsonNode result = answer == null || answer.isError() ? null : answer.result();
        return sent(StepKind.REQUEST, exchange, request, start, done, trace.answeringNanos(), result);
    }

    private Sent plain(StepKind kind, @Nullable JsonRpcMessage message, SessionExchange exchange) {
        return sent(kind, exchange, message, exchange.startNanos(), end(exchange), 0, null);
    }

    private Sent sent(
            StepKind kind,
            SessionExchange exchange,
            @Nullable JsonRpcMessage message,
            long start,
            long done,
            long answering,
            @Nullable JsonNode result) {
        JsonRpcMessage.Request request = message instanceof JsonRpcMessage.Request asked ? asked : null;
        return new Sent(
                kind,
                message == null ? "" : message.node().path("method").asString(""),
                request == null ? null : request.tool(),
                message == null ? null : message.node(),
                transport(exchange, message),
                exchange.id(),
                start,
                done == Sent.NEVER ? done : Math.max(done, start + 1),
                Math.max(done == Sent.NEVER ? session.endNanos() : done, start + 1),
                answering,
                result);
    }

    /** The session id it carried; of an initialize the one it got. */
    private static String transport(SessionExchange exchange, @Nullable JsonRpcMessage message) {
        ResponseHead response = exchange.response();
        boolean begins = message instanceof JsonRpcMessage.Request request
                && request.method().equals("initialize");
        String id = !begins
                ? exchange.request().headers().first(SESSION_ID)
                : response == null ? null : response.headers().first(SESSION_ID);
        return id == null ? "" : id;
    }

    /** When the exchange was over for the agent. */
    private static long end(SessionExchange exchange) {
        EndCause cause = exchange.end().cause();
        if (cause == EndCause.UNKNOWN || cause == EndCause.SHUTDOWN) {
            return Sent.NEVER;
        }
        long last = exchange.end().responseEndNanos();
        return last > 0 ? last : exchange.end().atNanos();
    }

    /** When the agent cancelled the request, {@link Sent#NEVER} when it did not. */
    private long cancelled(JsonRpcMessage.Request request, long start) {
        JsonNode id = request.node().path("id");
        return cancels.stream()
                .filter(cancel -> cancel.atNanos() > start
                        && cancel.message()
                                .node()
                                .path("params")
                                .path("requestId")
                                .equals(id))
                .mapToLong(TimedMessage::atNanos)
                .min()
                .orElse(Sent.NEVER);
    }
}
