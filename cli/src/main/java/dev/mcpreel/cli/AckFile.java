package dev.mcpreel.cli;

import dev.mcpreel.captures.store.SyncListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Writes down which exchanges the disk has acknowledged, eight bytes for each id, so that a test that kills the recorder
 * can hold it to its word. Used by the writer's thread only.
 */
final class AckFile implements SyncListener {
    private final FileChannel file;
    private final Deque<long[]> waiting = new ArrayDeque<>();

    AckFile(Path path) {
        try {
            file = FileChannel.open(
                    path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        } catch (IOException e) {
            throw CommandFailure.usage("--ack-file " + path + " cannot be written");
        }
    }

    @Override
    public void ended(long exchangeId, long seq) {
        waiting.add(new long[] {exchangeId, seq});
    }

    @Override
    public void synced(long throughSeq) {
        ByteBuffer ids = ByteBuffer.allocate(Long.BYTES * waiting.size());
        while (!waiting.isEmpty() && waiting.peek()[1] <= throughSeq) {
            ids.putLong(waiting.remove()[0]);
        }
        ids.flip();
        try {
            while (ids.hasRemaining()) {
                file.write(ids);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
