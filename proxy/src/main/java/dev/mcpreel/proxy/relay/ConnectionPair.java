package dev.mcpreel.proxy.relay;

import dev.mcpreel.captures.exchange.EndCause;
import dev.mcpreel.captures.exchange.EndedBy;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.ReferenceCountUtil;
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
    private final RequestRelay requests;
    private final ResponseRelay responses;

    private PairState state = PairState.IDLE;
    private @Nullable UpstreamLink link;
    private @Nullable Throwable upstreamFailure;
    private @Nullable Exchange exchange;
    private boolean clientLeft;
    private boolean draining;

    ConnectionPair(RelayContext context, Channel client) {
        this.context = context;
        this.client = client;
        this.clock = new BurstClock(context.nanoClock());
        this.connectionId = GuardedTap.newConnectionId(context.tap(), context.counters());
        this.peer = Sockets.text(client.remoteAddress());
        this.requests = new RequestRelay(context, this);
        this.responses = new ResponseRelay(this, client);
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
        clock.endBurst();
        flushUpstream();
        readClient();
    }

    void clientWritabilityChanged() {
        readUpstream();
    }

    /** What a client sends before it leaves still has to arrive: a DELETE on the way out, for example. */
    void clientClosed() {
        if (state == PairState.CONNECTING) {
            clientLeft = true;
        } else {
            end(EndCause.CLOSED, EndedBy.CLIENT, "the client closed its connection", Farewell.NOW);
        }
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

    // ---- what the upstream does

    void upstreamSent(HttpObject object) {
        if (state.isOver() || Refusal.isCutShort(object)) {
            ReferenceCountUtil.release(object);
        } else if (upstreamFailure != null && link != null && !link.channel().isActive()) {
            // The decoder takes any end of the connection for the end of a body without a length; a reset is none.
            ReferenceCountUtil.release(object);
        } else {
            responses.receive(object, clock.burstNanos());
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

    void connecting() {
        state = PairState.CONNECTING;
    }

    void connected(UpstreamLink opened) {
        link = opened;
    }

    void relaying() {
        state = PairState.RELAYING;
    }

    /** Lets what waited go on, and both sides be read. */
    void resume() {
        requests.resume();
        flushUpstream();
        if (clientLeft) {
            clientClosed();
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
        if (draining) {
            end(EndCause.SHUTDOWN, EndedBy.RECORDER, "the recorder stopped", Farewell.FLUSHED);
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
        if (read) {
            client.read();
        }
    }

    private boolean isRequestWhole() {
        return exchange != null && exchange.isRequestWhole();
    }

    private boolean isUpstreamWritable() {
        return link != null && link.channel().isWritable();
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

    /** The upstream sends nothing more, or nothing that belongs to anything. */
    void upstreamGone() {
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
            String detail =
                    failure == null ? "the upstream closed its connection" : String.valueOf(failure.getMessage());
            end(EndCause.CLOSED, EndedBy.UPSTREAM, detail, Farewell.FLUSHED);
        }
    }

    /** Answers in the upstream's place when nothing of its answer has gone out, and ends the pair. */
    void refuse(Refusal refusal, EndCause cause, EndedBy endedBy) {
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

    /** Every ending of a pair passes here, or only {@link #part} when its exchange is still to be delivered. */
    private void end(EndCause cause, EndedBy endedBy, String detail, Farewell farewell) {
        if (exchange != null) {
            exchange.end(cause, endedBy, detail, clock.nanos());
        }
        part(farewell, cause, endedBy);
    }

    /** Lets both connections go. */
    private void part(Farewell farewell, EndCause cause, EndedBy endedBy) {
        if (state == PairState.CLOSED || (state == PairState.LEAVING && farewell != Farewell.NOW)) {
            return;
        }
        state = farewell == Farewell.NOW ? PairState.CLOSED : PairState.LEAVING;
        requests.drop(cause, endedBy);
        if (link != null) {
            Sockets.closeFlushed(link.channel());
            link = null;
        }
        farewell.bid(client);
        readClient();
    }

    // ---- what the relays may know

    /** Whether the response under way answers a HEAD request. */
    boolean answersHead() {
        return exchange != null && exchange.isHead();
    }

    PairState state() {
        return state;
    }

    @Nullable
    Exchange exchange() {
        return exchange;
    }

    @Nullable
    UpstreamLink link() {
        return link;
    }

    BurstClock clock() {
        return clock;
    }

    EventLoop loop() {
        return client.eventLoop();
    }
}
