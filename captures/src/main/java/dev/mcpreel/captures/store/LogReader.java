package dev.mcpreel.captures.store;

import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.store.CaptureException.Category;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One pass over a log: records into events. For one use. */
final class LogReader implements LogWalker.Visitor {
    private final Consumer<? super CaptureEvent> sink;
    private final Consumer<? super RecordView> recordSink;
    private final Predicate<? super CaptureEvent> wanted;
    private final long firstSeq;
    private final ChunkJoiner joiner;
    private final LogTally tally = new LogTally();
    private final RecordView record = new RecordView();
    private final RecordView item = new RecordView();
    private final Sequence sequence;
    private long records;
    private long bytes;
    private long events;
    private long unknown;
    private long outOfOrder;
    private long repeated;

    /** @param recordSink sees every record, before its events; must not keep it */
    LogReader(Consumer<? super CaptureEvent> sink, Consumer<? super RecordView> recordSink) {
        this(sink, recordSink, event -> true, null);
    }

    /**
     * @param wanted events the sink is to see
     * @param removed what is gone from the beginning of the log on purpose
     */
    LogReader(
            Consumer<? super CaptureEvent> sink,
            Consumer<? super RecordView> recordSink,
            Predicate<? super CaptureEvent> wanted,
            @Nullable Removed removed) {
        this.sink = sink;
        this.recordSink = recordSink;
        this.wanted = wanted;
        this.firstSeq = removed == null ? 0 : removed.beforeSeq();
        this.sequence = new Sequence(firstSeq);
        this.joiner = new ChunkJoiner(this::emit);
    }

    ReadSummary read(Path folder) {
        LogWalker walker = new LogWalker(this);
        try {
            Path log = null;
            for (Path file : LogWalker.files(folder)) {
                if (log != null && !log.equals(file.getParent())) {
                    nextLog();
                }
                log = file.getParent();
                walker.walk(file);
            }
        } catch (NoSuchFileException e) {
            throw new CaptureException(
                    Category.FAILED, e.getFile() + " was removed while it was being read: read the capture again", e);
        } catch (IOException e) {
            throw new CaptureException(
                    Category.FAILED, "cannot read " + folder + " (" + e + "): check that you may read its files", e);
        }
        end();
        return new ReadSummary(
                records,
                bytes,
                events,
                unknown,
                outOfOrder,
                repeated,
                sequence.missing(),
                sequence.holes(),
                walker.damagedBytes(),
                walker.damaged(),
                tally.sum());
    }

    /** What follows is of another log of the same capture. */
    void nextLog() {
        sequence.nextLog();
    }

    /** Nothing follows. */
    void end() {
        joiner.end();
    }

    /** Numbers missing below the highest. */
    long missing() {
        return sequence.missing();
    }

    /** The number after the highest seen. */
    long nextSeq() {
        return sequence.next();
    }

    @Override
    public boolean isNew(long seq) {
        return sequence.isNew(seq);
    }

    @Override
    public long record(byte[] array, int at) {
        record.set(array, at);
        if (record.seq < firstSeq) {
            // Its file is about to be removed, or was about to be when a process died.
            return 0;
        }
        switch (sequence.take(record.seq)) {
            case NEXT -> hand();
            case AGAIN -> {
                repeated++;
                hand();
            }
            case LATE -> {
                outOfOrder++;
                hand();
            }
            case COPY -> outOfOrder++;
        }
        return sequence.skipped();
    }

    private void hand() {
        records++;
        bytes += record.total();
        record.missing = sequence.skipped();
        tally.record(record);
        recordSink.accept(record);
        RecordType type = record.type();
        if (type == null) {
            unknown++;
        } else if (type == RecordType.EXCHANGE) {
            int next = record.varAt;
            while (item.setItem(record, next)) {
                next = item.varAt + item.varLen;
                decode(item.type(), item);
            }
        } else {
            RecordView whole = type.chunked() ? joiner.add(record) : record;
            if (whole != null) {
                decode(type, whole);
            }
        }
    }

    private void decode(@Nullable RecordType type, RecordView view) {
        CaptureEvent event = type == null ? null : EventCodec.decode(type, view);
        if (event == null) {
            unknown++;
        } else {
            emit(event);
        }
    }

    private void emit(CaptureEvent event) {
        tally.event(event);
        if (wanted.test(event)) {
            events++;
            sink.accept(event);
        }
    }
}
