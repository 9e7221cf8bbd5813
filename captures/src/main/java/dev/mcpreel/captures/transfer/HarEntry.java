package dev.mcpreel.captures.transfer;

import dev.mcpreel.captures.exchange.BodyPart;
import dev.mcpreel.captures.exchange.BodyState;
import dev.mcpreel.captures.exchange.Bytes;
import dev.mcpreel.captures.exchange.Direction;
import dev.mcpreel.captures.exchange.EventKind;
import dev.mcpreel.captures.exchange.ExchangeEnd;
import dev.mcpreel.captures.exchange.ExchangeEvent;
import dev.mcpreel.captures.exchange.RequestHead;
import dev.mcpreel.captures.exchange.ResponseHead;
import dev.mcpreel.captures.exchange.UpstreamConnected;
import dev.mcpreel.captures.session.RequestTrace;
import dev.mcpreel.captures.wire.Json;
import dev.mcpreel.captures.wire.JsonRpcMessage;
import dev.mcpreel.captures.wire.JsonRpcReader;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One exchange on its way into a HAR: its events, what was kept of its bodies, and the requests found in it. */
final class HarEntry {
    /** What an event takes beside its content, about. */
    private static final long EVENT_BYTES = 512;

    private final EventWriter writer;
    private final ArrayNode events = Json.mapper().createArrayNode();
    private final ArrayNode requests = Json.mapper().createArrayNode();
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream(0);
    private final ByteArrayOutputStream received = new ByteArrayOutputStream(0);
    private final RequestHead request;
    private @Nullable UpstreamConnected upstream;
    private @Nullable ResponseHead response;
    private @Nullable ExchangeEnd end;
    private String session = "";
    private int expected;
    private long bytes;
    private long omitted;
    private long unkept;
    private long lastNanos;

    HarEntry(EventWriter writer, RequestHead request) {
        this.writer = writer;
        this.request = request;
        this.lastNanos = request.atNanos();
    }

    /**
     * Takes an event of the exchange.
     *
     * @param room bytes that it may still hold; heads and the end are held in any case
     * @return the bytes it holds more than before
     */
    long add(long number, ExchangeEvent event, boolean incomplete, long room) {
        lastNanos = Math.max(lastNanos, event.atNanos());
        long size = EVENT_BYTES;
        if (event instanceof BodyPart part) {
            size += part.content().length();
            if (size > room) {
                omitted++;
                return 0;
            }
            body(number, part);
        } else {
            ObjectNode json = writer.write(number, event, incomplete);
            if (event.kind() != EventKind.TRAILERS) {
                // They stand in the entry itself.
                json.remove("headers");
            }
            events.add(json);
            remember(event);
        }
        bytes += size;
        return size;
    }

    private void remember(ExchangeEvent event) {
        if (event instanceof UpstreamConnected connected) {
            upstream = connected;
        } else if (event instanceof ResponseHead head) {
            response = head;
        } else if (event instanceof ExchangeEnd last) {
            end = last;
        }
    }

    private void body(long number, BodyPart part) {
        ObjectNode json = writer.write(number, part, false);
        if (part.state() == BodyState.WHOLE) {
            json.remove("text");
            json.remove("base64");
            json.put("kept", part.content().length());
            (part.direction() == Direction.REQUEST ? sent : received)
                    .writeBytes(part.content().toByteArray());
            if (part.direction() == Direction.REQUEST && request.method().equals("POST")) {
                expected += (int) JsonRpcReader.read(part.content()).stream()
                        .filter(JsonRpcMessage.Request.class::isInstance)
                        .count();
            }
        } else {
            unkept++;
        }
        events.add(json);
    }

    /** The session model tells of a request in it. */
    void tell(RequestTrace trace) {
        session = trace.sessionId();
        ObjectNode json = requests.addObject().put("method", trace.method());
        if (trace.isCall()) {
            json.put("tool", trace.tool());
        }
        json.put("outcome", trace.outcome().label()).put("code", trace.code());
        writer.time(json, "start", trace.startNanos());
        writer.time(json, "firstEvent", trace.firstEventNanos());
        writer.time(json, "done", trace.doneNanos());
    }

    /** Whether the exchange is over and the session model has told of every request in it. */
    boolean isDone() {
        return end != null && requests.size() >= expected;
    }

    boolean isEnded() {
        return end != null;
    }

    long bytes() {
        return bytes;
    }

    RequestHead request() {
        return request;
    }

    @Nullable
    UpstreamConnected upstream() {
        return upstream;
    }

    @Nullable
    ResponseHead response() {
        return response;
    }

    @Nullable
    ExchangeEnd end() {
        return end;
    }

    /** The last thing known of it. */
    long lastNanos() {
        return lastNanos;
    }

    Bytes sent() {
        return Bytes.owned(sent.toByteArray());
    }

    Bytes received() {
        return Bytes.owned(received.toByteArray());
    }

    /** Parts that are not in the entry because they are too many, and those that the capture did not keep. */
    long missingParts() {
        return omitted + unkept;
    }

    /** What only mcp-reel knows of it. */
    ObjectNode own() {
        ObjectNode own = Json.mapper().createObjectNode().put("exchange", request.exchangeId());
        own.put("connection", request.connectionId());
        if (!session.isEmpty()) {
            own.put("session", session);
        }
        own.set("requests", requests);
        if (omitted > 0) {
            own.put("omittedParts", omitted);
        }
        own.set("events", events);
        return own;
    }
}
