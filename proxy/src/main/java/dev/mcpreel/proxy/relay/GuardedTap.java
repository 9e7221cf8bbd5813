package dev.mcpreel.proxy.relay;

import dev.mcpreel.captures.tap.ExchangeTap;
import dev.mcpreel.captures.tap.TrafficTap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a recorder's failure away from the traffic: the first exception of a tap is logged and counted, and the rest of
 * that exchange is not recorded, of which the tap is told.
 */
final class GuardedTap {
    private static final Logger log = LoggerFactory.getLogger(GuardedTap.class);

    private final RelayCounters counters;
    private @Nullable ExchangeTap tap;

    private GuardedTap(RelayCounters counters) {
        this.counters = counters;
    }

    static GuardedTap begin(
            TrafficTap traffic, EventLoop loop, long connectionId, String peer, RelayCounters counters) {
        GuardedTap guarded = new GuardedTap(counters);
        try {
            guarded.tap = traffic.begin(loop, connectionId, peer);
        } catch (RuntimeException | Error e) {
            guarded.failed(e);
        }
        return guarded;
    }

    /** A connection's id, 0 when none is to be had. */
    static long newConnectionId(TrafficTap traffic, RelayCounters counters) {
        try {
            return traffic.newConnectionId();
        } catch (RuntimeException | Error e) {
            counters.tapFailed();
            log.warn("a connection has no id in the recording, its traffic goes on", e);
            return 0;
        }
    }

    void tell(Consumer<ExchangeTap> event) {
        ExchangeTap live = tap;
        if (live != null) {
            try {
                event.accept(live);
            } catch (RuntimeException | Error e) {
                failed(e);
            }
        }
    }

    /** Tells of bytes, and puts the buffer's indices back whatever the tap did with them. */
    void tellBytes(ByteBuf bytes, Consumer<ExchangeTap> event) {
        int reader = bytes.readerIndex();
        int writer = bytes.writerIndex();
        tell(event);
        bytes.setIndex(reader, writer);
    }

    private void failed(Throwable e) {
        ExchangeTap broken = tap;
        tap = null;
        counters.tapFailed();
        log.warn("an exchange is not recorded further, its traffic goes on", e);
        if (broken != null) {
            try {
                broken.abandon();
            } catch (RuntimeException | Error again) {
                log.debug("a tap could not be abandoned", again);
            }
        }
    }
}
