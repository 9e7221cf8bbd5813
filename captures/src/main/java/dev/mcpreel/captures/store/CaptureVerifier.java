package dev.mcpreel.captures.store;

import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.ExchangeCounts;
import dev.mcpreel.captures.store.CaptureException.Category;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Walks a capture and says whether everything its recorder wrote is there. */
public final class CaptureVerifier {
    private final long[] recordsByType = new long[256];
    private final Consumer<? super RecordView> moreRecords;
    private final Consumer<? super CaptureEvent> moreEvents;
    private long ended;

    private CaptureVerifier(Consumer<? super RecordView> moreRecords, Consumer<? super CaptureEvent> moreEvents) {
        this.moreRecords = moreRecords;
        this.moreEvents = moreEvents;
    }

    /**
     * Verifies a capture, or the newest complete one of a store.
     *
     * @throws CaptureException when there is none, it is of a newer format, or a file cannot be read; damage is no error
     */
    public static VerifyReport verify(Path given) {
        CapturePath path = CapturePath.resolve(given);
        ReadLock whole = ReadLock.take(path.folder());
        try {
            return verify(path, record -> {}, event -> {});
        } finally {
            whole.close();
        }
    }

    /** The same, for one who wants to see the records and events that were read, and holds the capture whole. */
    static VerifyReport verify(
            CapturePath path, Consumer<? super RecordView> records, Consumer<? super CaptureEvent> events) {
        return new CaptureVerifier(records, events).report(path);
    }

    private VerifyReport report(CapturePath path) {
        boolean live = FolderLock.isHeld(path.folder());
        Manifest manifest = null;
        String problem = "";
        try {
            manifest = ManifestFile.read(path.folder());
        } catch (CaptureException e) {
            if (e.category() != Category.DAMAGED) {
                throw e;
            }
            problem = String.valueOf(e.getMessage());
        }
        Removed removed = manifest == null ? null : manifest.removed();
        ReadSummary log = new LogReader(this::event, this::record, event -> true, removed).read(path.folder());
        return new VerifyReport(
                path.folder(),
                path.fromStore(),
                path.newerSkipped(),
                manifest,
                problem,
                live && manifest != null && manifest.ending() == Ending.OPEN,
                log,
                written(manifest, log),
                byName(),
                log.exchanges().begun(),
                ended,
                log.exchanges().whole(),
                log.exchanges().inPart(),
                log.exchanges().open(),
                recordsByType[RecordType.STEP.code],
                recordsByType[RecordType.RUN_SAMPLE.code],
                List.copyOf(new TreeMap<>(log.exchanges().gaps()).values()),
                Accounting.of(manifest, log.exchanges()),
                disagreements(manifest, log));
    }

    private static long written(@Nullable Manifest manifest, ReadSummary log) {
        long known = log.records() + log.missing();
        return manifest == null || manifest.ending() == Ending.OPEN
                ? known
                : Math.max(
                        known,
                        manifest.counts().records() - Removed.before(manifest).gone());
    }

    private void record(RecordView record) {
        recordsByType[record.typeCode]++;
        ended += record.endsExchange() ? 1 : 0;
        moreRecords.accept(record);
    }

    private void event(CaptureEvent event) {
        moreEvents.accept(event);
    }

    private SortedMap<String, Long> byName() {
        SortedMap<String, Long> names = new TreeMap<>();
        for (int code = 0; code < recordsByType.length; code++) {
            if (recordsByType[code] > 0) {
                names.put(RecordType.label(code), recordsByType[code]);
            }
        }
        return names;
    }

    private List<String> disagreements(@Nullable Manifest manifest, ReadSummary log) {
        List<String> found = new ArrayList<>();
        Removed removed = manifest == null ? Removed.NONE : Removed.before(manifest);
        // Those in a salvaged log are of the log it was made of.
        if (log.intact() && !removed.isInDoubt() && (manifest == null || manifest.salvaged() == null)) {
            compareCounts(found, log.exchanges(), removed.whole());
        }
        if (manifest == null || manifest.ending() == Ending.OPEN) {
            return found;
        }
        Counts counts = manifest.counts();
        // A record whose number was used again is one that its writer took for lost, and did not count.
        long uncounted = log.repeated();
        compare(found, "records", counts.records(), removed.gone() + log.records(), uncounted);
        compare(found, "steps", counts.steps(), recordsByType[RecordType.STEP.code], uncounted);
        if (!removed.isInDoubt()) {
            compare(
                    found,
                    "bytes of records",
                    counts.bytes(),
                    removed.bytes() + log.bytes(),
                    uncounted * Format.MAX_RECORD);
            compare(
                    found,
                    "exchanges recorded whole",
                    counts.recorded(),
                    removed.whole() + log.exchanges().whole(),
                    uncounted);
        }
        Accounting accounting = Accounting.of(manifest, log.exchanges());
        if (!accounting.addsUp()) {
            found.add("the manifest says " + counts.seen()
                    + " exchanges were seen, but recorded, filtered and lost add up to " + accounting.sum());
        }
        return found;
    }

    /** Of a log with holes nothing is to be said: what was counted may have stood in them. */
    private static void compareCounts(List<String> found, LoggedExchanges log, long removed) {
        ExchangeCounts counts = log.counts();
        if (counts == null) {
            return;
        }
        long whole = removed + log.wholeAtCounts();
        if (counts.recorded() > whole) {
            found.add("the log's last counts say " + counts.recorded()
                    + " exchanges were recorded whole, before them are " + whole);
        }
        if (counts.open() < 0) {
            found.add("the log's last counts say " + counts.seen()
                    + " exchanges were seen, but recorded, filtered and lost are " + -counts.open() + " more");
        }
    }

    private static void compare(List<String> found, String what, long manifest, long log, long uncounted) {
        if (log < manifest || log - manifest > uncounted) {
            found.add("the manifest says " + manifest + " " + what + ", the log has " + log);
        }
    }
}
