package dev.mcpreel.captures.store;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;

/** A log on a disk that fails as told, and stands still while somebody holds the lock. */
record FaultySink(LogSink log, AtomicReference<Failing> failing, ReentrantLock still) implements LogSink {
    /** What fails. */
    enum Failing {
        NOTHING,
        CLAIM,
        APPEND,
        /** The record is there, and the append fails all the same. */
        APPENDED,
        SYNC
    }

    @Override
    public void claim(int bytes) throws IOException {
        still.lock();
        try {
            failAt(Failing.CLAIM);
            log.claim(bytes);
        } finally {
            still.unlock();
        }
    }

    @Override
    public void append(byte[] array, int offset, int length) throws Exception {
        still.lock();
        try {
            failAt(Failing.APPEND);
            log.append(array, offset, length);
            failAt(Failing.APPENDED);
        } finally {
            still.unlock();
        }
    }

    @Override
    public boolean holds(byte[] array, int offset, int length) {
        return log.holds(array, offset, length);
    }

    @Override
    public void sync() throws Exception {
        still.lock();
        try {
            failAt(Failing.SYNC);
            log.sync();
        } finally {
            still.unlock();
        }
    }

    private void failAt(Failing what) throws IOException {
        if (failing.get() == what) {
            throw new IOException("input/output error");
        }
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
