package dev.mcpreel.captures.tap;

/** Bytes that all messages under way on one recorder thread may hold together. Confined to that thread. */
final class AssemblyBudget {
    private final long limitBytes;
    private long usedBytes;

    AssemblyBudget(long limitBytes) {
        this.limitBytes = limitBytes;
    }

    /** False, and nothing is taken, when that much is not left. */
    boolean take(long bytes) {
        if (bytes > limitBytes - usedBytes) {
            return false;
        }
        usedBytes += bytes;
        return true;
    }

    void giveBack(long bytes) {
        usedBytes -= bytes;
    }

    long usedBytes() {
        return usedBytes;
    }
}
