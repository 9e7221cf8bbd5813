package dev.mcpreel.captures.tap;

import dev.mcpreel.captures.exchange.Bytes;
import dev.mcpreel.captures.wire.SseSplitter;

/** An event stream under way: its unfinished event is paid for from the budget, or only counted when that is used up. */
final class StreamAssembly {
    private final AssemblyBudget budget;
    private final SseSplitter.Sink sink;
    private SseSplitter splitter;
    private long takenBytes;
    private boolean counting;

    StreamAssembly(AssemblyBudget budget, SseSplitter.Sink sink) {
        this.budget = budget;
        this.sink = sink;
        this.splitter = new SseSplitter(BodyAssembly.MESSAGE_CAP_BYTES, sink);
    }

    /** Takes the next bytes; an event that does not fit the budget is told as oversized. */
    void feed(Bytes bytes, long nanos) {
        if (!counting) {
            if (budget.take(bytes.length())) {
                takenBytes += bytes.length();
            } else if (!overCap()) {
                countOnly();
            }
        }
        splitter.feed(bytes, nanos);
        if (counting) {
            keepAgain(bytes, nanos);
        } else {
            giveBackTo(overCap() ? 0 : splitter.tailLength());
        }
    }

    /** Whether the bytes of the tail were dropped for want of budget. */
    boolean counting() {
        return counting;
    }

    /** What stands after the last event; to be asked for the tail itself once only. */
    SseSplitter splitter() {
        return splitter;
    }

    /** Nothing more will come. */
    void release() {
        giveBackTo(0);
    }

    /** The bytes of such an event are gone already. */
    private boolean overCap() {
        return splitter.tailLength() > BodyAssembly.MESSAGE_CAP_BYTES;
    }

    /** Goes on in a splitter that keeps nothing, at the same place of the stream. */
    private void countOnly() {
        long firstByteNanos = splitter.tailFirstByteNanos();
        Bytes tail = splitter.tail();
        counting = true;
        splitter = new SseSplitter(0, sink);
        splitter.feed(tail, firstByteNanos);
        giveBackTo(0);
    }

    /** Once the event that did not fit has ended, all that follows it came in this read. */
    private void keepAgain(Bytes bytes, long nanos) {
        long tail = splitter.tailLength();
        if (tail <= bytes.length() && budget.take(tail)) {
            counting = false;
            takenBytes = tail;
            splitter = new SseSplitter(BodyAssembly.MESSAGE_CAP_BYTES, sink);
            splitter.feed(bytes.slice(bytes.length() - (int) tail, bytes.length()), nanos);
        }
    }

    private void giveBackTo(long keptBytes) {
        if (takenBytes > keptBytes) {
            budget.giveBack(takenBytes - keptBytes);
            takenBytes = keptBytes;
        }
    }
}
