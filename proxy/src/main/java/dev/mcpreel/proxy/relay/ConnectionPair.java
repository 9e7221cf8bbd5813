package dev.mcpreel.proxy.relay;

import dev.mcpreel.captures.exchange.EndCause;
import dev.mcpreel.captures.exchange.EndedBy;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client's connection and those to the upstreams that serve it: they live and die together. Confined to the event loop
 * of all of them.
 *
 * <p>Who closes a connection, and when, is decided by the two ends; what one end does is done to the other. A side is
 * read only while the other can take what comes; but a side that owes nothing is read as well, for else its end would go
 * unnoticed.
 */
final class ConnectionPair {
    private static final Logger log = LoggerFactory.getLogger(ConnectionPair.class);
    private static final String CLIENT_LEFT = "the client closed its connection";

    private final RelayContext context;
    private final Channel client;
    private final RequestDecoder decoder;
    private final BurstClock clock;
    private final long connectionId;
    private final @Nullable InetSocketAddress clientEnd;
    private final @Nullable InetSocketAddress listenerEnd;
    private final String peer;
    private final RequestRelay requests;
    private final ResponseRelay responses;
    private final Patience patience;
    private final UpstreamLinks links = new UpstreamLinks();

    private PairState state = PairState.IDLE;
    private @Nullable Exchange exchange;
    private boolean crowdedOut;
    private boolean draining;
    /** The client sends nothing more. */
    private boolean clientDone;

    private long clientDoneNanos;

    ConnectionPair(RelayContext context, Channel client, RequestDecoder decoder) {
        this.context = context;
        this.client = client;
        this.decoder = decoder;
        this.clock = new BurstClock(context.nanoClock());
        this.connectionId = GuardedTap.newConnectionId(context.tap(), context.counters());
        this.clientEnd = client.remoteAddress() instanceof InetSocketAddress inet ? inet : null;
        this.listenerEnd = client.localAddress() instanceof InetSocketAddress inet ? inet : null;
        this.peer = Sockets.text(client.remoteAddress());
        this.requests = new RequestRelay(context, this);
        this.responses = new ResponseRelay(this, client);
        this.patience = new Patience(context.limits().requestTimeout(), clock.nanos());
    }

    // ---- what the client does

    void clientSent(HttpObject object) {
        if (state.isOver() || Refusal.isCutShort(object)) {
            ReferenceCountUtil.release(object);
        } else {
            requests.receive(object, clock.burstNanos());
        }
    }

    void clientBurstEnded() {
        patience.heard(decoder.isWithinHead(), clock.burstNanos());
        clock.endBurst();
        flushUpstream();
        readClient();
    }

    void clientWritabilityChanged() {
        readUpstream();
    }

    /**
     * The client sends nothing more, and may still want its answer: the upstream hears of it as it would have without a
     * proxy, behind everything the client sent, and what it makes of that decides.
     */
    void clientFinished() {
        if (clientDone || state == PairState.CLOSED) {
            return;
        }
        clientDone = true;
        clientDoneNanos = clock.nanos();
        switch (state) {
            case IDLE -> leave(Farewell.NOW);
            case CONNECTING -> Sockets.probe(client);
            case RELAYING -> {
                Sockets.probe(client);
                links.dismissOthers(ConnectionPair::dismiss);
                finishUpstream();
            }
            case LEAVING -> Sockets.closeIfFinished(client);
            case CLOSED -> {}
        }
    }

    void clientClosed() {
        if (state == PairState.CONNECTING) {
            clientFinished();
        } else {
            leave(Farewell.NOW);
        }
    }

