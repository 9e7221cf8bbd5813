package dev.mcpreel.captures.store;

import dev.mcpreel.captures.exchange.ClockAnchor;
import dev.mcpreel.captures.store.CaptureException.Category;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.random.RandomGenerator;

/** The folder of a run being written: made, named, locked. */
final class RunFolder {
    static final String LOG = "log";

    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int ID_CHARS = 5;
    private static final long NANOS = 1_000_000_000L;

    private final Path folder;
    private final FolderLock lock;
    private final Manifest manifest;
    private final boolean madeStore;

    private RunFolder(Path folder, FolderLock lock, Manifest manifest, boolean madeStore) {
        this.folder = folder;
        this.lock = lock;
        this.manifest = manifest;
        this.madeStore = madeStore;
    }

    /** @throws CaptureException when it cannot be made, or the disk has no room for a log */
    static RunFolder create(Path storeDir, ManifestSeed seed, ClockAnchor anchor, WriterOptions options) {
        try {
            boolean madeStore = !Files.isDirectory(storeDir);
            if (madeStore) {
                Folders.createAllPrivate(storeDir);
            }
            checkRoom(storeDir, options);
            String stamp = UTC.format(instant(anchor.wallNanos()));
            Path folder = storeDir.resolve(stamp + "-" + id(options.random()));
            Folders.createPrivate(folder);
            try {
                return fill(storeDir, folder, seed, anchor, madeStore);
            } catch (IOException | RuntimeException e) {
                Folders.deleteAll(folder);
                throw e;
            }
        } catch (IOException e) {
            throw new CaptureException(
                    Category.INPUT,
                    "cannot make a capture in " + storeDir + ": " + PathTrouble.inWords(storeDir, "write to", e)
                            + "; name another folder, one you may write to",
                    e);
        }
    }

    Path folder() {
        return folder;
    }

    /** Where a log of the capture belongs: the first in {@code log}, and those after it in {@code log-2} and on. */
    Path log(int number) {
        return folder.resolve(number == 1 ? LOG : LOG + "-" + number);
    }

    /** The pulse of the disk the folder is on. */
    DiskPulse pulse() {
        return lock::touch;
    }

    Manifest manifest() {
        return manifest;
    }

    void unlock() {
        try {
            lock.close();
        } catch (IOException e) {
            // The lock goes with the channel, and the channel at the latest with the process.
        }
    }

    /** Removes a run that never began, and its store when that was made for it and holds nothing else. */
    void discard() {
        unlock();
        Folders.deleteAll(folder);
        Path store = folder.getParent();
        if (madeStore && store != null) {
            try {
                Files.deleteIfExists(store);
            } catch (IOException e) {
                // Somebody else began to use it.
            }
        }
    }

    static String isoInstant(long wallNanos) {
        return instant(wallNanos).toString();
    }

    private static RunFolder fill(Path storeDir, Path folder, ManifestSeed seed, ClockAnchor anchor, boolean madeStore)
            throws IOException {
        FolderLock lock = FolderLock.take(folder);
        Manifest manifest = new Manifest(
                Manifest.FORMAT,
                folder.getFileName().toString(),
                seed.role(),
                seed.product(),
                isoInstant(anchor.wallNanos()),
                null,
                Ending.OPEN,
                anchor,
                seed.listen(),
                seed.upstreams(),
                seed.redaction(),
                Counts.NONE,
                seed.replay(),
                null,
                seed.filter(),
                null,
                null);
        try {
            // Its block is taken now, so that a full disk does not refuse it later.
            lock.touch();
            ManifestFile.write(folder, manifest);
            Folders.force(storeDir);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
        return new RunFolder(folder, lock, manifest, madeStore);
    }

    private static void checkRoom(Path storeDir, WriterOptions options) {
        SpaceGuard space =
                new SpaceGuard(options.freeSpace(), storeDir, options.limits().reserveBytes());
        if (!space.enough()) {
            throw new CaptureException(
                    Category.FAILED,
                    "too little space on the disk of " + storeDir + ": a capture needs " + (space.needed() >> 20)
                            + " MiB to begin; free some, or name another folder");
        }
    }

    private static Instant instant(long wallNanos) {
        return Instant.ofEpochSecond(Math.floorDiv(wallNanos, NANOS), Math.floorMod(wallNanos, NANOS));
    }

    private static String id(RandomGenerator random) {
        StringBuilder id = new StringBuilder(ID_CHARS);
        for (int i = 0; i < ID_CHARS; i++) {
            id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return id.toString();
    }
}
