package dev.mcpreel.captures.store;

import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.ClockAnchor;
import dev.mcpreel.captures.exchange.EventKind;
import dev.mcpreel.captures.exchange.ExchangeEvent;
import dev.mcpreel.captures.exchange.StepRecord;
import org.jspecify.annotations.Nullable;

/**
 * Writes what is chosen of a log into a new one, in the same order, at the same times. An exchange that was one record stays one
 * while it is small enough. Of the clock anchors the last one before each stretch of what is kept is written.
 */
final class ExcerptCopy {
    private static final int MOST_TOGETHER = WriterLimits.DEFAULT.coalesceBytes() * 2;

    private final CopyLog log;
    private final CutChoice choice;
    private final long endSeq;
    private final EncodeBuffer item = new EncodeBuffer(1 << 10);
    private final EncodeBuffer out = new EncodeBuffer(1 << 16);
    private final EncodeBuffer items = new EncodeBuffer(1 << 14);
    private final Records.Output output = new Records.Output(out, () -> {});
    private ClockAnchor anchor;
    private boolean anchorDue = true;
    private @Nullable HeldExchange held;
    private @Nullable RecordType type;
    private long exchangeId;
    private long wallNanos;
    private boolean incomplete;
    private boolean beyond;
    private long begun;
    private long recorded;
    private long steps;

    /**
     * @param anchor the first, for a log that begins without
     * @param endSeq the first record that is not to be looked at
     */
    ExcerptCopy(CopyLog log, CutChoice choice, ClockAnchor anchor, long endSeq) {
        this.log = log;
        this.choice = choice;
        this.anchor = anchor;
        this.endSeq = endSeq;
    }

    /** The record whose events come next. */
    void record(RecordView record) {
        writeHeld();
        beyond = record.seq >= endSeq;
        type = record.type();
        exchangeId = record.exchangeId;
        wallNanos = record.wallNanos;
        incomplete = record.incomplete();
    }

    void event(CaptureEvent event) {
        if (beyond || event.kind() == EventKind.COUNTS) {
            return;
        }
        if (event instanceof ClockAnchor other) {
            anchor = other;
            anchorDue = true;
            return;
        }
        CaptureEvent taken = choice.take(event);
        if (taken == null) {
            return;
        }
        if (anchorDue) {
            anchorDue = false;
            log.write(anchor, anchor.wallNanos());
        }
        if (taken instanceof ExchangeEvent part) {
            write(part);
        } else {
            steps += taken.kind() == EventKind.STEP ? 1 : 0;
            StepRecord step = taken instanceof StepRecord one ? one : null;
            writeAlone(taken, step == null ? 0 : step.exchangeId(), step == null ? 0 : step.connectionId());
        }
    }

    /** No more records come. */
    void end() throws Exception {
        beyond = false;
        writeHeld();
        log.sync();
    }

    /** Exchanges of which something was written: all of them with their heads. */
    long exchanges() {
        return begun;
    }

    CopyTally tally() {
        return new CopyTally(recorded, log.records(), log.bytes(), steps);
    }

    private void write(ExchangeEvent event) {
        boolean end = event.kind() == EventKind.EXCHANGE_END;
        begun += event.kind() == EventKind.REQUEST_HEAD ? 1 : 0;
        recorded += end && !incomplete ? 1 : 0;
        if (type != RecordType.EXCHANGE || event.exchangeId() != exchangeId) {
            writeAlone(event, event.exchangeId(), event.connectionId());
            return;
        }
        HeldExchange exchange = held;
        if (exchange == null) {
            items.clear();
            exchange = new HeldExchange(items, event, 0);
            held = exchange;
        }
        exchange.add(event, incomplete);
    }

    /** What redaction made longer than one record may be becomes several. */
    private void writeHeld() {
        HeldExchange exchange = held;
        if (exchange == null) {
            return;
        }
        held = null;
        out.clear();
        if (exchange.items().length() <= MOST_TOGETHER) {
            Records.writeExchange(output, exchange, incomplete);
        } else {
            exchange.writeApart(output);
        }
        writeOut();
    }

    private void writeAlone(CaptureEvent event, long ofExchange, long ofConnection) {
        item.clear();
        out.clear();
        EventCodec.encode(item, event, 0, incomplete && event.kind() == EventKind.EXCHANGE_END);
        Records.write(output, item, 0, 0, ofExchange, ofConnection);
        writeOut();
    }

    private void writeOut() {
        for (int at = 0; at < out.length(); ) {
            int length = Records.length(out.array(), at);
            log.write(out.array(), at, length, wallNanos);
            at += length;
        }
    }
}