    void clientFailed(Throwable cause) {
        if (state == PairState.CLOSED) {
            return;
        }
        if (!(cause instanceof IOException)) {
            failed(cause);
        } else if (Sockets.isReset(cause)) {
            UpstreamLink link = links.current();
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

    /** There are more connections than there may be: this one gets an answer that says so. */
    void crowdOut() {
        crowdedOut = true;
    }

    /** Looks whether the client has kept a request unfinished for too long. */
    void checkPatience(long nowNanos) {
        switch (patience.check(state, exchange, nowNanos)) {
            case WAIT -> {}
            case HANG_UP -> leave(Farewell.NOW);
            case HEAD_OVERDUE -> {
                begin(Refusal.unreadable(), patience.headSinceNanos());
                refuse(Refusal.overdue("head", context.limits()), EndCause.TIMED_OUT, EndedBy.CLIENT);
            }
            case BODY_OVERDUE -> refuse(Refusal.overdue("body", context.limits()), EndCause.TIMED_OUT, EndedBy.CLIENT);
        }
    }

    // ---- what an upstream does

    void upstreamSent(UpstreamLink link, HttpObject object) {
        if (state.isOver() || Refusal.isCutShort(object) || link.isBroken()) {
            // Of a broken link: the decoder takes any end of it for the end of a body without a length; a reset is
            // none.
            ReferenceCountUtil.release(object);
        } else if (links.isCurrent(link)) {
            responses.receive(object, clock.burstNanos());
        } else {
            ReferenceCountUtil.release(object);
            upstreamUnwanted(link);
        }
    }

    void upstreamBurstEnded(UpstreamLink link) {
        clock.endBurst();
        if (!state.isOver()) {
            client.flush();
        }
        if (links.isCurrent(link)) {
            readUpstream();
        } else {
            link.channel().read();
        }
    }

    void upstreamWritabilityChanged() {
        readClient();
    }

    void upstreamClosed(UpstreamLink link) {
        if (state.isOver()) {
            return;
        }
        if (links.isCurrent(link) && (exchange != null || link.sole() || link.saidClose())) {
            upstreamGone();
        } else {
            links.forget(link);
        }
    }

    /** A failed write does not end the pair: the response may be there already. What ends it is the end of reading. */
    void upstreamFailed(UpstreamLink link, Throwable cause) {
        if (state.isOver()) {
            return;
        }
        if (cause instanceof IOException io) {
            link.failed(io);
        } else {
            failed(cause);
        }
    }

    /** It said something that nobody asked for: a server's farewell on an idle connection, for example. */
    void upstreamUnwanted(UpstreamLink link) {
        boolean stranded = links.isCurrent(link) && exchange != null;
        if (link.sole() || stranded) {
            upstreamGone();
        } else {
            links.forget(link);
            Sockets.close(link.channel());
        }
    }

    // ---- the life of an exchange, as the two relays drive it

    /** The exchange of a request whose turn has come. */
    Exchange begin(HttpRequest request, long atNanos) {
        Exchange begun = observe(request, atNanos);
        exchange = begun;
        return begun;
    }

    Exchange observe(HttpRequest request, long atNanos) {
        GuardedTap tap = GuardedTap.begin(context.tap(), client.eventLoop(), connectionId, peer, context.counters());
        return Exchange.begin(tap, context.counters(), client, request, atNanos);
    }

    /** The connection that served before is idle from now on, but still read, so that its end is noticed. */
    void connecting() {
        rest();
        state = PairState.CONNECTING;
    }

    private void rest() {
        UpstreamLink before = links.current();
        links.rest();
        if (before != null) {
            before.channel().read();
        }
    }

    void relaying(UpstreamLink link) {
        if (!links.isCurrent(link)) {
            rest();
            links.use(link);
        }
        state = PairState.RELAYING;
        readUpstream();
    }

    /** Lets what waited go on, and both sides be read. */
    void resume() {
        requests.resume();
        flushUpstream();
        if (clientDone && state == PairState.RELAYING) {
            finishUpstream();
        }
        if (!client.isActive()) {
            leave(Farewell.NOW);
            return;
        }
        readClient();
        readUpstream();
    }

    void completeIfDone(Exchange current) {
        if (!current.isDone() && !state.isOver()) {
            return;
        }
        current.end(EndCause.COMPLETE, EndedBy.UPSTREAM, "", clock.nanos());
        if (state.isOver()) {
            return;
        }
        exchange = null;
        state = PairState.IDLE;
        if (current.endsWithConnection()) {
            part(Farewell.FLUSHED, EndCause.CLOSED, EndedBy.UPSTREAM);
        } else if (draining) {
            end(EndCause.SHUTDOWN, EndedBy.RECORDER, "the recorder stopped", Farewell.FLUSHED);
        } else if (clientDone && requests.isIdle()) {
            leave(Farewell.FLUSHED);
        } else {
            resume();
        }
    }

    // ---- back-pressure

    private void readClient() {
        boolean read =
                switch (state) {
                    case IDLE, CONNECTING -> requests.hasRoom();
                    case RELAYING -> requests.hasRoom() && (isRequestWhole() || isUpstreamWritable());
                    case LEAVING -> true;
                    case CLOSED -> false;
                };
        patience.reading(read, clock);
        if (read && !clientDone) {
            client.read();
        }
    }

    private boolean isRequestWhole() {
        return exchange != null && exchange.isRequestWhole();
    }

    private boolean isUpstreamWritable() {
        UpstreamLink link = links.current();
        return link != null && link.isWritable();
    }

    private void readUpstream() {
        UpstreamLink link = links.current();
        if (link != null && client.isWritable()) {
            link.channel().read();
        }
    }

    private void flushUpstream() {
        UpstreamLink link = links.current();
        if (link != null) {
            link.channel().flush();
        }
    }

    /** Once nothing of the client's is left to be sent: a request that was cut short never will be. */
    private void finishUpstream() {
        UpstreamLink link = links.current();
        if (link != null && !requests.hasMoreToSend()) {
            link.finish();
        }
    }

    // ---- endings

    /** The upstream sends nothing more, or nothing that belongs to anything. */
    void upstreamGone() {
        Exchange current = exchange;
        UpstreamLink link = links.current();
        Throwable failure = link == null ? null : link.failure();
        boolean reset = failure != null && Sockets.isReset(failure);
        if (current != null && current.isResponseWhole()) {
            if (current.response() == Exchange.Response.DELIVERED) {
                current.end(EndCause.COMPLETE, EndedBy.UPSTREAM, "", clock.nanos());
            }
            part(current.isRequestWhole() ? Farewell.FLUSHED : Farewell.LINGERING, EndCause.CLOSED, EndedBy.UPSTREAM);
            return;
        }
        responses.cut(current);
        if (clientDone) {
            leave(reset ? Farewell.RESET : Farewell.FLUSHED);
        } else {
            String detail =
                    failure == null ? "the upstream closed its connection" : String.valueOf(failure.getMessage());
            EndCause cause = reset ? EndCause.RESET : EndCause.CLOSED;
            end(cause, EndedBy.UPSTREAM, detail, reset ? Farewell.RESET : Farewell.FLUSHED);
        }
    }

    /** Answers in the upstream's place when nothing of its answer has gone out, and ends the pair. */
    void refuse(Refusal refusal, EndCause cause, EndedBy endedBy) {
        boolean unanswered = exchange == null || exchange.response() == Exchange.Response.AWAITED;
        if (unanswered) {
            Sockets.write(client, refusal.response());
        } else {
            responses.cut(exchange);
        }
        end(cause, endedBy, refusal.detail(), unanswered ? Farewell.LINGERING : Farewell.FLUSHED);
    }

    /** A fault of our own. */
    private void failed(Throwable cause) {
        log.warn("the connection of {} failed", peer, cause);
        end(EndCause.CLOSED, EndedBy.RECORDER, String.valueOf(cause), Farewell.NOW);
    }

    /** The client has left; its exchange ended then, unless something of the response still came for it. */
    private void leave(Farewell farewell) {
        if (exchange == null && !state.isOver() && decoder.isWithinHead()) {
            begin(Refusal.unreadable(), patience.headSinceNanos());
        }
        if (exchange != null) {
            boolean unanswered = clientDone && !exchange.wasAnsweredAfter(clientDoneNanos);
            long atNanos = unanswered ? clientDoneNanos : clock.nanos();
            exchange.end(EndCause.CLOSED, EndedBy.CLIENT, CLIENT_LEFT, atNanos);
        }
        part(farewell, EndCause.CLOSED, EndedBy.CLIENT);
    }

    /** Every ending of a pair passes here, or only {@link #part} when its exchange is still to be delivered. */
    private void end(EndCause cause, EndedBy endedBy, String detail, Farewell farewell) {
        if (exchange != null) {
            exchange.end(cause, endedBy, detail, clock.nanos());
        }
        part(farewell, cause, endedBy);
    }

    /** Lets all connections go. */
    private void part(Farewell farewell, EndCause cause, EndedBy endedBy) {
        if (state == PairState.CLOSED || (state == PairState.LEAVING && farewell != Farewell.NOW)) {
            return;
        }
        state = farewell == Farewell.NOW ? PairState.CLOSED : PairState.LEAVING;
        requests.drop(cause, endedBy);
        links.dismiss(ConnectionPair::dismiss);
        farewell.bid(client);
        readClient();
    }

    private static void dismiss(UpstreamLink link) {
        Sockets.closeFlushed(link.channel());
    }

    // ---- what the relays may know

    /** Whether the response under way answers a HEAD request. */
    boolean answersHead() {
        return exchange != null && exchange.isHead();
    }

    boolean isCrowdedOut() {
        return crowdedOut;
    }

    PairState state() {
        return state;
    }

    @Nullable
    Exchange exchange() {
        return exchange;
    }

    UpstreamLinks links() {
        return links;
    }

    BurstClock clock() {
        return clock;
    }

    EventLoop loop() {
        return client.eventLoop();
    }

    @Nullable
    InetAddress clientAddress() {
        return clientEnd == null ? null : clientEnd.getAddress();
    }

    /** The client's end of its connection, as it was when it was accepted. */
    @Nullable
    InetSocketAddress clientEnd() {
        return clientEnd;
    }

    /** The proxy's end of it. */
    @Nullable
    InetSocketAddress listenerEnd() {
        return listenerEnd;
    }
}
