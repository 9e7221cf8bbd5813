package dev.mcpreel.captures.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** The manifest of a run being written, as it stands on disk. Changed by one thread at a time; anybody may look. */
final class RunManifest {
    private final Path folder;
    private volatile Manifest current;

    RunManifest(Path folder, Manifest first) {
        this.folder = folder;
        this.current = first;
    }

    Manifest get() {
        return current;
    }

    /** On disk when it returns; as before when it throws. */
    synchronized Manifest update(UnaryOperator<Manifest> change) throws IOException {
        Manifest next = change.apply(current);
        ManifestFile.write(folder, next);
        current = next;
        return next;
    }
}
