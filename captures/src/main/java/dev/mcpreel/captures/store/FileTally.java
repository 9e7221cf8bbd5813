package dev.mcpreel.captures.store;

import java.io.IOException;
import java.nio.file.Path;

/**
 * What one file of a log has, so that it can be told when the file is gone.
 *
 * @param records records that can be read
 * @param bytes bytes of those records
 * @param exchanges exchanges that end in it
 * @param whole those of them whose every event is in the log
 * @param firstSeq the sequence number of the first record, -1 without records
 * @param lastSeq the highest sequence number, -1 without records
 * @param newestWallNanos the wall time of the newest record, 0 without records
 */
record FileTally(
        long records, long bytes, long exchanges, long whole, long firstSeq, long lastSeq, long newestWallNanos) {
    static FileTally of(Path file) throws IOException {
        Counting counting = new Counting();
        new LogWalker(counting).walk(file);
        return new FileTally(
                counting.records,
                counting.bytes,
                counting.exchanges,
                counting.whole,
                counting.firstSeq,
                counting.lastSeq,
                counting.newestWallNanos);
    }

    private static final class Counting implements LogWalker.Visitor {
        private final RecordView record = new RecordView();
        private long records;
        private long bytes;
        private long exchanges;
        private long whole;
        private long firstSeq = -1;
        private long lastSeq = -1;
        private long newestWallNanos;

        @Override
        public boolean isNew(long seq) {
            return seq > lastSeq;
        }

        @Override
        public long record(byte[] array, int at) {
            record.set(array, at);
            records++;
            bytes += record.total();
            firstSeq = firstSeq < 0 ? record.seq : firstSeq;
            lastSeq = Math.max(lastSeq, record.seq);
            newestWallNanos = Math.max(newestWallNanos, record.wallNanos);
            if (record.endsExchange()) {
                exchanges++;
                whole += record.incomplete() ? 0 : 1;
            }
            return 0;
        }
    }
}
