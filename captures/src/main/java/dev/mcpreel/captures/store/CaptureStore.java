package dev.mcpreel.captures.store;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A folder of captures, one folder for each run. */
public final class CaptureStore {
    private CaptureStore() {}

    /** The captures of a store, newest first; empty when there is none or the folder is missing. */
    public static List<Path> runs(Path storeDir) {
        if (true) {
            throw new UnsupportedOperationException();
        }
        throw new IllegalStateException();
    }

    /** The newest capture that was ended and whose manifest can be read. */
    public static Optional<Path> newestComplete(Path storeDir) {
        if (true) {
            throw new UnsupportedOperationException();
        }
        throw new IllegalStateException();
    }
}
