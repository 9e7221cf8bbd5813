package dev.mcpreel.proxy.relay;

import dev.mcpreel.captures.exchange.EndCause;
import dev.mcpreel.captures.exchange.EndedBy;
import dev.mcpreel.proxy.upstream.ConnectFailure;
import dev.mcpreel.proxy.upstream.Upstream;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;

/**
 * The way of a request: from the client, through the inbox if it is not its turn, to the upstream, which is connected
 * when the first request comes. Confined to the pair's loop.
 */
final class RequestRelay {
    private final RelayContext context;
    private final ConnectionPair pair;
    private final Inbox inbox = new Inbox();

    RequestRelay(RelayContext context, ConnectionPair pair) {
        this.context = context;
        this.pair = pair;
    }

    /** Relays an object now or keeps it for its turn. */
    void receive(HttpObject object, long atNanos) {
        if (inbox.isEmpty() && accepts(object)) {
            relay(object, atNanos);
        } else {
            inbox.add(object, atNanos);
            if (inbox.isOverfull()) {
                Refusal flood = new Refusal(HttpResponseStatus.BAD_REQUEST, "too much was sent ahead of its turn");
                pair.refuse(flood, EndCause.BAD_REQUEST, EndedBy.CLIENT);
            }
        }
    }

    /** Relays what waited, as far as its turn has come. */
    void resume() {
        for (Inbox.Arrival next = inbox.peek(); next != null && accepts(next.object()); next = inbox.peek()) {
            inbox.take();
            relay(next.object(), next.atNanos());
        }
    }

    /** Whether more may be read from the client although the turn is not its own. */
    boolean hasRoom() {
        return inbox.hasRoom();
    }

    /** Gives up what waits; every request in it is an exchange that ended as its connection did. */
    void drop(EndCause cause, EndedBy endedBy) {
        inbox.drop((request, atNanos) -> pair.observe(request, atNanos)
                .end(cause, endedBy, "its turn never came", pair.clock().nanos()));
    }

    private boolean accepts(HttpObject object) {
        return switch (pair.state()) {
            case IDLE -> true;
            case RELAYING -> !(object instanceof HttpRequest);
            case CONNECTING, LEAVING, CLOSED -> false;
        };
    }

    private void relay(HttpObject object, long atNanos) {
        if (object instanceof HttpRequest request) {
            begin(request, atNanos);
        } else if (object instanceof HttpContent content) {
            relayBody(content, atNanos);
        }
    }

    private void begin(HttpRequest request, long atNanos) {
        Refusal refusal = Refusal.ofRequest(request);
        if (Refusal.isInvented(request)) {
            ReferenceCountUtil.release(request);
            pair.refuse(Refusal.ofBroken(request), EndCause.BAD_REQUEST, EndedBy.CLIENT);
            return;
        }
        Exchange exchange = pair.begin(request, atNanos);
        UpstreamLink link = pair.link();
        if (refusal != null) {
            pair.refuse(refusal, EndCause.BAD_REQUEST, EndedBy.CLIENT);
        } else if (link == null) {
            connect(request, exchange);
        } else {
            exchange.upstreamConnected(link, true, 0, atNanos);
            relayHead(request, link);
        }
    }

    private void connect(HttpRequest request, Exchange exchange) {
        pair.connecting();
        Upstream upstream = context.selector().assign(request, null).upstream();
        long begunNanos = pair.clock().nanos();
        context.connector()
                .connect(pair.loop(), upstream, RelayInitializer.upstreamSide(context.limits(), pair))
                .addListener((Future<Channel> attempt) -> {
                    boolean waiting = pair.state() == PairState.CONNECTING;
                    if (attempt.isSuccess() && waiting) {
                        connected(request, exchange, new UpstreamLink(attempt.getNow(), upstream), begunNanos);
                    } else if (attempt.isSuccess()) {
                        Sockets.close(attempt.getNow());
                    } else if (waiting) {
                        connectFailed(upstream, attempt.cause());
                    }
                });
    }

    private void connected(HttpRequest request, Exchange exchange, UpstreamLink link, long begunNanos) {
        long nowNanos = pair.clock().nanos();
        exchange.upstreamConnected(link, false, nowNanos - begunNanos, nowNanos);
        pair.connected(link);
        relayHead(request, link);
        pair.resume();
    }

    private void connectFailed(Upstream upstream, Throwable cause) {
        ConnectFailure failure = ConnectFailure.of(cause);
        HttpResponseStatus status =
                failure.timedOut() ? HttpResponseStatus.GATEWAY_TIMEOUT : HttpResponseStatus.BAD_GATEWAY;
        String detail = "no connection to upstream " + upstream.name() + ": " + failure.reason();
        pair.refuse(new Refusal(status, detail), EndCause.CONNECT_FAILED, EndedBy.UPSTREAM);
    }

    private void relayHead(HttpRequest request, UpstreamLink link) {
        pair.relaying();
        context.hostRule().apply(request, link.upstream());
        Sockets.write(link.channel(), request);
    }

    private void relayBody(HttpContent content, long atNanos) {
        Exchange exchange = pair.exchange();
        UpstreamLink link = pair.link();
        if (exchange == null || link == null) {
            content.release();
            return;
        }
        if (content.decoderResult().isFailure()) {
            content.release();
            pair.refuse(Refusal.ofBroken(content), EndCause.BAD_REQUEST, EndedBy.CLIENT);
            return;
        }
        exchange.requestBody(content.content(), atNanos);
        boolean last = content instanceof LastHttpContent;
        if (last) {
            exchange.requestEnd(atNanos);
        }
        Sockets.write(link.channel(), content);
        if (last) {
            pair.completeIfDone(exchange);
        }
    }
}
