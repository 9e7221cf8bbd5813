package dev.mcpreel.captures.store;

/** Where sealed records go. Confined to the writer thread. Any method but {@link #close()} may throw anything. */
interface LogSink {
    void append(byte[] array, int offset, int length) throws Exception;

    /** Returns once everything appended is durable. */
    void sync() throws Exception;

    void close();
}
