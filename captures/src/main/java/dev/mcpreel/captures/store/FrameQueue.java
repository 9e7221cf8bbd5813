package dev.mcpreel.captures.store;

import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Frames on their way to the writer thread, bounded in bytes. A frame longer than the bound goes in alone. */
final class FrameQueue {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition notFull = lock.newCondition();
    private final Condition notEmpty = lock.newCondition();
    private final ArrayDeque<byte[]> frames = new ArrayDeque<>();
    private final long capacity;
    private long bytes;
    private boolean closed;

    FrameQueue(long capacityBytes) {
        this.capacity = capacityBytes;
    }

    /** Waits for room; false when the queue is closed, and the frame is not taken. */
    boolean put(byte[] frame) {
        lock.lock();
        try {
            while (!closed && bytes > 0 && bytes + frame.length > capacity) {
                notFull.awaitUninterruptibly();
            }
            if (closed) {
                return false;
            }
            frames.add(frame);
            bytes += frame.length;
            notEmpty.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** The next frame, or null when none came in time. */
    byte @Nullable [] poll(long timeoutNanos) {
        lock.lock();
        try {
            long left = timeoutNanos;
            while (frames.isEmpty() && !closed && left > 0) {
                left = notEmpty.awaitNanos(left);
            }
            byte[] frame = frames.poll();
            if (frame != null) {
                bytes -= frame.length;
                notFull.signalAll();
            }
            return frame;
        } catch (InterruptedException e) {
            // The writer thread is nobody's to interrupt; whoever did must still find it able to end the capture.
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more frames; those taken can still be polled. */
    void close() {
        lock.lock();
        try {
            closed = true;
            notFull.signalAll();
            notEmpty.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether it was closed and everything taken was polled. */
    boolean drained() {
        lock.lock();
        try {
            return closed && frames.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    long bytes() {
        lock.lock();
        try {
            return bytes;
        } finally {
            lock.unlock();
        }
    }
}
