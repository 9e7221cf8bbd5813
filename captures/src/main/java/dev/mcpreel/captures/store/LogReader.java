package dev.mcpreel.captures.store;

import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.store.CaptureException.Category;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
    private final RecordView record = new RecordView();
    private final RecordView item = new RecordView();
    private final List<SequenceHole> holes = new ArrayList<>();
    private long expectedSeq;
    private long records;
    private long bytes;
    private long events;
    private long unknown;
    private long outOfOrder;

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
        this.expectedSeq = firstSeq;
        this.joiner = new ChunkJoiner(this::emit);
    }

    ReadSummary read(Path folder) {
        LogWalker walker = new LogWalker(this);
        try {
            for (Path file : LogWalker.files(folder)) {
                walker.walk(file);
            }
        } catch (NoSuchFileException e) {
            throw new CaptureException(
                    Category.FAILED, e.getFile() + " was removed while it was being read: read the capture again", e);
        } catch (IOException e) {
            throw new CaptureException(
                    Category.FAILED, "cannot read " + folder + " (" + e + "): check that you may read its files", e);
        }
        joiner.end();
        return new ReadSummary(records, bytes, events, unknown, outOfOrder, holes, walker.damaged());
    }

    @Override
    public void record(byte[] array, int at) {
        record.set(array, at);
        if (record.seq < firstSeq) {
            // Its file is about to be removed, or was about to be when a process died.
            return;
        }
        records++;
        bytes += record.total();
        followSequence();
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

    private void followSequence() {
        if (record.seq < expectedSeq) {
            outOfOrder++;
            return;
        }
        if (record.seq > expectedSeq) {
            holes.add(new SequenceHole(expectedSeq, record.seq - expectedSeq));
        }
        expectedSeq = record.seq + 1;
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
        if (wanted.test(event)) {
            events++;
            sink.accept(event);
        }
    }
}
