package dev.mcpreel.captures.store;

import java.io.IOException;

/**
 * Waits until the disk takes writes. To be asked before mapped memory is written: a page fault that waits for its disk keeps
 * its thread from every safepoint, and so, at the next collection of garbage, every thread of the process from going on. A
 * thread that waits in a system call keeps nobody.
 */
interface DiskPulse {
    /**
     * Returns when a write was taken.
     *
     * @throws IOException when it was refused
     */
    void await() throws IOException;
}
