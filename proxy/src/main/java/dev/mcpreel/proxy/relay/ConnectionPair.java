package dev.mcpreel.proxy.relay;

import dev.mcpreel.captures.exchange.EndCause;
import dev.mcpreel.captures.exchange.EndedBy;
import dev.mcpreel.proxy.upstream.ConnectFailure;
import dev.mcpreel.proxy.upstream.Upstream;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client's connection and its upstream's: they live and die together. Confined to the event loop of both.
 *
 * <p>Who closes a connection, and when, is decided by the two ends; what one end does is done to the other. A side is
 * read only while the other can take what comes; but a side that owes nothing is read as well, for else its end would go
 * unnoticed.
 */
final class ConnectionPair {
    private static final Logger log = LoggerFactory.getLogger(ConnectionPair.class);

    private final RelayContext context;
    private final Channel client;
    private final BurstClock clock;
    private final long connectionId;
    private final String peer;
    private final Inbox inbox = new Inbox();

    private PairState state = PairState.IDLE;
    private @Nullable UpstreamLink link;
    private @Nullable Throwable upstreamFailure;
    private @Nullable Exchange exchange;
    private boolean draining;

    ConnectionPair(RelayContext context, Channel client) {
        this.context = context;
        this.client = client;
        this.clock = new BurstClock(context.nanoClock());
        this.connectionId = context.tap().newConnectionId();
        this.peer = Sockets.text(client.remoteAddress());
    }

    /** Whether the response under way answers a HEAD request. */
    boolean answersHead() {
        return exchange != null && exchange.isHead();
    }

    // ---- what the client does

    void clientSent(HttpObject object) {
        if (state.isOver() || Refusal.isCutShort(object)) {
            ReferenceCountUtil.release(object);
        } else if (inbox.isEmpty() && accepts(object)) {
            relay(object, clock.burstNanos());
        } else {
            inbox.add(object, clock.burstNanos());
        }
    }

    void clientBurstEnded() {
        clock.endBurst();
        flushUpstream();
        readClient();
    }

    void clientWritabilityChanged() {
        readUpstream();
    }

    void clientClosed() {
        end(EndCause.CLOSED, EndedBy.CLIENT, "the client closed its connection", Farewell.NOW);
    }

    void clientFailed(Throwable cause) {
        if (state == PairState.CLOSED) {
            return;
        }
        if (!(cause instanceof IOException)) {
            failed(cause);
        } else if (Sockets.isReset(cause)) {
            if (link != null) {
                Sockets.reset(link.channel());
            }
            end(EndCause.RESET, EndedBy.CLIENT, String.valueOf(cause.getMessage()), Farewell.NOW);
        } else {
            end(EndCause.CLOSED, EndedBy.CLIENT, String.valueOf(cause.getMessage()), Farewell.NOW);
        }
    }

    void signalled(RelaySignal signal) {
        draining = true;
        if (signal == RelaySignal.CUT || state == PairState.IDLE) {
            end(EndCause.SHUTDOWN, EndedBy.RECORDER, "the recorder stopped", Farewell.NOW);
        }
    }

    // ---- from the client to the upstream

    private boolean accepts(HttpObject object) {
        return switch (state) {
            case IDLE -> true;
            case RELAYING -> !(object instanceof HttpRequest);
            case CONNECTING, LEAVING, CLOSED -> false;
        };
    }

    private void relay(HttpObject object, long atNanos) {
        if (object instanceof HttpRequest request) {
            begin(request, atNanos);
        } else if (exchange != null && link != null && object instanceof HttpContent content) {
            relayRequestBody(exchange, link, content, atNanos);
        } else {
            ReferenceCountUtil.release(object);
        }
    }

    private void begin(HttpRequest request, long atNanos) {
        Exchange begun = Refusal.isInvented(request) ? null : observe(request, atNanos);
        exchange = begun;
        Refusal refusal = Refusal.ofRequest(request);
        if (begun == null || refusal != null) {
            ReferenceCountUtil.release(request);
            refuse(refusal == null ? Refusal.ofBroken(request) : refusal, EndCause.BAD_REQUEST, EndedBy.CLIENT);
        } else if (link == null) {
            connect(request, begun);
        } else {
            begun.upstreamConnected(link, true, 0, atNanos);
            relayRequestHead(request, link);
        }
    }

    private Exchange observe(HttpRequest request, long atNanos) {
        GuardedTap tap = GuardedTap.begin(context.tap(), client.eventLoop(), connectionId, peer, context.counters());
        return Exchange.begin(tap, context.counters(), request, atNanos);
    }

