package dev.mcpreel.captures.store;

import dev.mcpreel.captures.store.CaptureException.Category;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A folder of captures, one folder for each run. */
public final class CaptureStore {
    private CaptureStore() {}

    /**
     * The captures of a store, newest first; empty when there is none or the folder is missing. Which one is newer is told
     * by their names, which begin with the time they began.
     *
     * @throws CaptureException when the folder cannot be read
     */
    public static List<Path> runs(Path storeDir) {
        if (!Files.isDirectory(storeDir)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(storeDir)) {
            return entries.filter(CaptureStore::isCapture)
                    .sorted(Comparator.comparing((Path run) -> run.getFileName().toString())
                            .reversed())
                    .toList();
        } catch (IOException e) {
            throw new CaptureException(
                    Category.INPUT, "cannot read " + storeDir + " (" + e + "): check that you may list it", e);
        }
    }

    /** The newest capture that was ended and whose manifest can be read. */
    public static Optional<Path> newestComplete(Path storeDir) {
        return runs(storeDir).stream().filter(CaptureStore::isComplete).findFirst();
    }

    /** Whether the folder looks like a capture, even a damaged one. */
    public static boolean isCapture(Path folder) {
        return Files.exists(folder.resolve(ManifestFile.NAME))
                || Files.isDirectory(folder.resolve(RunFolder.LOG))
                || hasLaterLog(folder);
    }

    /** Retention removes the first ones. */
    private static boolean hasLaterLog(Path folder) {
        try {
            return Files.isDirectory(folder) && !StoredCapture.logs(folder).isEmpty();
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isComplete(Path run) {
        try {
            return ManifestFile.read(run).ending() != Ending.OPEN;
        } catch (CaptureException e) {
            return false;
        }
    }
}
