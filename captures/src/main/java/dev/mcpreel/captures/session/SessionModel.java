package dev.mcpreel.captures.session;

import dev.mcpreel.captures.exchange.BodyPart;
import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.Direction;
import dev.mcpreel.captures.exchange.ExchangeEnd;
import dev.mcpreel.captures.exchange.ExchangeEvent;
import dev.mcpreel.captures.exchange.RequestHead;
import dev.mcpreel.captures.exchange.ResponseHead;
import dev.mcpreel.captures.exchange.UpstreamConnected;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Reads the events of a capture, in the order of the log, into exchanges, requests and agent sessions. Streaming: memory
 * depends on the exchanges and the sessions that are open, not on the length of the capture. Deterministic: the same
 * events give the same calls of the listener. Not thread-safe.
 *
 * <p>The time that counts is the capture's own, so an agent session that goes idle is told of as soon as the capture has
 * come {@link SessionOptions#sessionGapNanos} further, and one whose DELETE the server accepted a few seconds after it;
 * a session that still holds a standalone stream waits for that to end. Exchanges whose first event was lost are left
 * out. An agent session of a server that names no session may also be cut while a single request lasts longer than the
 * gap.
 *
 * <p>Agent sessions are numbered as they become known, which is the order of the log and not always that of their
 * starts: a short exchange is in the log at its end, as one record, and whose session an exchange belongs to is often
 * only known by its answer. A session may so begin before one with a lower number. Numbering by start would mean holding
 * every session back for as long as any exchange that began earlier is open, and a standalone stream is open for hours.
 */
public final class SessionModel implements Consumer<CaptureEvent> {
    private final Map<Long, OpenExchange> open = new LinkedHashMap<>();
    private final Deadlines deadlines = new Deadlines();
    private final boolean keepMessages;
    private final SessionListener listener;
    private final Sessions sessions;

    public SessionModel(SessionOptions options, SessionListener listener) {
        this.keepMessages = options.keep().anything();
        this.listener = listener;
        this.sessions = new Sessions(options, listener, deadlines);
    }

    @Override
    public void accept(CaptureEvent event) {
        deadlines.advance(event.atNanos());
        switch (event.kind()) {
            case REQUEST_HEAD -> begin((RequestHead) event);
            case UPSTREAM_CONNECTED, UPSTREAM_FAILED, RESPONSE_HEAD, BODY_PART, TRAILERS, EXCHANGE_END ->
                proceed((ExchangeEvent) event);
            case GAP, CLOCK_ANCHOR, NAME_DEFINED, STEP, RUN_SAMPLE, COUNTS -> {
                // Says what time it is, and nothing of an exchange.
            }
        }
    }

    /** The capture has no more events: tells of everything that is still open, as far as it is known. */
    public void finish() {
        List<OpenExchange> left = open.values().stream()
                .sorted(Comparator.comparingLong(OpenExchange::startNanos).thenComparingLong(OpenExchange::id))
                .toList();
        left.forEach(exchange -> end(exchange, exchange.unknownEnd()));
        sessions.finish();
    }

    private void begin(RequestHead head) {
        OpenExchange exchange = new OpenExchange(head, keepMessages);
        open.put(head.exchangeId(), exchange);
        sessions.begun(exchange);
    }

    private void proceed(ExchangeEvent event) {
        OpenExchange exchange = open.get(event.exchangeId());
        if (exchange == null) {
            return;
        }
        if (event instanceof UpstreamConnected connected) {
            exchange.connected(connected);
        } else if (event instanceof ResponseHead head) {
            exchange.answered(head);
        } else if (event instanceof BodyPart part) {
            List<TimedMessage> messages = exchange.part(part);
            if (part.direction() == Direction.REQUEST) {
                sessions.inFlight(exchange);
            } else if (exchange.isStream()) {
                sessions.streamed(exchange, messages);
            } else if (!messages.isEmpty()) {
                sessions.answering(exchange, messages);
            }
        } else if (event instanceof ExchangeEnd end) {
            end(exchange, end);
        }
    }

    private void end(OpenExchange exchange, ExchangeEnd end) {
        open.remove(exchange.id());
        SessionExchange closed = exchange.close(end);
        listener.onExchange(closed);
        sessions.ended(exchange, closed);
    }
}
