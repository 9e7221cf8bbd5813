package dev.mcpreel.captures.transfer;

import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.ClockAnchor;
import dev.mcpreel.captures.exchange.EventKind;
import dev.mcpreel.captures.exchange.ExchangeEnd;
import dev.mcpreel.captures.exchange.ExchangeEvent;
import dev.mcpreel.captures.redact.OverBudgetException;
import dev.mcpreel.captures.store.CaptureAppender;
import dev.mcpreel.captures.store.CaptureWriter;
import dev.mcpreel.captures.store.Ending;
import dev.mcpreel.captures.store.ImportInfo;
import dev.mcpreel.captures.store.Manifest;
import dev.mcpreel.captures.store.ManifestSeed;
import dev.mcpreel.captures.store.RelayInfo;
import dev.mcpreel.captures.store.SourceCounts;
import dev.mcpreel.captures.store.WriterLimits;
import dev.mcpreel.captures.store.WriterOptions;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A capture being made of a file: redacted, in the order in which it is given its events, and gone unless it is ended. */
final class NewCapture implements AutoCloseable {
    /** Longer than any import: the only anchors are those of the file. */
    private static final long NO_ANCHORS_NANOS = TimeUnit.DAYS.toNanos(10_000);

    private final CaptureWriter writer;
    private final CaptureAppender appender;
    private final ImportClock clock;
    private final ClockAnchor anchor;
    private final ImportRedaction redaction;
    private long heldExchange;
    private boolean begun;

    private NewCapture(CaptureWriter writer, ImportClock clock, ClockAnchor anchor, ImportRedaction redaction) {
        this.writer = writer;
        this.appender = writer.newAppender();
        this.clock = clock;
        this.anchor = anchor;
        this.redaction = redaction;
    }

    static NewCapture begin(Path storeDir, ManifestSeed seed, ClockAnchor anchor, ImportOptions options) {
        ImportClock clock = new ImportClock(anchor);
        WriterLimits limits = options.writer().limits();
        WriterOptions writing = options.writer()
                .withClocks(clock.clocks())
                .withLimits(new WriterLimits(
                        limits.queueBytes(),
                        limits.syncIntervalNanos(),
                        limits.syncBytes(),
                        limits.coalesceBytes(),
                        limits.coalesceNanos(),
                        NO_ANCHORS_NANOS,
                        limits.reserveBytes()));
        CaptureWriter writer = CaptureWriter.create(storeDir, seed, writing);
        clock.run();
        return new NewCapture(writer, clock, anchor, new ImportRedaction(options.redaction()));
    }

    /**
     * Takes the next event.
     *
     * @param where the place in the file, for whoever has to mend it
     * @param incomplete of an end: events of its exchange are not there
     */
    void add(String where, CaptureEvent event, boolean incomplete) {
        boolean first = !begun;
        begun = true;
        if (first && event.equals(anchor)) {
            // The writer has written it already.
            return;
        }
        if (!(event instanceof ExchangeEvent part)) {
            letGo();
            appender.append(event);
            return;
        }
        if (part.exchangeId() != heldExchange) {
            letGo();
        }
        append(clean(where, part), incomplete);
        heldExchange = part.kind() == EventKind.EXCHANGE_END ? 0 : part.exchangeId();
    }

    private void append(ExchangeEvent event, boolean incomplete) {
        if (incomplete && event instanceof ExchangeEnd end) {
            appender.appendIncomplete(end);
        } else {
            appender.append(event);
        }
    }

    private ExchangeEvent clean(String where, ExchangeEvent event) {
        try {
            return redaction.apply(event);
        } catch (OverBudgetException e) {
            throw Fields.bad(
                    where, "this head cannot be searched for secrets in reasonable time; take it out of the file");
        }
    }

    /** The appender would hold an exchange until its end and so move its events behind those of others. */
    private void letGo() {
        if (heldExchange != 0) {
            appender.flush();
            heldExchange = 0;
        }
    }

    Path folder() {
        return writer.folder();
    }

    /**
     * Ends the capture.
     *
     * @param wallNanos when its traffic ended
     * @param how {@link Ending#OPEN} for a capture that never had an end
     */
    Manifest end(long wallNanos, Ending how, SourceCounts counts, ImportInfo info, @Nullable RelayInfo relay) {
        appender.flush();
        writer.imported(info, relay);
        clock.end(wallNanos);
        return writer.closeWhole(how, counts);
    }

    /** Removes it unless it was ended. */
    @Override
    public void close() {
        writer.discard();
    }
}
