package dev.mcpreel.captures.store;

/** Hears what the disk has acknowledged. Called on the writer thread: it must not block, and must not throw. */
public interface SyncListener {
    SyncListener NONE = throughSeq -> {};

    /** Every record up to and including this sequence number survives a crash of the process and of the machine. */
    void synced(long throughSeq);

    /** An exchange ended in the record of this sequence number, with all its events in the log; not yet synced. */
    default void ended(long exchangeId, long seq) {}
}
