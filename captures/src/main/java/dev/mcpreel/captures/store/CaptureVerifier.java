package dev.mcpreel.captures.store;

import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.ExchangeEnd;
import dev.mcpreel.captures.exchange.Gap;
import dev.mcpreel.captures.exchange.LossReason;
import dev.mcpreel.captures.exchange.RequestHead;
import dev.mcpreel.captures.store.CaptureException.Category;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Walks a capture and says whether everything its recorder wrote is there. */
public final class CaptureVerifier {
    private final Map<LossReason, GapTotal> gaps = new EnumMap<>(LossReason.class);
    private final long[] recordsByType = new long[256];
    private final Set<Long> open = new HashSet<>();
    private long seen;
    private long ended;
    private long inPart;

    private CaptureVerifier() {}

    /**
     * Verifies a capture, or the newest complete one of a store.
     *
     * @throws CaptureException when there is none, it is of a newer format, or a file cannot be read; damage is no error
     */
    public static VerifyReport verify(Path given) {
        CapturePath path = CapturePath.resolve(given);
        ReadLock whole = ReadLock.take(path.folder());
        try {
            return new CaptureVerifier().report(path);
        } finally {
            whole.close();
        }
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
                byName(),
                seen,
                ended,
                inPart,
                open.size(),
                recordsByType[RecordType.STEP.code],
                recordsByType[RecordType.RUN_SAMPLE.code],
                List.copyOf(gaps.values()),
                disagreements(manifest, log));
    }

    private void record(RecordView record) {
        recordsByType[record.typeCode]++;
        if (record.endsExchange()) {
            ended++;
            inPart += record.incomplete() ? 1 : 0;
        }
    }

    private void event(CaptureEvent event) {
        if (event instanceof RequestHead head) {
            seen++;
            open.add(head.exchangeId());
        } else if (event instanceof ExchangeEnd end) {
            open.remove(end.exchangeId());
        } else if (event instanceof Gap gap) {
            GapTotal one = new GapTotal(gap.reason(), 1, gap.exchanges(), gap.events(), gap.bytes());
            gaps.merge(gap.reason(), one, GapTotal::plus);
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
        if (manifest == null || manifest.ending() == Ending.OPEN) {
            return found;
        }
        Counts counts = manifest.counts();
        Removed removed = Removed.before(manifest);
        compare(found, "records", counts.records(), removed.records() + log.records());
        compare(found, "bytes of records", counts.bytes(), removed.bytes() + log.bytes());
        compare(found, "steps", counts.steps(), recordsByType[RecordType.STEP.code]);
        compare(found, "exchanges recorded whole", counts.recorded(), removed.whole() + ended - inPart);
        long filtered =
                counts.filtered().values().stream().mapToLong(Long::longValue).sum();
        long sum = counts.recorded() + filtered + counts.lostExchanges();
        if (counts.seen() != sum) {
            found.add("the manifest says " + counts.seen()
                    + " exchanges were seen, but recorded, filtered and lost add up to " + sum);
        }
        return found;
    }

    private static void compare(List<String> found, String what, long manifest, long log) {
        if (manifest != log) {
            found.add("the manifest says " + manifest + " " + what + ", the log has " + log);
        }
    }
}
