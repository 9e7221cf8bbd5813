package dev.mcpreel.captures.store;

import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.ClockAnchor;
import dev.mcpreel.captures.exchange.ExchangeCounts;
import dev.mcpreel.captures.exchange.Gap;
import dev.mcpreel.captures.exchange.LossReason;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the writer thread does: gives records their sequence number, appends them, syncs in groups, and stays up when the
 * disk does not. Confined to that thread but for {@link #status()}, {@link #syncedSeq()}.
 */
final class LogWriter {
    /** Something that may fail as a disk does. */
    private interface Work {
        void run() throws Exception;
    }

    private static final int SPACE_CHECK_BYTES = 1 << 20;
    /** No record of the writer's own is longer. */
    private static final int OWN_BYTES = 1 << 10;

    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** A log that keeps failing is tried less and less often, at last every 64 s. */
    private static final int MAX_BACK_OFF = 6;
    /** Counts that changed are told this often, and with every anchor. */
    private static final long COUNTS_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final FrameQueue queue;
    private final LogSink.Opener logs;
    private final WriterOptions options;
    private final SpaceGuard space;
    private final DiskPulse pulse;
    private final Rolling rolling;
    private final Ledger ledger = new Ledger();
    private final RecordView view = new RecordView();
    private final EncodeBuffer item = new EncodeBuffer(128);
    private final EncodeBuffer own = new EncodeBuffer(256);
    private ClockAnchor anchor;
    private long nextSeq;
    private long bytes;
    private long unsyncedBytes;
    private long uncheckedBytes;
    private long lastSyncNanos;
    private long lastCheckNanos;
    private long retryNanos;
    private @Nullable LossReason suspended;
    private @Nullable LogSink current;
    /** The last one tried; there may be none of that number. */
    private int logNumber;

    /** That of {@code current}. */
    private int sinkNumber;

    private int failures;
    /** The log failed and is not to be trusted with another record. */
    private boolean broken;

    private long lastCountsNanos;
    private @Nullable ExchangeCounts toldCounts;
    /** Counts what its records do not say, without ever waiting. */
    private volatile @Nullable Supplier<SourceCounts> source;

    private volatile long syncedSeq = -1;
    /** When the thread was last seen to go on. */
    private volatile long beatNanos;

    private volatile boolean ended;
    private volatile WriterStatus published;

    LogWriter(
            FrameQueue queue,
            LogSink.Opener logs,
            SpaceGuard space,
            DiskPulse pulse,
            Rolling rolling,
            WriterOptions options,
            ClockAnchor anchor) {
        this.queue = queue;
        this.logs = logs;
        this.space = space;
        this.pulse = pulse;
        this.rolling = rolling;
        this.options = options;
        this.anchor = anchor;
        this.lastSyncNanos = anchor.atNanos();
        this.lastCheckNanos = anchor.atNanos();
        this.beatNanos = anchor.atNanos();
        this.lastCountsNanos = anchor.atNanos();
        this.published = snapshot();
    }

    /** Opens the log and makes the first record durable, so that one that cannot be written is known at once. */
    void begin() throws Exception {
        try {
            open();
            beginLog(anchor);
            rolling.began(sinkNumber, anchor.atNanos());
        } catch (Throwable e) {
            if (current != null) {
                current.close();
            }
            throw e;
        }
    }

    /** A log says first what time it is, so that it can do without those before it. */
    private void beginLog(ClockAnchor first) throws Exception {
        // To open it took many looks at the disk, each of which may have waited.
        pulse.await();
        anchor = first;
        appendOwn(first, () -> {});
        sink().sync();
        synced(first.atNanos());
    }

    /** Those before it may be removed once it says what they said. */
    private void replaceLogsBefore(long now) throws Exception {
        tellCounts(now, true);
        if (suspended == null) {
            sync(now);
            rolling.began(sinkNumber, now);
        }
    }

    /**
     * Works until the queue is closed and drained, and syncs the last of it. JDK 17 throws the errors of a full disk late and
     * anywhere, so whatever is thrown here is taken for one.
     */
    void run() {
        long pollNanos = Math.max(1, Math.min(options.limits().syncIntervalNanos() / 2, 20_000_000));
        while (!queue.drained()) {
            beatNanos = now();
            byte[] frame = queue.poll(pollNanos);
            guard(this::resumeWhenDue);
            guard(this::rollWhenDue);
            if (frame != null) {
                guard(() -> awaitDisk(frame.length));
                write(frame);
            }
            guard(this::keepTime);
        }
        beatNanos = now();
        finish();
        ended = true;
    }

    WriterStatus status() {
        WriterStatus last = published;
        return new WriterStatus(
                last.records(),
                last.bytes(),
                last.recorded(),
                last.steps(),
                queue.bytes(),
                syncedSeq,
                ended ? 0 : Math.max(0, now() - beatNanos),
                last.suspended(),
                last.lost(),
                last.lostSteps());
    }

    long syncedSeq() {
        return syncedSeq;
    }

    void countedBy(Supplier<SourceCounts> other) {
        source = other;
    }

    /** Before anything is appended: an append must find a disk that answers and has room. */
    private void awaitDisk(int bytes) throws IOException {
        if (suspended != null) {
            return;
        }
        pulse.await();
        try {
            sink().claim(bytes);
        } catch (IOException e) {
            if (space.enough()) {
                throw e;
            }
            suspend(LossReason.DISK_FULL);
        }
    }

    private void write(byte[] frame) {
        for (int at = 0; at < frame.length; ) {
            view.set(frame, at);
            int length = view.total();
            long seq = nextSeq;
            try {
                write(frame, at, length);
            } catch (Throwable e) {
                suspend(LossReason.WRITE_FAILED);
                if (nextSeq == seq) {
                    ledger.dropped(view, LossReason.WRITE_FAILED);
                }
            }
            at += length;
        }
    }

    private void write(byte[] frame, int at, int length) throws Exception {
        if (suspended == null && uncheckedBytes + length > SPACE_CHECK_BYTES) {
            checkSpace();
        }
        if (suspended != null) {
            ledger.dropped(view, suspended);
            return;
        }
        ledger.mark(view);
        Records.seal(frame, at, nextSeq, anchor.wallOf(view.monoNanos));
        append(frame, at, length, () -> {
            if (ledger.appended(view)) {
                options.listener().ended(view.exchangeId, nextSeq - 1);
            }
        });
    }

    /**
     * A record that is in the log is counted, even when its append failed: the next log would else use its number again.
     *
     * @param there what follows from its being there
     */
    private void append(byte[] array, int at, int length, Runnable there) throws Exception {
        try {
            sink().append(array, at, length);
        } catch (Throwable e) {
            if (sink().holds(array, at, length)) {
                count(length);
                there.run();
            }
            throw e;
        }
        count(length);
        there.run();
    }

    private void count(int length) {
        nextSeq++;
        bytes += length;
        unsyncedBytes += length;
        uncheckedBytes += length;
        rolling.wrote(length);
    }

    private void appendOwn(CaptureEvent event, Runnable there) throws Exception {
        seal(event);
        append(own.array(), 0, own.length(), there);
    }

    private void seal(CaptureEvent event) {
        item.clear();
        own.clear();
        EventCodec.encode(item, event, 0, false);
        Records.write(new Records.Output(own, () -> {}), item, 0, 0, 0, 0);
        Records.seal(own.array(), 0, nextSeq, anchor.wallOf(event.atNanos()));
    }

    private void keepTime() throws Exception {
        long now = now();
        if (suspended == null && now - lastCheckNanos >= RETRY_NANOS) {
            checkSpace();
        }
        if (suspended == null && now - anchor.atNanos() >= options.limits().anchorIntervalNanos()) {
            awaitDisk(OWN_BYTES);
        }
        if (suspended == null && now - anchor.atNanos() >= options.limits().anchorIntervalNanos()) {
            anchor = anchorOf(now);
            appendOwn(anchor, () -> {});
            tellCounts(now, true);
        }
        if (suspended == null && now - lastCountsNanos >= COUNTS_NANOS) {
            tellCounts(now, false);
        }
        if (now - lastSyncNanos >= options.limits().syncIntervalNanos()
                || unsyncedBytes >= options.limits().syncBytes()) {
            sync(now);
        }
    }

    /** So that a capture that never gets its end can be accounted for up to here. */
    private void tellCounts(long now, boolean evenTheSame) throws Exception {
        lastCountsNanos = now;
        ExchangeCounts counts = counts(now);
        if (counts == null || (!evenTheSame && counts.saysAs(toldCounts))) {
            return;
        }
        seal(counts);
        awaitDisk(own.length());
        if (suspended == null) {
            append(own.array(), 0, own.length(), () -> toldCounts = counts);
        }
    }

    /** The source last: it may have seen more meanwhile than this can account for, and never less. */
    private @Nullable ExchangeCounts counts(long now) {
        Supplier<SourceCounts> known = source;
        if (known == null) {
            return null;
        }
        Map<LossReason, Long> lost = new EnumMap<>(LossReason.class);
        lost.putAll(ledger.lost());
        SourceCounts counted = known.get();
        counted.lost().forEach((reason, exchanges) -> lost.merge(reason, exchanges, Long::sum));
        return new ExchangeCounts(
                now,
                counted.seen(),
                ledger.recorded(),
                new TreeMap<>(counted.filtered()),
                lost,
                ledger.lostSteps() + counted.lostSteps());
    }

    /** With nothing to sync the interval goes on, so that the first record after a quiet time need not wait. */
    private void sync(long now) throws Exception {
        if (suspended != null) {
            lastSyncNanos = now;
            published = snapshot();
        }
        if (unsyncedBytes > 0 && suspended != LossReason.WRITE_FAILED) {
            sink().sync();
            synced(now);
            options.listener().synced(syncedSeq);
        }
    }

    private void synced(long now) {
        syncedSeq = nextSeq - 1;
        failures = 0;
        unsyncedBytes = 0;
        lastSyncNanos = now;
        published = snapshot();
    }

    private void checkSpace() {
        uncheckedBytes = 0;
        lastCheckNanos = now();
        if (!space.enough()) {
            suspend(LossReason.DISK_FULL);
        }
    }

    private void suspend(LossReason reason) {
        suspended = reason;
        if (reason == LossReason.WRITE_FAILED) {
            broken = true;
            failures++;
        }
        retryNanos = now() + (RETRY_NANOS << Math.min(MAX_BACK_OFF, Math.max(0, failures - 1)));
        published = snapshot();
    }

    private void resumeWhenDue() throws Exception {
        if (suspended != null && now() - retryNanos >= 0) {
            resume();
        }
    }

    /** Goes on when there is space, and says first what is missing. */
    private void resume() throws Exception {
        retryNanos = now() + RETRY_NANOS;
        if (!space.enough()) {
            suspended = LossReason.DISK_FULL;
            return;
        }
        pulse.await();
        long now = now();
        if (broken) {
            sink().abandon();
            open();
            sink().claim(OWN_BYTES);
            beginLog(anchorOf(now));
            broken = false;
            options.listener().synced(syncedSeq);
        }
        sink().claim(LossReason.values().length * OWN_BYTES);
        for (Gap gap : ledger.gaps(now)) {
            appendOwn(gap, () -> ledger.gapWritten(gap.reason()));
        }
        suspended = null;
        published = snapshot();
        if (rolling.log() != sinkNumber) {
            replaceLogsBefore(now);
        }
    }

    /** Closes a log that is whole and goes on in the next. Without one it goes on in the old. */
    private void rollWhenDue() throws Exception {
        long now = now();
        if (suspended != null || !rolling.isDue(now)) {
            return;
        }
        awaitDisk(OWN_BYTES);
        checkSpace();
        if (suspended != null) {
            return;
        }
        sync(now);
        LogSink whole = sink();
        try {
            open();
        } catch (Throwable e) {
            rolling.postpone(now);
            return;
        }
        try {
            whole.close();
        } catch (RuntimeException | Error e) {
            // What it has is on the disk.
        }
        beginLog(anchorOf(now));
        options.listener().synced(syncedSeq);
        replaceLogsBefore(now);
    }

    private void finish() {
        guard(() -> awaitDisk(0));
        guard(() -> {
            if (suspended != null) {
                resume();
            }
            if (suspended == null) {
                tellCounts(now(), true);
            }
            sync(now());
        });
        published = snapshot();
        guard(sink()::close);
    }

    private void open() throws Exception {
        logNumber++;
        current = logs.open(logNumber);
        sinkNumber = logNumber;
    }

    private LogSink sink() {
        return Objects.requireNonNull(current, "begin comes first");
    }

    private void guard(Work work) {
        try {
            work.run();
        } catch (Throwable e) {
            suspend(LossReason.WRITE_FAILED);
        }
    }

    private long now() {
        return options.clocks().monotonicNanos().getAsLong();
    }

    private ClockAnchor anchorOf(long now) {
        return new ClockAnchor(now, options.clocks().wallNanos().getAsLong());
    }

    private WriterStatus snapshot() {
        return new WriterStatus(
                nextSeq,
                bytes,
                ledger.recorded(),
                ledger.steps(),
                0,
                syncedSeq,
                0,
                suspended,
                ledger.lost(),
                ledger.lostSteps());
    }
}
