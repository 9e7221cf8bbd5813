package dev.mcpreel.captures.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * Finds records in plain bytes by their magic and checksum, knowing nothing of documents, files, windows or order. Written
 * from docs/CAPTURE_FORMAT.md, with no code of the reader that it judges.
 */
final class RawSearch {
    private static final int MAGIC = 0x4C45524D;
    private static final int HEADER = 56;
    private static final int END = 5;
    private static final int EXCHANGE = 6;

    private RawSearch() {}

    /** What tells records apart. Two with the same are copies. */
    record Key(long seq, int crc) {}

    static Set<Key> keys(Path capture) throws IOException {
        Set<Key> keys = new LinkedHashSet<>();
        for (Path file : Captures.allFiles(capture)) {
            if (file.toString().endsWith(".cq4")) {
                byte[] bytes = Files.readAllBytes(file);
                for (int at : offsets(bytes)) {
                    keys.add(key(bytes, at));
                }
            }
        }
        return keys;
    }

    static List<Integer> offsets(byte[] bytes) {
        List<Integer> offsets = new ArrayList<>();
        for (int at = 0; at + HEADER + 4 <= bytes.length; at += 4) {
            if (length(bytes, at) > 0) {
                offsets.add(at);
            }
        }
        return offsets;
    }

    /** Of a good record; otherwise 0. */
    static int length(byte[] bytes, int at) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (buffer.getInt(at) != MAGIC) {
            return 0;
        }
        long length = HEADER + (buffer.getShort(at + 6) & 0xFFFFL) + (buffer.getInt(at + 8) & 0xFFFFFFFFL);
        if (length > 256 << 10 || at + length + 4 > bytes.length) {
            return 0;
        }
        CRC32C crc = new CRC32C();
        crc.update(bytes, at, (int) length);
        return (int) crc.getValue() == buffer.getInt(at + (int) length) ? (int) length + 4 : 0;
    }

    static Key key(byte[] bytes, int at) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        return new Key(buffer.getLong(at + 16), buffer.getInt(at + length(bytes, at) - 4));
    }

    /** What a salvage must not change of a record: all but number, checksum, and the mark on an end. */
    static int content(byte[] bytes, int at) {
        int length = length(bytes, at);
        byte[] copy = Arrays.copyOfRange(bytes, at, at + length - 4);
        Arrays.fill(copy, 16, 24, (byte) 0);
        if (copy[5] == END || copy[5] == EXCHANGE) {
            int flags = HEADER + (copy[5] == END ? 6 : 2);
            copy[flags] = 0;
        }
        return Arrays.hashCode(copy);
    }
}
