package dev.mcpreel.captures.store;

import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What verifying a capture found. Exchanges lost and recorded as gaps are no damage; they are told.
 *
 * @param folder the capture
 * @param chosenFromStore whether the folder was chosen out of a store
 * @param newerSkipped captures of the store that are newer and were passed over, newest first: see
 *     {@link CaptureReader#newerSkipped()}
 * @param manifest null when it could not be read
 * @param manifestProblem why not; empty when it could
 * @param live whether a writer is at work on it
 * @param log what the pass over the log found
 * @param recordsWritten how many records there were, by the manifest of a capture with an end, otherwise by the sequence
 *     numbers of those that are there; then there may have been more behind the last
 * @param recordsByType records by the name of their type, unknown ones as {@code unknown(N)}
 * @param exchangesSeen exchanges whose request head is there
 * @param exchangesEnded exchanges whose end is there
 * @param exchangesWhole exchanges that are there to their end, with nothing lost and nothing missing
 * @param exchangesInPart exchanges whose end is there and says that some of their events were lost, or that were open where
 *     records are missing
 * @param exchangesOpen exchanges of which something is there, but not the end
 * @param steps step records
 * @param runSamples run samples
 * @param gaps what the recorder itself says it lost
 * @param accounting what became of every exchange
 * @param disagreements sentences, one for each count of the manifest that the log does not bear out
 */
public record VerifyReport(
        Path folder,
        boolean chosenFromStore,
        List<Path> newerSkipped,
        @Nullable Manifest manifest,
        String manifestProblem,
        boolean live,
        ReadSummary log,
        long recordsWritten,
        SortedMap<String, Long> recordsByType,
        long exchangesSeen,
        long exchangesEnded,
        long exchangesWhole,
        long exchangesInPart,
        long exchangesOpen,
        long steps,
        long runSamples,
        List<GapTotal> gaps,
        Accounting accounting,
        List<String> disagreements) {
    /** What the sequence numbers of the records say. */
    public enum Sequence {
        /** There is no record, so nothing can be said. */
        NONE,
        GAPLESS,
        /** Numbers are missing between the first record and the last. */
        WITH_HOLES
    }

    public VerifyReport {
        newerSkipped = List.copyOf(newerSkipped);
        gaps = List.copyOf(gaps);
        disagreements = List.copyOf(disagreements);
    }

    /** Whether the capture never ended and no writer is at work on it. */
    public boolean interrupted() {
        return manifest != null && manifest.ending() == Ending.OPEN && !live;
    }

    /** Only of the records that are there: what is missing after the last one is told by the disagreements. */
    public Sequence sequence() {
        if (!log.holes().isEmpty()) {
            return Sequence.WITH_HOLES;
        }
        return log.records() == 0 ? Sequence.NONE : Sequence.GAPLESS;
    }

    /** How many records are missing, those behind the last among them where the manifest tells. */
    public long recordsMissing() {
        return Math.max(0, recordsWritten - log.records());
    }

    /** Whether everything the recorder wrote is there. An interrupted capture with an intact log is ok. */
    public boolean ok() {
        return manifestProblem.isEmpty() && log.intact() && disagreements.isEmpty();
    }
}
