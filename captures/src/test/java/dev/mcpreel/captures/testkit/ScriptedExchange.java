package dev.mcpreel.captures.testkit;

import dev.mcpreel.captures.exchange.BodyPart;
import dev.mcpreel.captures.exchange.BodyState;
import dev.mcpreel.captures.exchange.Bytes;
import dev.mcpreel.captures.exchange.Direction;
import dev.mcpreel.captures.exchange.EndCause;
import dev.mcpreel.captures.exchange.EndedBy;
import dev.mcpreel.captures.exchange.ExchangeEnd;
import dev.mcpreel.captures.exchange.ExchangeEvent;
import dev.mcpreel.captures.exchange.Header;
import dev.mcpreel.captures.exchange.Headers;
import dev.mcpreel.captures.exchange.PartKind;
import dev.mcpreel.captures.exchange.RequestHead;
import dev.mcpreel.captures.exchange.ResponseHead;
import dev.mcpreel.captures.exchange.UpstreamConnected;
import dev.mcpreel.captures.exchange.UpstreamPick;
import java.util.ArrayList;
import java.util.List;

/**
 * One HTTP exchange of a {@link CaptureScript}, event by event. All times are milliseconds of the script, not of the
 * exchange. Without one of the {@code end} methods the capture has no end for it.
 */
public final class ScriptedExchange {
    private static final String INSTANCE = "http://127.0.0.1:3001";
    private static final long UNKEPT_BYTES = 100_000;

    private final long id;
    private final long startNanos;
    private final List<Header> requestHeaders = new ArrayList<>();
    private final List<ExchangeEvent> later = new ArrayList<>();
    private long connection;
    private String peer = "127.0.0.1:50001";
    private String method = "POST";
    private String target = "/mcp";
    private boolean coalesced;
    private long requestEndNanos;
    private long requestBytes;
    private long responseEndNanos;
    private long responseBytes;
    private int parts;

    ScriptedExchange(long id, long connection, long startNanos) {
        this.id = id;
        this.connection = connection;
        this.startNanos = startNanos;
    }

    public long id() {
        return id;
    }

    public ScriptedExchange request(String newMethod, String newTarget) {
        method = newMethod;
        target = newTarget;
        return this;
    }

    /** Only before anything else was scripted: every later event carries the connection. */
    public ScriptedExchange connection(long number) {
        connection = number;
        return this;
    }

    public ScriptedExchange peer(String hostAndPort) {
        peer = hostAndPort;
        return this;
    }

    public ScriptedExchange header(String name, String value) {
        requestHeaders.add(new Header(name, value));
        return this;
    }

    /** The log holds the whole exchange at the place of its end, as it does for small ones. */
    public ScriptedExchange coalesced() {
        coalesced = true;
        return this;
    }

    boolean isCoalesced() {
        return coalesced;
    }

    /** The request's body, complete 0.1 ms after its start. */
    public ScriptedExchange body(String text) {
        return requestPart(Bytes.utf8(text), BodyState.WHOLE);
    }

    /** A request body the capture did not keep. */
    public ScriptedExchange unkeptBody(BodyState state) {
        return requestPart(Bytes.EMPTY, state);
    }

    public ScriptedExchange upstream(double millis) {
        return upstream(millis, INSTANCE);
    }

    public ScriptedExchange upstream(double millis, String instance) {
        later.add(new UpstreamConnected(
                id, connection, at(millis), UpstreamPick.only(instance), "127.0.0.1:3001", true, 0));
        return this;
    }

    /** The response's status line and header fields, given as names and values in turn. */
    public ScriptedExchange head(double millis, int status, String... namesAndValues) {
        Headers headers = Headers.of(namesAndValues);
        later.add(new ResponseHead(id, connection, at(millis), status, "", "HTTP/1.1", headers));
        return this;
    }

    /** A whole response body that is no event stream; its first byte came with its last. */
    public ScriptedExchange answer(double millis, String text) {
        return answer(millis, millis, Bytes.utf8(text), BodyState.WHOLE);
    }

    /** A whole response body, or what the capture kept of it. */
    public ScriptedExchange answer(double firstByteMillis, double millis, Bytes content, BodyState state) {
        return responsePart(firstByteMillis, millis, PartKind.BODY, content, state);
    }

    /** An event of the response with these data. */
    public ScriptedExchange event(double millis, String data) {
        return block(millis, "event: message\ndata: " + data + "\n\n");
    }

    /** An event of the response with an event id. */
    public ScriptedExchange event(double millis, String eventId, String data) {
        return block(millis, "id: " + eventId + "\ndata: " + data + "\n\n");
    }

    /** A block of the response's event stream as it stands on the wire, its blank line included. */
    public ScriptedExchange block(double millis, String text) {
        return block(millis, Bytes.utf8(text));
    }

    /** A block of the response's event stream of any bytes. */
    public ScriptedExchange block(double millis, Bytes bytes) {
        return responsePart(millis, millis, PartKind.SSE_EVENT, bytes, BodyState.WHOLE);
    }

    /** An event of which the capture kept no byte. */
    public ScriptedExchange unkeptEvent(double millis, BodyState state) {
        return responsePart(millis, millis, PartKind.SSE_EVENT, Bytes.EMPTY, state);
    }

    /** What stood after the last blank line. */
    public ScriptedExchange tail(double millis, String text) {
        return responsePart(millis, millis, PartKind.SSE_TAIL, Bytes.utf8(text), BodyState.WHOLE);
    }

    /** The server ended it as it should. */
    public ScriptedExchange end(double millis) {
        responseEndNanos = at(millis);
        return end(millis, EndCause.COMPLETE, EndedBy.UPSTREAM);
    }

    public ScriptedExchange end(double millis, EndCause cause, EndedBy by) {
        later.add(new ExchangeEnd(
                id,
                connection,
                at(millis),
                cause,
                by,
                requestEndNanos,
                responseEndNanos,
                requestBytes,
                responseBytes,
                ""));
        return this;
    }

    /** What has been scripted, in order. */
    public List<ExchangeEvent> events() {
        List<ExchangeEvent> events = new ArrayList<>();
        Headers headers = new Headers(requestHeaders);
        events.add(new RequestHead(id, connection, startNanos, peer, method, target, "HTTP/1.1", headers));
        events.addAll(later);
        return events;
    }

    private ScriptedExchange requestPart(Bytes content, BodyState state) {
        requestEndNanos = startNanos + CaptureScript.nanos(0.1);
        requestBytes = length(content, state);
        later.add(new BodyPart(
                id,
                connection,
                requestEndNanos,
                startNanos,
                Direction.REQUEST,
                PartKind.BODY,
                0,
                state,
                false,
                length(content, state),
                content));
        return this;
    }

    private ScriptedExchange responsePart(
            double firstByteMillis, double millis, PartKind part, Bytes content, BodyState state) {
        responseBytes += length(content, state);
        later.add(new BodyPart(
                id,
                connection,
                at(millis),
                at(firstByteMillis),
                Direction.RESPONSE,
                part,
                parts++,
                state,
                false,
                length(content, state),
                content));
        return this;
    }

    private static long length(Bytes content, BodyState state) {
        return state == BodyState.WHOLE ? content.length() : UNKEPT_BYTES;
    }

    private static long at(double millis) {
        return CaptureScript.at(millis);
    }
}
