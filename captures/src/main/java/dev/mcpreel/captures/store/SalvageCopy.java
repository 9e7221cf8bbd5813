package dev.mcpreel.captures.store;

import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.ClockAnchor;
import dev.mcpreel.captures.exchange.Gap;
import dev.mcpreel.captures.exchange.LossReason;
import dev.mcpreel.captures.store.CaptureException.Category;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Copies the records of a damaged log into a new one, as they are but for their sequence numbers and for the ends of
 * exchanges that lost something; says where records are missing. Any failure ends it.
 */
final class SalvageCopy {
    private static final int SPACE_CHECK_BYTES = 1 << 20;

    private final LogSink log;
    private final SpaceGuard space;
    private final List<SequenceHole> holes;
    private final Wholeness wholeness = new Wholeness();
    private final RecordView view = new RecordView();
    private final EncodeBuffer item = new EncodeBuffer(128);
    private final EncodeBuffer own = new EncodeBuffer(256);
    private final byte[] buffer = new byte[Format.MAX_RECORD];
    private ClockAnchor lastTimes = new ClockAnchor(0, 0);
    private int nextHole;
    private long nextSeq;
    private long bytes;
    private long uncheckedBytes = SPACE_CHECK_BYTES;
    private long copied;
    private long steps;
    private long recorded;

    /** @param holes the numbers that are missing when all is read, in ascending order */
    SalvageCopy(LogSink log, SpaceGuard space, List<SequenceHole> holes) {
        this.log = log;
        this.space = space;
        this.holes = holes;
    }

    /** Every log begins with an anchor; to be called where that of this one is not there. */
    void begin(ClockAnchor anchor) {
        writeOwn(anchor, anchor.wallNanos());
    }

    void record(RecordView record) {
        boolean damaged = wholeness.isDamagedEnd(record);
        if (copied == 0) {
            lastTimes = new ClockAnchor(record.monoNanos, record.wallNanos);
        }
        gap(stillMissing(record.seq - record.missing, record.seq));
        lastTimes = new ClockAnchor(record.monoNanos, record.wallNanos);
        int length = record.total();
        System.arraycopy(record.array, record.fixedAt - Format.HEADER, buffer, 0, length);
        if (damaged && record.fixedLen > Format.END_FLAGS_AT) {
            buffer[Format.HEADER + Format.END_FLAGS_AT] |= Format.LOST_BEFORE;
        }
        view.set(buffer, 0);
        write(buffer, length, record.wallNanos);
        steps += view.type() == RecordType.STEP ? 1 : 0;
        recorded += view.endsExchange() && !view.incomplete() ? 1 : 0;
        copied++;
    }

    /** @param missing records known to have stood behind the last one */
    void end(long missing) throws Exception {
        gap(missing);
        log.sync();
    }

    /** Records of the damaged log that are in the new one. */
    long copied() {
        return copied;
    }

    /** Records of the new log. */
    long records() {
        return nextSeq;
    }

    long bytes() {
        return bytes;
    }

    long steps() {
        return steps;
    }

    /** Exchanges that are there to their end, with nothing lost. */
    long recorded() {
        return recorded;
    }

    /** A number that was missing may have come late: then it is in none of the holes that are left. */
    private long stillMissing(long from, long to) {
        while (nextHole < holes.size() && end(holes.get(nextHole)) <= from) {
            nextHole++;
        }
        long missing = 0;
        for (int at = nextHole; at < holes.size() && holes.get(at).firstSeq() < to; at++) {
            SequenceHole hole = holes.get(at);
            missing += Math.min(to, end(hole)) - Math.max(from, hole.firstSeq());
        }
        return missing;
    }

    private static long end(SequenceHole hole) {
        return hole.firstSeq() + hole.count();
    }

    private void gap(long missing) {
        if (missing > 0) {
            writeOwn(new Gap(lastTimes.atNanos(), LossReason.DAMAGED, -1, 0, missing, 0), lastTimes.wallNanos());
        }
    }

    private void writeOwn(CaptureEvent event, long wallNanos) {
        item.clear();
        own.clear();
        EventCodec.encode(item, event, 0, false);
        Records.write(new Records.Output(own, () -> {}), item, 0, 0, 0, 0);
        write(own.array(), own.length(), wallNanos);
    }

    /** A page that the disk refuses in spite of the claim raises an error, not an exception. */
    private void write(byte[] array, int length, long wallNanos) {
        Records.seal(array, 0, nextSeq, wallNanos);
        uncheckedBytes += length;
        if (uncheckedBytes > SPACE_CHECK_BYTES) {
            uncheckedBytes = 0;
            if (!space.enough()) {
                throw refused(space.folder(), "the disk is full", null);
            }
        }
        try {
            log.claim(length);
            log.append(array, 0, length);
        } catch (IOException e) {
            throw refused(space.folder(), PathTrouble.inWords(space.folder(), "write to", e), e);
        } catch (Exception | Error e) {
            throw refused(space.folder(), String.valueOf(e.getMessage()), e);
        }
        nextSeq++;
        bytes += length;
    }

    static CaptureException refused(Path folder, String why, @Nullable Throwable e) {
        String message = "cannot write the salvaged capture to " + folder.getParent() + ": " + why
                + "; nothing of it is left there: free some space, or name another folder";
        return e == null
                ? new CaptureException(Category.FAILED, message)
                : new CaptureException(Category.FAILED, message, e);
    }
}
