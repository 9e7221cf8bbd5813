package dev.mcpreel.captures.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Goes through the files of a log record by record, without the library that wrote them, and over damage. The files are
 * chains of documents: a 32-bit header, its bytes, zeros up to a multiple of 4. In a header, bit 31 says that the
 * document is not ready and bit 30 that it is the library's own; the other bits are the length. 0 and
 * {@link #END_OF_FILE} end the chain.
 */
final class LogWalker {
    private static final int END_OF_FILE = 0xC000_0000;
    /** The bytes C3 45 4F 46 that follow it. */
    private static final int END_OF_FILE_TEXT = 4;

    private static final int NOT_READY = 0x8000_0000;
    private static final int META = 0x4000_0000;
    /** The byte that a document of the library's own begins with. */
    private static final int META_NAME = 0xB9;

    private static final int LENGTH = 0x3FFF_FFFF;
    private static final int DOCUMENT_HEADER = 4;
    private static final int ALIGNMENT = 4;
    private static final int MAX_META = 1 << 20;

    /** Receives good records; the array is the walker's and changes after the call. */
    interface Visitor {
        void record(byte[] array, int at);
    }

    private final Visitor visitor;
    private final byte[] window = new byte[LogFile.WINDOW];
    private final List<DamagedRegion> damaged = new ArrayList<>();
    private long lastSeq = -1;
    /** The last byte the latest scan saw that is not zero. */
    private long lastUsed;

    private int scanned;

    LogWalker(Visitor visitor) {
        this.visitor = visitor;
    }

    List<DamagedRegion> damaged() {
        return Collections.unmodifiableList(damaged);
    }

    /** The files of a log in the order they were written, which is that of their names. */
    static List<Path> files(Path log) throws IOException {
        List<Path> files = new ArrayList<>();
        if (Files.isDirectory(log)) {
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(log, "*.cq4")) {
                stream.forEach(files::add);
            }
        }
        Collections.sort(files);
        return files;
    }

    void walk(Path path) throws IOException {
        try (LogFile file = new LogFile(path, window)) {
            long at = 0;
            while (at >= 0 && file.load(at, DOCUMENT_HEADER)) {
                at = document(file, at);
            }
        }
    }

    /** Takes the document at a position and returns where the next one begins, -1 when there is none. */
    private long document(LogFile file, long at) throws IOException {
        int header = file.intAt(at);
        if (stops(header)) {
            return afterStop(file, at, header);
        }
        int length = header & LENGTH;
        long next = after(at, length);
        if ((header & META) != 0) {
            return isMeta(file, at, length) ? next : afterDamage(file, at);
        }
        if (isRecord(file, at, length)) {
            take(file, at);
            return next;
        }
        // A window read while the record was being written is no proof of damage.
        file.refresh();
        if (isRecord(file, at, length)) {
            take(file, at);
            return next;
        }
        return afterDamage(file, at);
    }

    private void take(LogFile file, long at) {
        int record = file.index(at + DOCUMENT_HEADER);
        lastSeq = Math.max(lastSeq, Le.i64(file.array(), record + Format.SEQ_AT));
        visitor.record(file.array(), record);
    }

    private boolean isRecord(LogFile file, long at, int length) throws IOException {
        if (length > Format.MAX_RECORD + ALIGNMENT || !file.load(at, DOCUMENT_HEADER + length)) {
            return false;
        }
        int record = file.index(at + DOCUMENT_HEADER);
        int total = RecordView.check(file.array(), record, record + length);
        return total >= 0 && length - total < ALIGNMENT;
    }

    /** A broken header may look like a long document of the library's own that hides records. */
    private boolean isMeta(LogFile file, long at, int length) throws IOException {
        long end = at + DOCUMENT_HEADER + length;
        return length <= MAX_META && end <= file.size() && find(file, at + DOCUMENT_HEADER, end) < 0;
    }

    private long afterDamage(LogFile file, long at) throws IOException {
        long found = find(file, at + ALIGNMENT, Long.MAX_VALUE);
        report(file, at, found);
        return found;
    }

    /**
     * The chain ends here, unless records lie behind it. A writer at work puts a document's header last, so what was read as
     * the end may be one no longer: whenever the header has changed, the walk goes on from it.
     */
    private long afterStop(LogFile file, long at, int header) throws IOException {
        boolean end = header == END_OF_FILE;
        long found = find(file, at + DOCUMENT_HEADER + (end ? END_OF_FILE_TEXT : 0), Long.MAX_VALUE);
        long used = lastUsed;
        file.refresh();
        if (file.load(at, DOCUMENT_HEADER) && file.intAt(at) != header) {
            return at;
        }
        if (found >= 0 || (used > at && (end || !isUnfinished(file, at, used)))) {
            lastUsed = used;
            report(file, at, found);
        }
        return found;
    }

    /** Whether what lies behind the end is the one document its writer was at when it died, or is at now. */
    private static boolean isUnfinished(LogFile file, long at, long used) throws IOException {
        if (used - at > Format.MAX_RECORD || !file.load(at, 2 * DOCUMENT_HEADER)) {
            return false;
        }
        int first = file.intAt(at + DOCUMENT_HEADER);
        return first == Format.MAGIC || (first & 0xFF) == META_NAME;
    }

    private void report(LogFile file, long at, long found) throws IOException {
        long end = found >= 0 ? found : Math.max(lastUsed, at + ALIGNMENT - 1) + 1;
        // A search goes by whole words.
        if (file.size() - end < ALIGNMENT) {
            end = Math.max(end, file.size());
        }
        damaged.add(new DamagedRegion(file.name(), at, end - at));
    }

    /** The next document in the range that holds a good record newer than those read; -1 when there is none. */
    private long find(LogFile file, long from, long to) throws IOException {
        lastUsed = -1;
        file.refresh();
        long at = from;
        while (at + ALIGNMENT <= to && file.load(at, ALIGNMENT)) {
            long magic = findMagic(file, at, Math.max(at, from + DOCUMENT_HEADER), to);
            if (magic >= 0 && isGood(file, magic - DOCUMENT_HEADER, to)) {
                return magic - DOCUMENT_HEADER;
            }
            at = magic >= 0 ? magic + ALIGNMENT : at + scanned;
        }
        return -1;
    }

    /** Looks for a record's first word in what is loaded; notes in {@code scanned} how far it got without one. */
    private long findMagic(LogFile file, long at, long notBefore, long to) {
        byte[] array = file.array();
        int first = file.index(at);
        int last = (int) Math.min(file.limit() - (long) ALIGNMENT, first + (to - ALIGNMENT - at));
        int index = first;
        for (; index <= last; index += ALIGNMENT) {
            int word = Le.i32(array, index);
            if (word != 0) {
                lastUsed = at + (index - first) + ALIGNMENT - 1;
                if (word == Format.MAGIC && at + (index - first) >= notBefore) {
                    return at + (index - first);
                }
            }
        }
        scanned = index - first;
        return -1;
    }

    private boolean isGood(LogFile file, long at, long to) throws IOException {
        if (!file.load(at, DOCUMENT_HEADER)) {
            return false;
        }
        int header = file.intAt(at);
        int length = header & LENGTH;
        return !stops(header)
                && (header & META) == 0
                && at + DOCUMENT_HEADER + length <= to
                && isRecord(file, at, length)
                && Le.i64(file.array(), file.index(at + DOCUMENT_HEADER) + Format.SEQ_AT) > lastSeq;
    }

    private static boolean stops(int header) {
        return header == 0 || (header & NOT_READY) != 0;
    }

    private static long after(long at, int length) {
        return (at + DOCUMENT_HEADER + length + ALIGNMENT - 1) & -ALIGNMENT;
    }
}