    private void connect(HttpRequest request, Exchange waiting) {
        state = PairState.CONNECTING;
        Upstream upstream = context.selector().select(request);
        long begunNanos = clock.nanos();
        context.connector()
                .connect(client.eventLoop(), upstream, RelayInitializer.upstreamSide(context.limits(), this))
                .addListener((Future<Channel> attempt) -> {
                    if (!attempt.isSuccess()) {
                        connectFailed(upstream, attempt.cause());
                    } else if (state == PairState.CONNECTING) {
                        connected(request, waiting, new UpstreamLink(attempt.getNow(), upstream), begunNanos);
                    } else {
                        Sockets.close(attempt.getNow());
                    }
                });
    }

    private void connected(HttpRequest request, Exchange waiting, UpstreamLink opened, long begunNanos) {
        long nowNanos = clock.nanos();
        link = opened;
        waiting.upstreamConnected(opened, false, nowNanos - begunNanos, nowNanos);
        relayRequestHead(request, opened);
        relayInbox();
        readUpstream();
    }

    private void connectFailed(Upstream upstream, Throwable cause) {
        if (state != PairState.CONNECTING) {
            return;
        }
        ConnectFailure failure = ConnectFailure.of(cause);
        HttpResponseStatus status =
                failure.timedOut() ? HttpResponseStatus.GATEWAY_TIMEOUT : HttpResponseStatus.BAD_GATEWAY;
        String detail = "no connection to upstream " + upstream.name() + ": " + failure.reason();
        refuse(new Refusal(status, detail), EndCause.CONNECT_FAILED, EndedBy.UPSTREAM);
    }

    private void relayRequestHead(HttpRequest request, UpstreamLink to) {
        state = PairState.RELAYING;
        context.hostRule().apply(request, to.upstream());
        Sockets.write(to.channel(), request);
    }

    private void relayRequestBody(Exchange current, UpstreamLink to, HttpContent content, long atNanos) {
        if (content.decoderResult().isFailure()) {
            content.release();
            refuse(Refusal.ofBroken(content), EndCause.BAD_REQUEST, EndedBy.CLIENT);
            return;
        }
        current.requestBody(content.content(), atNanos);
        boolean last = content instanceof LastHttpContent;
        if (last) {
            current.requestEnd(atNanos);
        }
        Sockets.write(to.channel(), content);
        if (last && current.isDone()) {
            complete(current);
        }
    }

    private void relayInbox() {
        for (Inbox.Arrival next = inbox.peek(); next != null && accepts(next.object()); next = inbox.peek()) {
            inbox.take();
            relay(next.object(), next.atNanos());
        }
        flushUpstream();
        readClient();
    }

    // ---- what the upstream does

    void upstreamSent(HttpObject object) {
        Exchange current = exchange;
        if (state.isOver() || Refusal.isCutShort(object)) {
            ReferenceCountUtil.release(object);
        } else if (current == null || current.isResponseWhole()) {
            ReferenceCountUtil.release(object);
            log.debug("{} sent a response that nobody asked for", link);
            upstreamGone();
        } else if (object.decoderResult().isFailure()) {
            ReferenceCountUtil.release(object);
            badResponse(Refusal.reason(object));
        } else if (object instanceof HttpResponse response) {
            relayResponseHead(current, response);
        } else if (object instanceof HttpContent content) {
            relayResponseBody(current, content);
        }
    }

    void upstreamBurstEnded() {
        clock.endBurst();
        if (!state.isOver()) {
            client.flush();
        }
        readUpstream();
    }

    void upstreamWritabilityChanged() {
        readClient();
    }

    void upstreamClosed() {
        if (!state.isOver()) {
            upstreamGone();
        }
    }

    /** A failed write does not end the pair: the response may be there already. What ends it is the end of reading. */
    void upstreamFailed(Throwable cause) {
        if (state.isOver()) {
            return;
        }
        if (!(cause instanceof IOException)) {
            failed(cause);
        } else if (upstreamFailure == null) {
            upstreamFailure = cause;
        }
    }

    // ---- from the upstream to the client

    private void relayResponseHead(Exchange current, HttpResponse response) {
        if (response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
            badResponse("it switched protocols");
            return;
        }
        if (response.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
            current.interimHead();
        } else {
            current.responseHead(response, clock.burstNanos());
        }
        Sockets.write(client, response);
    }

