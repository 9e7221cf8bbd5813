package dev.mcpreel.proxy.relay;

import dev.mcpreel.captures.exchange.EndCause;
import dev.mcpreel.captures.exchange.EndedBy;
import dev.mcpreel.captures.exchange.UpstreamPick;
import dev.mcpreel.proxy.upstream.Assignment;
import dev.mcpreel.proxy.upstream.ConnectFailure;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;

/**
 * The way of a request: from the client, through the inbox if it is not its turn, to the upstream it is assigned to, which
 * is connected when its first request comes. Confined to the pair's loop.
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

    /** Whether nothing waits for its turn. */
    boolean isIdle() {
        return inbox.isEmpty();
    }

    /** Whether something waits that an upstream is to get: behind a request that will be refused nothing is relayed. */
    boolean hasMoreToSend() {
        Inbox.Arrival next = inbox.peek();
        return next != null && !(next.object() instanceof HttpRequest request && Refusal.ofRequest(request) != null);
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
        Refusal refusal = pair.isCrowdedOut() ? Refusal.crowded(context.limits()) : Refusal.ofRequest(request);
        boolean invented = Refusal.isInvented(request);
        Exchange exchange = pair.begin(invented ? Refusal.unreadable() : request, atNanos);
        if (invented) {
            ReferenceCountUtil.release(request);
        }
        if (refusal == null) {
            assign(request, exchange, atNanos);
        } else if (pair.isCrowdedOut()) {
            pair.refuse(refusal, EndCause.REFUSED, EndedBy.RECORDER);
        } else {
            pair.refuse(refusal, EndCause.BAD_REQUEST, EndedBy.CLIENT);
        }
    }

    private void assign(HttpRequest request, Exchange exchange, long atNanos) {
        Assignment assignment = context.selector().assign(request, pair.clientAddress());
        exchange.assigned(assignment);
        exchange.rewritten(context.rewriting().response(request, assignment));
        route(request, exchange, assignment, atNanos);
    }

    private void route(HttpRequest request, Exchange exchange, Assignment assignment, long atNanos) {
        UpstreamLink link = pair.links().to(assignment.upstream());
        if (link == null) {
            connect(request, exchange, assignment);
        } else {
            assignment.connected();
            exchange.upstreamConnected(link, assignment.pick(), true, 0, atNanos);
            serve(request, link);
        }
    }

    private void connect(HttpRequest request, Exchange exchange, Assignment assignment) {
        pair.connecting();
        long begunNanos = pair.clock().nanos();
        context.connector()
                .connect(pair.loop(), assignment.upstream(), RelayInitializer.upstreamSide(context.limits(), pair))
                .addListener((Future<Channel> attempt) -> {
                    boolean waiting = pair.state() == PairState.CONNECTING;
                    if (attempt.isSuccess() && waiting) {
                        UpstreamLink link = new UpstreamLink(attempt.getNow(), assignment);
                        UpstreamHandler.of(link.channel()).serve(link);
                        connected(request, exchange, assignment, link, begunNanos);
                    } else if (waiting) {
                        connectFailed(request, exchange, assignment, attempt.cause(), begunNanos);
                    } else {
                        tooLate(assignment, attempt);
                    }
                });
    }

    /** The client has left meanwhile; how the upstream is, is still worth knowing. */
    private static void tooLate(Assignment assignment, Future<Channel> attempt) {
        if (attempt.isSuccess()) {
            assignment.connected();
            Sockets.close(attempt.getNow());
        } else {
            assignment.connectFailed(ConnectFailure.of(attempt.cause()));
        }
    }

    private void connected(
            HttpRequest request, Exchange exchange, Assignment assignment, UpstreamLink link, long begunNanos) {
        long nowNanos = pair.clock().nanos();
        assignment.connected();
        exchange.upstreamConnected(link, assignment.pick(), false, nowNanos - begunNanos, nowNanos);
        serve(request, link);
        pair.resume();
    }

    /** Nothing of the request has been sent, so it may go to another upstream. */
    private void connectFailed(
            HttpRequest request, Exchange exchange, Assignment assignment, Throwable cause, long begunNanos) {
        ConnectFailure failure = ConnectFailure.of(cause);
        UpstreamPick failed = assignment.pick();
        long nowNanos = pair.clock().nanos();
        exchange.upstreamFailed(failed, failure.reason(), nowNanos - begunNanos, nowNanos);
        if (assignment.connectFailed(failure)) {
            route(request, exchange, assignment, nowNanos);
            pair.resume();
            return;
        }
        HttpResponseStatus status =
                failure.timedOut() ? HttpResponseStatus.GATEWAY_TIMEOUT : HttpResponseStatus.BAD_GATEWAY;
        String detail = "no connection to upstream " + failed.instance() + ": " + failure.reason();
        pair.refuse(new Refusal(status, detail), EndCause.CONNECT_FAILED, EndedBy.UPSTREAM);
    }

    private void serve(HttpRequest request, UpstreamLink link) {
        pair.relaying(link);
        context.rewriting().request(request, link.upstream(), pair.clientEnd(), pair.listenerEnd());
        Sockets.write(link.channel(), request);
    }

    private void relayBody(HttpContent content, long atNanos) {
        Exchange exchange = pair.exchange();
        UpstreamLink link = pair.links().current();
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
        LastHttpContent last = content instanceof LastHttpContent end ? end : null;
        if (last != null) {
            exchange.requestEnd(last.trailingHeaders(), atNanos);
        }
        Sockets.write(link.channel(), content);
        if (last != null) {
            pair.completeIfDone(exchange);
        }
    }
}
