package dev.mcpreel.analysis.summary;

import dev.mcpreel.analysis.calls.CaptureAnalysis;
import dev.mcpreel.analysis.calls.Distribution;
import dev.mcpreel.analysis.calls.SampleTally;
import dev.mcpreel.analysis.calls.StepTally;
import dev.mcpreel.captures.store.Ending;
import dev.mcpreel.captures.store.Manifest;
import dev.mcpreel.captures.store.ReadSummary;
import dev.mcpreel.captures.store.ReplayInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a capture came about, out of its manifest, its steps and its samples. */
final class Runs {
    private Runs() {}

    static RunInfo of(Manifest manifest, CaptureAnalysis analysis, ReadSummary read) {
        boolean interrupted = manifest.ending() == Ending.OPEN;
        Losses losses = Losses.of(manifest, analysis.gaps(), read);
        return switch (manifest.role()) {
            case RECORDED -> new RunInfo.Recorded(interrupted, losses);
            case REPLAYED -> replayed(manifest, analysis, losses);
        };
    }

    private static RunInfo.Replayed replayed(Manifest manifest, CaptureAnalysis analysis, Losses losses) {
        boolean interrupted = manifest.ending() == Ending.OPEN;
        ReplayInfo plan = manifest.replay();
        StepTally steps = analysis.steps();
        SampleTally samples = analysis.samples();
        return new RunInfo.Replayed(
                interrupted,
                losses,
                !interrupted && plan != null && plan.valid(),
                plan == null ? List.of() : plan.invalid(),
                plan,
                // Both only know a part of a run whose end is missing.
                Math.max(steps.sent(), samples.sent()),
                Math.max(steps.due(), samples.due()),
                steps.skipped(),
                lateness(steps.lateness()),
                new RunInfo.Machine(
                        samples.samples(),
                        samples.longestStallNanos() / 1e6,
                        samples.peakProcessCpuPermille() / 1e3,
                        samples.peakMachineCpuPermille() / 1e3));
    }

    private static RunInfo.@Nullable Lateness lateness(Distribution nanos) {
        return nanos.isEmpty()
                ? null
                : new RunInfo.Lateness(
                        nanos.atPercentile(50) / 1e6,
                        nanos.atPercentile(95) / 1e6,
                        nanos.atPercentile(99) / 1e6,
                        nanos.max() / 1e6);
    }
}
