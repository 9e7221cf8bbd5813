package dev.mcpreel.captures.store;

import dev.mcpreel.captures.store.CaptureException.Category;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;

/**
 * The capture that a path stands for.
 *
 * @param fromStore whether the path was a store, and the capture chosen out of it
 * @param newerSkipped newer captures of the store that are not complete, newest first
 */
record CapturePath(Path folder, boolean fromStore, List<Path> newerSkipped) {
    CapturePath {
        newerSkipped = List.copyOf(newerSkipped);
    }

    /** @throws CaptureException when there is none */
    static CapturePath resolve(Path given) {
        if (!attributes(given).isDirectory()) {
            throw input(given + " is a file; a capture is a folder: name the folder");
        }
        if (CaptureStore.isCapture(given)) {
            return new CapturePath(given, false, List.of());
        }
        List<Path> runs = CaptureStore.runs(given);
        if (!runs.isEmpty()) {
            Path chosen = CaptureStore.newestComplete(given).orElse(runs.get(0));
            return new CapturePath(
                    chosen,
                    true,
                    runs.stream().takeWhile(run -> !run.equals(chosen)).toList());
        }
        throw input(
                isEmpty(given)
                        ? given + " is empty: make a capture with `mcp-reel record --upstream URL --out " + given + "`"
                        : given + " holds no capture: name a capture, or the folder given to --out when it was made");
    }

    private static BasicFileAttributes attributes(Path given) {
        try {
            return Files.readAttributes(given, BasicFileAttributes.class);
        } catch (IOException e) {
            throw new CaptureException(Category.INPUT, unseen(given, e), e);
        }
    }

    /** What to say of a path whose attributes could not be read. */
    static String unseen(Path given, IOException e) {
        return e instanceof NoSuchFileException
                ? given + " does not exist: name a capture, or the folder given to --out when it was made"
                : "cannot look at " + given + ": " + PathTrouble.inWords(given, "look into", e);
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
