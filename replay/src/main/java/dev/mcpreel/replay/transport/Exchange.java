package dev.mcpreel.replay.transport;

import dev.mcpreel.captures.exchange.Bytes;
import dev.mcpreel.captures.exchange.EndCause;
import dev.mcpreel.captures.exchange.EndedBy;
import dev.mcpreel.captures.exchange.Header;
import dev.mcpreel.captures.exchange.Headers;
import dev.mcpreel.captures.exchange.UpstreamPick;
import dev.mcpreel.captures.tap.ExchangeTap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.util.concurrent.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP exchange of an agent, from handing over to its end; the handle to watch and to cancel it. Confined to the
 * agent's event loop.
 */
public final class Exchange {
    /** Stands for the agent's address in the capture while it has none. */
    private static final String UNCONNECTED = "0.0.0.0:0";

    private final McpHttp client;
    private final HttpMethod method;
    private final byte[] body;
    private final Headers headers;
    private final ExchangeListener listener;
    private final long handedOverNanos;

    private @Nullable Channel connecting;
    private @Nullable Connection connection;
    private @Nullable ExchangeTap tap;
    private @Nullable BodyReader reader;
    private long connectionId;
    private long bytesIn;
    private boolean sent;
    private boolean retried;
    private boolean ended;
    private boolean cancelled;
    private int status;

    Exchange(McpHttp client, HttpMethod method, byte[] body, Headers headers, ExchangeListener listener) {
        this.client = client;
        this.method = method;
        this.body = body;
        this.headers = headers;
        this.listener = listener;
        this.handedOverNanos = client.nanoTime();
    }

    /** Its id in the replay's own capture, 0 while it waits for its connection. */
    public long exchangeId() {
        return tap == null ? 0 : tap.exchangeId();
    }

    /** The connection it was first sent on, 0 while it waits for one. */
    public long connectionId() {
        return connectionId;
    }

    /** When it was handed over: before connecting, monotonic nanoseconds. */
    public long handedOverNanos() {
        return handedOverNanos;
    }

    /** The HTTP status, 0 until the head came. */
    public int status() {
        return status;
    }

    /** When the first event with data, or the first body byte, came; 0 until then. */
    public long firstEventNanos() {
        return reader == null ? 0 : reader.firstEventNanos();
    }

    /** Whether something came that is no JSON-RPC, or too long to read. */
    public boolean unreadable() {
        return reader != null && reader.unreadable();
    }

    /** The body so far, unless it is an event stream or over the cap: then empty. */
    public Bytes responseBody() {
        return reader == null ? Bytes.EMPTY : reader.body();
    }

    /** Body bytes sent. */
    public long bytesOut() {
        return sent ? body.length : 0;
    }

    /** Body bytes received. */
    public long bytesIn() {
        return bytesIn;
    }

    public boolean isEnded() {
        return ended;
    }

    /** Ends it now and closes its connection; the listener hears nothing more. Without effect once it has ended. */
    public void cancel(EndCause cause, EndedBy endedBy, String detail) {
        if (ended) {
            return;
        }
        cancelled = true;
        end(cause, endedBy, detail, client.nanoTime());
        Connection carrier = connection;
        if (carrier != null) {
            carrier.abandon();
        } else if (connecting != null) {
            Future<?> unused = connecting.close();
        }
    }

    void connecting(Channel channel) {
        connecting = channel;
    }

    byte[] requestBody() {
        return body;
    }

    /** A connection takes it; gives the head to send. */
    HttpRequest begun(Connection carrier, boolean reused, long connectNanos) {
        connection = carrier;
        connecting = null;
        HttpRequest head = RequestHeads.of(client, method, body.length, headers);
        ExchangeTap watch = tap;
        boolean first = watch == null;
        if (watch == null) {
            watch = beginTap(carrier.id(), carrier.localAddress(), head);
        }
        long nanos = client.nanoTime();
        watch.upstreamConnected(
                UpstreamPick.only(client.transport().target().origin()),
                carrier.remoteAddress(),
                reused,
                connectNanos,
                nanos);
        if (first) {
            if (body.length > 0) {
                watch.requestBody(Unpooled.wrappedBuffer(body), nanos);
            }
            watch.requestEnd(nanos);
        }
        sent = true;
        return head;
    }

    void connectFailed(Throwable failure) {
        fail(EndCause.CONNECT_FAILED, EndedBy.UPSTREAM, Failures.describe(failure));
    }

    void badResponse(Throwable failure) {
        fail(EndCause.BAD_RESPONSE, EndedBy.UPSTREAM, Failures.describe(failure));
    }

    /** @param stale whether a kept-alive connection went away before the server said anything */
    void connectionLost(@Nullable Throwable failure, boolean stale) {
        connection = null;
        if (stale && !retried && !ended) {
            retried = true;
            client.transport().counters().staleRetry();
            client.connect(this);
            return;
        }
        fail(Failures.lost(failure), EndedBy.UPSTREAM, failure == null ? "" : Failures.describe(failure));
    }

    void responseHead(HttpResponse head, long nanos) {
        status = head.status().code();
        ExchangeTap watch = tap;
        if (watch != null) {
            watch.responseHead(head, nanos);
        }
        client.cookies().store(head.headers().getAll(HttpHeaderNames.SET_COOKIE));
        String type = head.headers().get(HttpHeaderNames.CONTENT_TYPE, "");
        boolean eventStream = type.toLowerCase(Locale.ROOT).startsWith("text/event-stream");
        reader = new BodyReader(eventStream, (message, at) -> {
            if (!cancelled) {
                listener.message(message, at);
            }
        });
        listener.head(status, headersOf(head), nanos);
    }

    void responseBody(ByteBuf bytes, long nanos) {
        if (ended || reader == null || !bytes.isReadable()) {
            return;
        }
        bytesIn += bytes.readableBytes();
        if (tap != null) {
            tap.responseBody(bytes, nanos);
        }
        reader.feed(Bytes.owned(ByteBufUtil.getBytes(bytes)), nanos);
    }

    void responseEnd(long nanos) {
        connection = null;
        if (ended || reader == null) {
            return;
        }
        if (tap != null) {
            tap.responseEnd(nanos);
        }
        end(EndCause.COMPLETE, EndedBy.UPSTREAM, "", nanos);
        reader.end(nanos);
        listener.closed(EndCause.COMPLETE, EndedBy.UPSTREAM, "", nanos);
    }

    private void fail(EndCause cause, EndedBy endedBy, String detail) {
        connection = null;
        if (!ended) {
            long nanos = client.nanoTime();
            end(cause, endedBy, detail, nanos);
            listener.closed(cause, endedBy, detail, nanos);
        }
    }

    private void end(EndCause cause, EndedBy endedBy, String detail, long nanos) {
        ended = true;
        ExchangeTap watch = tap;
        if (watch == null) {
            HttpRequest head = RequestHeads.of(client, method, body.length, headers);
            watch = beginTap(client.transport().tap().newConnectionId(), UNCONNECTED, head);
        }
        watch.end(cause, endedBy, detail, nanos);
    }

    private ExchangeTap beginTap(long carrierId, String peer, HttpRequest head) {
        ExchangeTap begun = client.transport().tap().begin(client.loop(), carrierId, peer);
        tap = begun;
        connectionId = carrierId;
        begun.requestHead(head, handedOverNanos);
        return begun;
    }

    private static Headers headersOf(HttpResponse head) {
        List<Header> fields = new ArrayList<>();
        head.headers().forEach(field -> fields.add(new Header(field.getKey(), field.getValue())));
        return new Headers(fields);
    }
}