    private void relayResponseBody(Exchange current, HttpContent content) {
        boolean last = content instanceof LastHttpContent;
        boolean interim = current.response() == Exchange.Response.INTERIM;
        if (interim && last) {
            current.interimEnd();
        }
        if (interim || !last) {
            current.responseBody(content.content(), clock.burstNanos());
            Sockets.write(client, content);
            return;
        }
        current.responseBody(content.content(), clock.burstNanos());
        current.responseEnd(clock.burstNanos());
        client.write(content).addListener((ChannelFuture written) -> {
            if (written.isSuccess()) {
                delivered(current);
            } else {
                clientFailed(written.cause());
            }
        });
    }

    private void delivered(Exchange current) {
        current.delivered();
        if (current.isDone() || state.isOver()) {
            complete(current);
        }
    }

    private void badResponse(String what) {
        String name = link == null ? "" : link.upstream().name();
        Refusal refusal =
                new Refusal(HttpResponseStatus.BAD_GATEWAY, "upstream " + name + " cannot be relayed: " + what);
        refuse(refusal, EndCause.BAD_RESPONSE, EndedBy.UPSTREAM);
    }

    // ---- back-pressure

    private void readClient() {
        boolean read =
                switch (state) {
                    case IDLE, CONNECTING -> inbox.isEmpty();
                    case RELAYING ->
                        inbox.isEmpty()
                                && (isRequestWhole()
                                        || (link != null && link.channel().isWritable()));
                    case LEAVING -> true;
                    case CLOSED -> false;
                };
        if (read) {
            client.read();
        }
    }

    private boolean isRequestWhole() {
        return exchange != null && exchange.isRequestWhole();
    }

    private void readUpstream() {
        if (link != null && client.isWritable()) {
            link.channel().read();
        }
    }

    private void flushUpstream() {
        if (link != null) {
            link.channel().flush();
        }
    }

    // ---- endings

    private void complete(Exchange current) {
        current.end(EndCause.COMPLETE, EndedBy.UPSTREAM, "", clock.nanos());
        if (state.isOver()) {
            return;
        }
        exchange = null;
        state = PairState.IDLE;
        if (draining) {
            end(EndCause.SHUTDOWN, EndedBy.RECORDER, "the recorder stopped", Farewell.FLUSHED);
        } else {
            relayInbox();
        }
    }

    /** The upstream sends nothing more, or nothing that belongs to anything. */
    private void upstreamGone() {
        Exchange current = exchange;
        Throwable failure = upstreamFailure;
        if (current != null && current.isResponseWhole()) {
            if (current.response() == Exchange.Response.DELIVERED) {
                current.end(EndCause.COMPLETE, EndedBy.UPSTREAM, "", clock.nanos());
            }
            part(current.isRequestWhole() ? Farewell.FLUSHED : Farewell.LINGERING, EndCause.CLOSED, EndedBy.UPSTREAM);
        } else if (failure != null && Sockets.isReset(failure)) {
            end(EndCause.RESET, EndedBy.UPSTREAM, String.valueOf(failure.getMessage()), Farewell.RESET);
        } else {
            end(EndCause.CLOSED, EndedBy.UPSTREAM, "the upstream closed its connection", Farewell.FLUSHED);
        }
    }

    /** Answers in the upstream's place when nothing of its answer has gone out, and ends the pair. */
    private void refuse(Refusal refusal, EndCause cause, EndedBy endedBy) {
        boolean unanswered = exchange == null || exchange.response() == Exchange.Response.AWAITED;
        if (unanswered) {
            Sockets.write(client, refusal.response());
        }
        end(cause, endedBy, refusal.detail(), unanswered ? Farewell.LINGERING : Farewell.FLUSHED);
    }

    /** A fault of our own. */
    private void failed(Throwable cause) {
        log.warn("the connection of {} failed", peer, cause);
        end(EndCause.CLOSED, EndedBy.RECORDER, String.valueOf(cause), Farewell.NOW);
    }

    /** Every ending of a pair passes here, or in {@link #part} when its exchange is still to be delivered. */
    private void end(EndCause cause, EndedBy endedBy, String detail, Farewell farewell) {
        if (exchange != null) {
            exchange.end(cause, endedBy, detail, clock.nanos());
        }
        part(farewell, cause, endedBy);
    }

    /** Lets both connections go. Requests that never had their turn end with the pair. */
    private void part(Farewell farewell, EndCause cause, EndedBy endedBy) {
        if (state == PairState.CLOSED || (state == PairState.LEAVING && farewell != Farewell.NOW)) {
            return;
        }
        state = farewell == Farewell.NOW ? PairState.CLOSED : PairState.LEAVING;
        inbox.drop((request, atNanos) ->
                observe(request, atNanos).end(cause, endedBy, "its turn never came", clock.nanos()));
        if (link != null) {
            Sockets.close(link.channel());
            link = null;
        }
        farewell.bid(client);
        readClient();
    }
}
