package dev.mcpreel.captures.store;

import dev.mcpreel.captures.store.CaptureException.Category;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The capture that a path stands for.
 *
 * @param fromStore whether the path was a store, and the capture chosen out of it
 */
record CapturePath(Path folder, boolean fromStore) {
    /** @throws CaptureException when there is none */
    static CapturePath resolve(Path given) {
        if (!Files.exists(given)) {
            throw input(given + " does not exist: name a capture, or the folder given to --out when it was made");
        }
        if (!Files.isDirectory(given)) {
            throw input(given + " is a file; a capture is a folder: name the folder");
        }
        if (CaptureStore.isCapture(given)) {
            return new CapturePath(given, false);
        }
        List<Path> runs = CaptureStore.runs(given);
        if (!runs.isEmpty()) {
            return new CapturePath(CaptureStore.newestComplete(given).orElse(runs.get(0)), true);
        }
        throw input(
                isEmpty(given)
                        ? given + " is empty: make a capture with `mcp-reel record --out " + given + "`"
                        : given + " holds no capture: name a capture, or the folder given to --out when it was made");
    }

    private static boolean isEmpty(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        } catch (IOException e) {
            return false;
        }
    }

    private static CaptureException input(String message) {
        return new CaptureException(Category.INPUT, message);
    }
}
