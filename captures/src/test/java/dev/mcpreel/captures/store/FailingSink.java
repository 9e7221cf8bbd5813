package dev.mcpreel.captures.store;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Throws what a full disk throws. */
record FailingSink(LogSink log, AtomicBoolean broken) implements LogSink {
    @Override
    public void claim(int bytes) throws IOException {
        log.claim(bytes);
    }

    @Override
    public void append(byte[] array, int offset, int length) throws Exception {
        if (broken.get()) {
            throw new InternalError("a fault occurred in an unsafe memory access operation");
        }
        log.append(array, offset, length);
    }

    @Override
    public boolean holds(byte[] array, int offset, int length) {
        return log.holds(array, offset, length);
    }

    @Override
    public void sync() throws Exception {
        log.sync();
    }

    @Override
    public void abandon() throws IOException {
        log.abandon();
    }

    @Override
    public void close() {
        log.close();
    }
}
