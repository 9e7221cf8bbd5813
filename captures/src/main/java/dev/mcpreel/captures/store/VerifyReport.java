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
 * @param manifest null when it could not be read
 * @param manifestProblem why not; empty when it could
 * @param live whether a writer is at work on it
 * @param log what the pass over the log found
 * @param recordsByType records by the name of their type, unknown ones as {@code unknown(N)}
 * @param exchangesSeen exchanges whose request head is there
 * @param exchangesEnded exchanges whose end is there
 * @param exchangesInPart exchanges whose end says that some of their events were lost
 * @param exchangesOpen exchanges with a request head and no end
 * @param steps step records
 * @param runSamples run samples
 * @param gaps what the recorder itself says it lost
 * @param disagreements sentences, one for each count of the manifest that the log does not bear out
 */
public record VerifyReport(
        Path folder,
        boolean chosenFromStore,
        @Nullable Manifest manifest,
        String manifestProblem,
        boolean live,
        ReadSummary log,
        SortedMap<String, Long> recordsByType,
        long exchangesSeen,
        long exchangesEnded,
        long exchangesInPart,
        long exchangesOpen,
        long steps,
        long runSamples,
        List<GapTotal> gaps,
        List<String> disagreements) {
    public VerifyReport {
        gaps = List.copyOf(gaps);
        disagreements = List.copyOf(disagreements);
    }

    /** Whether the capture never ended and no writer is at work on it. */
    public boolean interrupted() {
        return manifest != null && manifest.ending() == Ending.OPEN && !live;
    }

    /** Whether everything the recorder wrote is there. An interrupted capture with an intact log is ok. */
    public boolean ok() {
        return manifestProblem.isEmpty() && log.intact() && disagreements.isEmpty();
    }
}
