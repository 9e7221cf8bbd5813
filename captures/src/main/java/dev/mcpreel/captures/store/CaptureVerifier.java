package dev.mcpreel.captures.store;

import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.ExchangeCounts;
import dev.mcpreel.captures.exchange.ExchangeEnd;
import dev.mcpreel.captures.exchange.RequestHead;
import dev.mcpreel.captures.store.CaptureException.Category;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Walks a capture and says whether everything its recorder wrote is there. */
public final class CaptureVerifier {
    private final long[] recordsByType = new long[256];
    private final Set<Long> open = new HashSet<>();
    private long ended;

    private CaptureVerifier() {}

    /**
     * Verifies a capture, or the newest complete one of a store.
     *
     * @throws CaptureException when there is none, it is of a newer format, or a file cannot be read; damage is no error
     */
    public static VerifyReport verify(Path given) {
        return new CaptureVerifier().report(CapturePath.resolve(given));
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
        ReadSummary log = new LogReader(this::event, this::record).read(path.folder());
        return new VerifyReport(
                path.folder(),
                path.fromStore(),
                path.newerSkipped(),
                manifest,
                problem,
                live && manifest != null && manifest.ending() == Ending.OPEN,
                log,
                byName(),
                log.exchanges().begun(),
                ended,
                log.exchanges().inPart(),
                open.size(),
                recordsByType[RecordType.STEP.code],
                recordsByType[RecordType.RUN_SAMPLE.code],
                List.copyOf(new TreeMap<>(log.exchanges().gaps()).values()),
                manifest == null ? null : Accounting.of(manifest, log.exchanges()),
                disagreements(manifest, log));
    }

    private void record(RecordView record) {
        recordsByType[record.typeCode]++;
    }

    private void event(CaptureEvent event) {
        if (event instanceof RequestHead head) {
            open.add(head.exchangeId());
        } else if (event instanceof ExchangeEnd end) {
            ended++;
            open.remove(end.exchangeId());
        }
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
        if (log.intact()) {
            compareCounts(found, log.exchanges());
        }
        if (manifest == null || manifest.ending() == Ending.OPEN) {
            return found;
        }
        Counts counts = manifest.counts();
        compare(found, "records", counts.records(), log.records());
        compare(found, "bytes of records", counts.bytes(), log.bytes());
        compare(found, "steps", counts.steps(), recordsByType[RecordType.STEP.code]);
        compare(
                found,
                "exchanges recorded whole",
                counts.recorded(),
                log.exchanges().whole());
        Accounting accounting = Accounting.of(manifest, log.exchanges());
        if (!accounting.addsUp()) {
            found.add("the manifest says " + counts.seen()
                    + " exchanges were seen, but recorded, filtered and lost add up to " + accounting.sum());
        }
        return found;
    }

    /** Of a log with holes nothing is to be said: what was counted may have stood in them. */
    private static void compareCounts(List<String> found, LoggedExchanges log) {
        ExchangeCounts counts = log.counts();
        if (counts == null) {
            return;
        }
        if (counts.recorded() > log.wholeAtCounts()) {
            found.add("the log's last counts say " + counts.recorded()
                    + " exchanges were recorded whole, before them are " + log.wholeAtCounts());
        }
        if (counts.open() < 0) {
            found.add("the log's last counts say " + counts.seen()
                    + " exchanges were seen, but recorded, filtered and lost are " + -counts.open() + " more");
        }
    }

    private static void compare(List<String> found, String what, long manifest, long log) {
        if (manifest != log) {
            found.add("the manifest says " + manifest + " " + what + ", the log has " + log);
        }
    }
}
