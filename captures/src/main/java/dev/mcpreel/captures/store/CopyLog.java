package dev.mcpreel.captures.store;

import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.store.CaptureException.Category;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The log of a capture that is made of another one. Unlike a recorder it loses nothing: any failure ends it. */
final class CopyLog {
    private static final int SPACE_CHECK_BYTES = 1 << 20;

    private final LogSink log;
    private final SpaceGuard space;
    private final String what;
    private final EncodeBuffer item = new EncodeBuffer(128);
    private final EncodeBuffer own = new EncodeBuffer(256);
    private long nextSeq;
    private long bytes;
    private long uncheckedBytes = SPACE_CHECK_BYTES;

    /** @param what the capture being made, in words: "salvaged capture" */
    CopyLog(LogSink log, SpaceGuard space, String what) {
        this.log = log;
        this.space = space;
        this.what = what;
    }

    /** Appends an event of no exchange. */
    void write(CaptureEvent event, long wallNanos) {
        item.clear();
        own.clear();
        EventCodec.encode(item, event, 0, false);
        Records.write(new Records.Output(own, () -> {}), item, 0, 0, 0, 0);
        write(own.array(), 0, own.length(), wallNanos);
    }

    /**
     * Appends a record, which gets the next number.
     *
     * @throws CaptureException when the disk is full or fails: a page that it refuses in spite of the claim raises an error,
     *     not an exception
     */
    void write(byte[] array, int at, int length, long wallNanos) {
        Records.seal(array, at, nextSeq, wallNanos);
        uncheckedBytes += length;
        if (uncheckedBytes > SPACE_CHECK_BYTES) {
            uncheckedBytes = 0;
            if (!space.enough()) {
                throw refused(space.folder(), what, "the disk is full", null);
            }
        }
        try {
            log.claim(length);
            log.append(array, at, length);
        } catch (IOException e) {
            throw refused(space.folder(), what, PathTrouble.inWords(space.folder(), "write to", e), e);
        } catch (Exception | Error e) {
            throw refused(space.folder(), what, String.valueOf(e.getMessage()), e);
        }
        nextSeq++;
        bytes += length;
    }

    void sync() throws Exception {
        log.sync();
    }

    long records() {
        return nextSeq;
    }

    long bytes() {
        return bytes;
    }

    static CaptureException refused(Path folder, String what, String why, @Nullable Throwable e) {
        String message = "cannot write the " + what + " to " + folder.getParent() + ": " + why
                + "; nothing of it is left there: free some space, or name another folder";
        return e == null
                ? new CaptureException(Category.FAILED, message)
                : new CaptureException(Category.FAILED, message, e);
    }
}
