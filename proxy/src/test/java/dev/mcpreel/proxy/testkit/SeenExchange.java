package dev.mcpreel.proxy.testkit;

import dev.mcpreel.captures.exchange.EndCause;
import dev.mcpreel.captures.exchange.EndedBy;
import dev.mcpreel.captures.exchange.UpstreamPick;
import dev.mcpreel.captures.tap.ExchangeTap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything a tap was told of one exchange, as text, bytes and times. Written on a loop, read by tests. */
public final class SeenExchange implements ExchangeTap {
    private final long id;
    private final long connectionId;
    private final String peer;
    private final EventLoop loop;
    private final List<String> events = new ArrayList<>();
    private final List<Long> times = new ArrayList<>();
    private final List<String> requestFields = new ArrayList<>();
    private final List<String> pieces = new ArrayList<>();
    private final List<Long> pieceTimes = new ArrayList<>();
    private final ByteArrayOutputStream request = new ByteArrayOutputStream();
    private final ByteArrayOutputStream response = new ByteArrayOutputStream();
    private final List<UpstreamPick> picks = new ArrayList<>();
    private String connected = "";
    private String detail = "";
    private @Nullable EndCause cause;
    private @Nullable EndedBy endedBy;
    private boolean offLoop;

    SeenExchange(long id, EventLoop loop, long connectionId, String peer) {
        this.id = id;
        this.loop = loop;
        this.connectionId = connectionId;
        this.peer = peer;
    }

    @Override
    public long exchangeId() {
        return id;
    }

    @Override
    public synchronized void requestHead(HttpRequest head, long atNanos) {
        event(head.method() + " " + head.uri(), atNanos);
        head.headers().forEach(field -> requestFields.add(field.getKey() + ": " + field.getValue()));
    }

    @Override
    public synchronized void requestBody(ByteBuf bytes, long atNanos) {
        event("requestBody", atNanos);
        request.writeBytes(copy(bytes));
    }

    @Override
    public synchronized void requestEnd(long atNanos) {
        event("requestEnd", atNanos);
    }

    @Override
    public synchronized void requestTrailers(HttpHeaders trailers, long atNanos) {
        if (!trailers.isEmpty()) {
            event("requestTrailers", atNanos);
            trailers.forEach(field -> requestFields.add(field.getKey() + ": " + field.getValue()));
        }
    }

    @Override
    public synchronized void upstreamConnected(
            UpstreamPick pick, String address, boolean reused, long connectNanos, long atNanos) {
        event(reused ? "reused" : "connected", atNanos);
        picks.add(pick);
        connected = pick.instance() + " " + address;
    }

    @Override
    public synchronized void upstreamFailed(UpstreamPick pick, String reason, long connectNanos, long atNanos) {
        event("failed", atNanos);
        picks.add(pick);
    }

    @Override
    public synchronized void responseTrailers(HttpHeaders trailers, long atNanos) {
        if (!trailers.isEmpty()) {
            event("responseTrailers", atNanos);
        }
    }

    @Override
    public synchronized void responseHead(HttpResponse head, long atNanos) {
        event(String.valueOf(head.status().code()), atNanos);
    }

    @Override
    public synchronized void responseBody(ByteBuf bytes, long atNanos) {
        event("responseBody", atNanos);
        byte[] copy = copy(bytes);
        response.writeBytes(copy);
        pieceTimes.add(atNanos);
        pieces.add(new String(copy, StandardCharsets.ISO_8859_1));
    }

    @Override
    public synchronized void responseEnd(long atNanos) {
        event("responseEnd", atNanos);
    }

    @Override
    public synchronized void end(EndCause endCause, EndedBy by, String why, long atNanos) {
        event("end", atNanos);
        cause = endCause;
        endedBy = by;
        detail = why;
    }

    private void event(String name, long atNanos) {
        events.add(name);
        times.add(atNanos);
        offLoop |= !loop.inEventLoop();
    }

    private static byte[] copy(ByteBuf bytes) {
        byte[] copy = new byte[bytes.readableBytes()];
        bytes.getBytes(bytes.readerIndex(), copy);
        return copy;
    }

    /** Names of what happened, bodies folded into one. */
    public synchronized List<String> events() {
        List<String> folded = new ArrayList<>();
        for (String event : events) {
            boolean repeated =
                    !folded.isEmpty() && folded.get(folded.size() - 1).equals(event);
            if (!repeated) {
                folded.add(event);
            }
        }
        return folded;
    }

    public synchronized List<Long> times() {
        return List.copyOf(times);
    }

    public synchronized List<String> requestFields() {
        return List.copyOf(requestFields);
    }

    /** The response's body as it came, piece by piece. */
    public synchronized List<String> pieces() {
        return List.copyOf(pieces);
    }

    public synchronized List<Long> pieceTimes() {
        return List.copyOf(pieceTimes);
    }

    public synchronized byte[] requestBytes() {
        return request.toByteArray();
    }

    public synchronized byte[] responseBytes() {
        return response.toByteArray();
    }

    public synchronized boolean isEnded() {
        return cause != null;
    }

    /** {@code CAUSE by WHO}, or "open". */
    public synchronized String ending() {
        return cause == null ? "open" : cause + " by " + endedBy;
    }

    public synchronized String detail() {
        return detail;
    }

    public synchronized String connected() {
        return connected;
    }

    /** The upstreams it was given to, the failed ones too. */
    public synchronized List<UpstreamPick> picks() {
        return List.copyOf(picks);
    }

    public synchronized boolean toldOffLoop() {
        return offLoop;
    }

    public long connectionId() {
        return connectionId;
    }

    public String peer() {
        return peer;
    }
}
