package dev.mcpreel.captures.store;

import java.io.IOException;

/** Where sealed records go. Confined to the writer thread. */
interface LogSink {
    /** Opens another log of the same capture; the first has number 1. */
    interface Opener {
        LogSink open(int number) throws Exception;
    }

    /**
     * Makes sure that the disk has room for records of so many bytes. Should it fail, it has harmed nothing, and what would
     * have followed must not be appended.
     */
    void claim(int bytes) throws IOException;

    /** Should it throw, the record may be in the log all the same: {@link #holds} tells. */
    void append(byte[] array, int offset, int length) throws Exception;

    /**
     * Whether the record of the append that threw just now is in the log; false also where the log cannot be looked at, as the
     * record is then as good as lost.
     */
    boolean holds(byte[] array, int offset, int length);

    /** Returns once everything appended is durable. */
    void sync() throws Exception;

    /**
     * Makes durable what a log has that failed, without its library's help, and lets go of it. Other calls may then no longer
     * be made, but this one, should it throw.
     */
    void abandon() throws IOException;

    void close();
}
