package dev.mcpreel.captures.store;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
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

    /** More are added up and not told one by one, so that a hostile log cannot fill the memory. */
    private static final int MAX_REGIONS = 10_000;

    /** Receives good records. */
    interface Visitor {
        /**
         * Takes a record.
         *
         * @param array the walker's, and changes after the call
         * @return how many records are missing in front of it
         */
        long record(byte[] array, int at);

        /** Whether no record with this sequence number came yet. */
        boolean isNew(long seq);
    }

    private final Visitor visitor;
    private final byte[] window = new byte[LogFile.WINDOW];
    private final List<DamagedRegion> damaged = new ArrayList<>();
    private long damagedBytes;
    /** Regions since the last record. */
    private int pending;

    /** The last byte the latest scan saw that is not zero. */
    private long lastUsed;
    /** The document at this place holds a good record, whatever its header says. */
    private long found = -1;

    private int scanned;

    LogWalker(Visitor visitor) {
        this.visitor = visitor;
    }

    List<DamagedRegion> damaged() {
        return Collections.unmodifiableList(damaged);
    }

    /** Of all regions, those not listed too. */
    long damagedBytes() {
        return damagedBytes;
    }

    /**
     * The files of a capture's logs in the order they were written: by the number of the log, then by name. A capture has more
     * than one log when writing failed and was taken up again. A log that cannot be listed stands in the list itself.
     */
    static List<Path> files(Path capture) throws IOException {
        List<Path> logs = list(capture, RunFolder.LOG + "*");
        logs.removeIf(log -> !name(log).matches(RunFolder.LOG + "(-\\d+)?"));
        logs.sort(Comparator.comparing((Path log) -> name(log).length()).thenComparing(LogWalker::name));
        List<Path> files = new ArrayList<>();
        for (Path log : logs) {
            try {
                List<Path> ofLog = list(log, "*" + LogFile.FILE);
                Collections.sort(ofLog);
                files.addAll(ofLog);
            } catch (IOException e) {
                files.add(log);
            }
        }
        return files;
    }

    private static List<Path> list(Path folder, String glob) throws IOException {
        List<Path> list = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, glob)) {
            stream.forEach(list::add);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return list;
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }

    /** A file that is there and cannot be opened is damage. */
    void walk(Path path) throws IOException {
        LogFile opened;
        try {
            opened = LogFile.open(path, window);
        } catch (IOException e) {
            if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                throw e;
            }
            add(new DamagedRegion(LogFile.name(path), 0, 0, DamagedRegion.UNKNOWN, LogFile.why(path, e)));
            return;
        }
        try (LogFile file = opened) {
            walk(file);
        }
    }

    void walk(LogFile file) throws IOException {
        int before = damaged.size();
        file.refresh();
        found = -1;
        long at = 0;
        while (at >= 0 && file.load(at, DOCUMENT_HEADER)) {
            at = document(file, at);
        }
        addBadPages(file, damaged.subList(before, damaged.size()));
    }

    /**
     * Goes on from a position for as long as one good document follows the other, and hands over the records. Unlike
     * {@link #walk} it looks behind nothing, so it costs no more than what is new.
     *
     * @return where it had to stop: at the end of what is written so far, or at damage
     */
    long follow(LogFile file, long from) throws IOException {
        long at = from;
        if (stops(file.peek(at))) {
            return at;
        }
        file.refresh();
        found = -1;
        while (file.load(at, DOCUMENT_HEADER) && !stops(file.intAt(at))) {
            int length = file.intAt(at) & LENGTH;
            if ((file.intAt(at) & META) != 0) {
                if (!isMeta(file, at, length)) {
                    return at;
                }
                at = after(at, length);
            } else if (isRecord(file, at, length)
                    || (file.reload(at, DOCUMENT_HEADER + length) && isRecord(file, at, length))) {
                at = take(file, at);
            } else {
                return at;
            }
        }
        return at;
    }

    /** Whether what stands there is no end of what was written, but a document that cannot be read or was never finished. */
    boolean isStuck(LogFile file, long at) throws IOException {
        int header = file.peek(at);
        return header != 0 && header != END_OF_FILE;
    }

    /** Where pages the disk could not read lie in what is damaged anyway, that says why; at the end of a log nothing else tells. */
    private void addBadPages(LogFile file, List<DamagedRegion> ofFile) {
        List<DamagedRegion> more = new ArrayList<>();
        for (long page : file.badPages()) {
            DamagedRegion last = more.isEmpty() ? null : more.get(more.size() - 1);
            if (last != null && last.offset() + last.length() == page) {
                more.set(more.size() - 1, unread(file, last.offset(), last.length() + LogFile.pageBytes()));
            } else if (ofFile.stream().noneMatch(region -> covers(region, page))) {
                more.add(unread(file, page, LogFile.pageBytes()));
            }
        }
        ofFile.replaceAll(region -> file.badPages().stream().anyMatch(page -> covers(region, page))
                ? new DamagedRegion(region.file(), region.offset(), region.length(), region.records(), file.badWhy())
                : region);
        more.forEach(this::add);
    }

    private static DamagedRegion unread(LogFile file, long offset, long length) {
        return new DamagedRegion(file.name(), offset, length, DamagedRegion.UNKNOWN, file.badWhy());
    }

    private static boolean covers(DamagedRegion region, long page) {
        return page + LogFile.pageBytes() > region.offset() && page < region.offset() + region.length();
    }

    /** Takes the document at a position and returns where the next one begins, -1 when there is none. */
    private long document(LogFile file, long at) throws IOException {
        int header = file.intAt(at);
        int length = header & LENGTH;
        if (at == found && total(file, at) >= 0) {
            return take(file, at);
        }
        if (stops(header)) {
            return afterStop(file, at, header);
        }
        if ((header & META) != 0) {
            return isMeta(file, at, length) ? after(at, length) : afterDamage(file, at);
        }
        if (isRecord(file, at, length)) {
            return take(file, at);
        }
        // A window read while the record was being written is no proof of damage.
        if (length <= Format.MAX_RECORD + ALIGNMENT
                && file.reload(at, DOCUMENT_HEADER + length)
                && isRecord(file, at, length)) {
            return take(file, at);
        }
        return afterDamage(file, at);
    }

    /** Returns where the next document begins: by the record, for a header may be wrong by a little. */
    private long take(LogFile file, long at) {
        int record = file.index(at + DOCUMENT_HEADER);
        long next = after(at, RecordView.claimedLength(file.array(), record));
        long missing = visitor.record(file.array(), record);
        // Of several regions between two records nobody knows which of them held how many.
        if (pending == 1 && !damaged.isEmpty()) {
            int last = damaged.size() - 1;
            damaged.set(last, damaged.get(last).of(missing));
        }
        pending = 0;
        return next;
    }

    /** The length of the good record in a document, whatever its header says; -1 when there is none. */
    private int total(LogFile file, long at) throws IOException {
        long record = at + DOCUMENT_HEADER;
        if (!file.load(at, DOCUMENT_HEADER + Format.HEADER)) {
            return -1;
        }
        int total = RecordView.claimedLength(file.array(), file.index(record));
        if (total < 0 || !file.load(at, DOCUMENT_HEADER + total)) {
            return -1;
        }
        int index = file.index(record);
        return RecordView.check(file.array(), index, index + total);
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
        return length <= MAX_META
                && end <= file.size()
                && total(file, at) < 0
                && find(file, at + DOCUMENT_HEADER, end) < 0;
    }

    /** First of all the record itself may be good, and only its header not. */
    private long afterDamage(LogFile file, long at) throws IOException {
        found = find(file, at, Long.MAX_VALUE);
        report(file, at, found);
        return found;
    }

    /**
     * The chain ends here, unless records lie behind it. A writer at work puts a document's header last, so what was read as
     * the end may be one no longer: whenever the header has changed, the walk goes on from it. A record right behind the end
     * is one that was never finished, unless others follow.
     */
    private long afterStop(LogFile file, long at, int header) throws IOException {
        boolean end = header == END_OF_FILE;
        long behind = end ? at + DOCUMENT_HEADER + END_OF_FILE_TEXT : at;
        found = find(file, at + DOCUMENT_HEADER, Long.MAX_VALUE);
        long used = lastUsed;
        if (file.reload(at, DOCUMENT_HEADER) && file.intAt(at) != header) {
            file.refresh();
            return at;
        }
        if (found >= 0 && total(file, at) >= 0 && isGood(file, at, Long.MAX_VALUE)) {
            found = at;
        }
        if (found >= 0 || (used > behind && (end || !isUnfinished(file, at, used)))) {
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

    private void report(LogFile file, long at, long next) throws IOException {
        // Of a document that is found the header at least is damaged when nothing else is.
        long end = next >= 0 ? Math.max(next, at + DOCUMENT_HEADER) : Math.max(lastUsed, at + ALIGNMENT - 1) + 1;
        // A search goes by whole words.
        if (file.size() - end < ALIGNMENT) {
            end = Math.max(end, file.size());
        }
        add(new DamagedRegion(file.name(), at, end - at));
    }

    private void add(DamagedRegion region) {
        damagedBytes += region.length();
        if (damaged.size() < MAX_REGIONS) {
            damaged.add(region);
            pending++;
        } else {
            pending = 2;
        }
    }

    /** The next document in the range that holds a good record not yet read; -1 when there is none. */
    private long find(LogFile file, long from, long to) throws IOException {
        lastUsed = -1;
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
        int total = total(file, at);
        return total >= 0
                && at + DOCUMENT_HEADER + total <= to
                && visitor.isNew(Le.i64(file.array(), file.index(at + DOCUMENT_HEADER) + Format.SEQ_AT));
    }

    private static boolean stops(int header) {
        return header == 0 || (header & NOT_READY) != 0;
    }

    private static long after(long at, int length) {
        return (at + DOCUMENT_HEADER + length + ALIGNMENT - 1) & -ALIGNMENT;
    }
}
