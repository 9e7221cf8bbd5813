package dev.mcpreel.captures.tap;

import dev.mcpreel.captures.wire.BodyProbe;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a tap holds back of an exchange until its filter knows what the body asks for. It takes the room of its lane, so that
 * memory stays bounded; what finds none is lost if the exchange is kept. Confined to an event loop.
 */
final class Holdback implements BodyProbe.Listener, AutoCloseable {
    /** A body that has not told by then is recorded, and so is an exchange that holds more than this. */
    static final int MOST_BYTES = 64 * 1024;

    private static final int UNDECIDED = Integer.MIN_VALUE;

    private final TrafficFilter filter;
    private final Lane lane;
    private final BodyProbe probe;
    private final List<TapItem> items = new ArrayList<>();
    private int verdict = UNDECIDED;
    private int firstReason = TrafficFilter.KEPT;
    private int unreadBytes = MOST_BYTES;
    private long heldBytes;
    private long refusedEvents;
    private long refusedBytes;

    Holdback(TrafficFilter filter, Lane lane) {
        this.filter = filter;
        this.lane = lane;
        this.probe = new BodyProbe(filter.readsTools(), this);
    }

    /** False when there was no room; it is then among what {@link #release()} counts as lost. */
    boolean hold(TapItem item, long bodyBytes) {
        heldBytes += bodyBytes + Lane.ITEM_OVERHEAD;
        if (lane.hold(item)) {
            items.add(item);
            return true;
        }
        refusedEvents++;
        refusedBytes += bodyBytes;
        return false;
    }

    /** Looks at the next bytes of the request. */
    void read(ByteBuffer bytes) {
        if (bytes.remaining() > unreadBytes) {
            bytes.limit(bytes.position() + unreadBytes);
        }
        unreadBytes -= bytes.remaining();
        probe.feed(bytes);
    }

    /** The request is whole. */
    void readToTheEnd() {
        probe.end();
    }

    /** The number of a reason, {@link TrafficFilter#KEPT}, or null while nobody knows. */
    @Nullable
    Integer verdict() {
        if (verdict == UNDECIDED && (unreadBytes == 0 || heldBytes > MOST_BYTES)) {
            verdict = TrafficFilter.KEPT;
        }
        return verdict == UNDECIDED ? null : verdict;
    }

    /** Lets everything go to the recorder; true when that is anything. */
    boolean release() {
        close();
        items.forEach(lane::offerHeld);
        for (long event = 0; event < refusedEvents; event++) {
            lane.lost(event == 0, event == 0 ? refusedBytes : 0);
        }
        return !items.isEmpty();
    }

    /** Forgets everything. */
    void drop() {
        close();
        items.forEach(lane::dropHeld);
    }

    @Override
    public void close() {
        probe.close();
    }

    /** A batch is kept when any message of it is. */
    @Override
    public void asked(@Nullable String method, @Nullable String name, boolean more) {
        int reason = method == null ? TrafficFilter.KEPT : filter.byMessage(method, name);
        if (reason == TrafficFilter.KEPT || !more) {
            decide(reason);
        } else if (firstReason == TrafficFilter.KEPT) {
            firstReason = reason;
        }
    }

    @Override
    public void ended(boolean readable) {
        decide(readable ? firstReason : TrafficFilter.KEPT);
    }

    private void decide(int reason) {
        if (verdict == UNDECIDED) {
            verdict = reason;
            probe.close();
        }
    }
}
