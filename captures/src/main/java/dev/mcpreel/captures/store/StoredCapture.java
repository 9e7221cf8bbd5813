package dev.mcpreel.captures.store;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A capture of a store as retention sees it: only what a recorder made there itself. A folder with a name of its own, what links
 * lead to, and files that are none of a capture are not ours.
 *
 * @param files log files, oldest first
 */
record StoredCapture(Path folder, List<Path> files) {
    private static final Pattern RUN = Pattern.compile("\\d{8}T\\d{9}Z-[0-9a-z]{5}");
    private static final Pattern LOG = Pattern.compile(RunFolder.LOG + "(-[1-9]\\d{0,8})?");

    StoredCapture {
        files = List.copyOf(files);
    }

    /** Those of a store, oldest first. */
    static List<StoredCapture> of(Path store) throws IOException {
        List<StoredCapture> captures = new ArrayList<>();
        for (Path folder : entries(store)) {
            if (isFolder(folder) && RUN.matcher(name(folder)).matches()) {
                StoredCapture capture = at(folder);
                if (!capture.files.isEmpty()
                        || Files.isRegularFile(folder.resolve(ManifestFile.NAME), LinkOption.NOFOLLOW_LINKS)) {
                    captures.add(capture);
                }
            }
        }
        captures.sort(Comparator.comparing(capture -> name(capture.folder)));
        return captures;
    }

    static StoredCapture at(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path log : logs(folder)) {
            entries(log).stream()
                    .filter(file -> name(file).endsWith(".cq4") && isFile(file))
                    .sorted()
                    .forEach(files::add);
        }
        return new StoredCapture(folder, files);
    }

    /** The folders of its logs, oldest first. */
    static List<Path> logs(Path folder) throws IOException {
        return entries(folder).stream()
                .filter(log -> LOG.matcher(name(log)).matches() && isFolder(log))
                .sorted(Comparator.comparingInt(StoredCapture::number))
                .toList();
    }

    /** The number of the log that a folder holds. */
    static int number(Path log) {
        String name = name(log);
        return name.equals(RunFolder.LOG) ? 1 : Integer.parseInt(name.substring(RunFolder.LOG.length() + 1));
    }

    static boolean isFile(Path path) {
        return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
    }

    private static boolean isFolder(Path path) {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** Nothing of a folder that is gone, for others may remove as well, or that may not be looked into and so is not ours. */
    private static List<Path> entries(Path folder) throws IOException {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            stream.forEach(entries::add);
        } catch (NoSuchFileException | AccessDeniedException e) {
            return List.of();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return entries;
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }
}
