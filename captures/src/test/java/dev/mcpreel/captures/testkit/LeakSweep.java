package dev.mcpreel.captures.testkit;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.List;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Makes Netty report the buffers a test run leaked: the detector looks only when something is allocated after the
 * garbage collector ran. The build then fails on the reported line.
 */
public final class LeakSweep implements LauncherSessionListener {
    private static final int ROUNDS = 5;
    private static final int ALLOCATIONS = 64;

    @Override
    public void launcherSessionClosed(LauncherSession session) {
        for (int round = 0; round < ROUNDS; round++) {
            System.gc();
            for (ByteBufAllocator allocator : List.of(
                    ByteBufAllocator.DEFAULT, PooledByteBufAllocator.DEFAULT, UnpooledByteBufAllocator.DEFAULT)) {
                for (int i = 0; i < ALLOCATIONS; i++) {
                    allocator.heapBuffer(16).release();
                    allocator.directBuffer(16).release();
                }
            }
        }
    }
}
