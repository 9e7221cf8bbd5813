package dev.mcpreel.captures.store;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What the file system refused, in words for whoever named the path. */
final class PathTrouble {
    private PathTrouble() {}

    /**
     * One clause without a full stop, for example {@code no permission to write to /data}.
     *
     * @param wanted what was to be read or made
     * @param deed what was tried, as it follows {@code to}
     */
    static String inWords(Path wanted, String deed, IOException e) {
        Path nearest = nearestSeen(wanted);
        if (Files.exists(nearest) && !Files.isDirectory(nearest)) {
            return nearest + " is a file";
        }
        if (e instanceof AccessDeniedException) {
            return "no permission to " + deed + " " + nearest;
        }
        if (e instanceof NoSuchFileException) {
            return nearest + " takes no folders";
        }
        if (e instanceof FileAlreadyExistsException) {
            return "something that is no folder has its name";
        }
        String reason = e instanceof FileSystemException files ? files.getReason() : e.getMessage();
        return reason == null ? "the file system refused it" : "the file system says: " + reason;
    }

    /** The path itself or the closest one above it that is known to be there. */
    private static Path nearestSeen(Path wanted) {
        Path path = wanted.toAbsolutePath().normalize();
        while (!Files.exists(path) && path.getParent() != null) {
            path = path.getParent();
        }
        return path;
    }
}
