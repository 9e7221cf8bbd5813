package dev.mcpreel.captures.store;

import java.nio.file.Path;

/**
 * Keeps the log off the end of the disk. Pages of a mapped file for which there is no room kill writes with an error that
 * may surface anywhere, so a write must not begin unless there is room for the blocks it may touch.
 */
record SpaceGuard(FreeSpace freeSpace, Path folder, long reserveBytes) {
    /** The block being written and the one it may roll into. */
    private static final long BLOCKS = 2L * ChronicleLog.BLOCK_BYTES;

    boolean enough() {
        return freeSpace.usableBytes(folder) >= needed();
    }

    long needed() {
        return BLOCKS + reserveBytes;
    }
}
