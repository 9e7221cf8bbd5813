package dev.mcpreel.captures.store;

import java.nio.file.Path;

/** Says how much more may be written. Called on the writer thread, about once for each MiB written. */
@FunctionalInterface
public interface FreeSpace {
    /** Bytes this process may still write to the disk of the folder; 0 when that cannot be told. */
    long usableBytes(Path folder);

    /** Asks the file system. */
    static FreeSpace ofDisk() {
        return folder -> folder.toFile().getUsableSpace();
    }
}
