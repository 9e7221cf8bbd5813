package dev.mcpreel.cli;

import dev.mcpreel.captures.redact.Redaction;
import dev.mcpreel.captures.store.CaptureWriter;
import dev.mcpreel.captures.store.Ending;
import dev.mcpreel.captures.store.Manifest;
import dev.mcpreel.captures.store.ManifestSeed;
import dev.mcpreel.captures.store.ReplayInfo;
import dev.mcpreel.captures.store.Role;
import dev.mcpreel.captures.store.WriterOptions;
import dev.mcpreel.captures.tap.Recorder;
import dev.mcpreel.captures.tap.RecorderOptions;
import dev.mcpreel.replay.plan.Plan;
import dev.mcpreel.replay.rig.Progress;
import dev.mcpreel.replay.rig.ReplayRig;
import dev.mcpreel.replay.rig.RigConfig;
import dev.mcpreel.replay.rig.Run;
import dev.mcpreel.replay.rig.RunResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** A replay under way: the rig with its agents, and the recorder that keeps what they did. */
final class Replaying {
    private final CaptureWriter writer;
    private final Recorder recorder;
    private final Run run;
    private final ReplayInfo info;

    private Replaying(CaptureWriter writer, Recorder recorder, Run run, ReplayInfo info) {
        this.writer = writer;
        this.recorder = recorder;
        this.run = run;
        this.info = info;
    }

    /** Opens a capture for the replay and sends the agents off; leaves nothing behind when the target refuses. */
    static Replaying start(Plan plan, RigConfig config, Manifest source, Path store, Redaction redaction) {
        String target = redaction.target(config.target().toString());
        ReplayInfo info = info(plan, target, source, false, List.of("the run has not ended"));
        WriterOptions options = WriterOptions.defaults();
        CaptureWriter writer = CaptureWriter.create(
                store,
                new ManifestSeed(Role.REPLAYED, Version.product(), "", List.of(target), redaction.describe(), info),
                options);
        Recorder recorder = Recorder.start(
                writer, redaction, RecorderOptions.DEFAULT, options.clocks().monotonicNanos());
        try {
            Run run = ReplayRig.start(
                    plan, config, recorder, recorder, options.clocks().monotonicNanos());
            return new Replaying(writer, recorder, run, info);
        } catch (RuntimeException e) {
            recorder.discard();
            throw e;
        }
    }

    private static ReplayInfo info(Plan plan, String target, Manifest source, boolean valid, List<String> invalid) {
        return new ReplayInfo(
                source.id(),
                plan.summary().recordedCalls(),
                target,
                plan.options().tools().toString(),
                plan.summary().agents(),
                plan.options().copies(),
                plan.options().speed(),
                plan.options().seed(),
                plan.digest(),
                plan.summary().steps(),
                plan.summary().skippedSteps(),
                valid,
                invalid);
    }

    Path folder() {
        return writer.folder();
    }

    /** No new steps; calls in flight may finish. */
    void stop(String reason) {
        run.stop(reason);
    }

    RunResult await() throws InterruptedException {
        return run.await();
    }

    /** Writes the verdict down and ends the capture. */
    Ending close(RunResult result) {
        writer.replay(new ReplayInfo(
                info.source(),
                info.recordedCalls(),
                info.target(),
                info.tools(),
                info.agents(),
                info.copies(),
                info.speed(),
                info.seed(),
                info.planDigest(),
                info.plannedSteps(),
                info.skippedSteps(),
                result.isValid(),
                result.invalid()));
        Ending ending = result.isStoppedEarly() ? Ending.STOPPED : Ending.COMPLETE;
        recorder.close(ending);
        return ending;
    }

    /** One line on how it goes. */
    String progress() {
        Progress progress = run.progress();
        return String.format(
                Locale.ROOT,
                "replaying %s: %d of %d agents, %s (%.1f/s), p95 %s, %s, late p99 %s%s",
                Amounts.duration(progress.elapsedNanos()),
                progress.agentsAlive(),
                progress.agents(),
                Amounts.count(progress.calls(), "call"),
                progress.callsPerSecond(),
                Amounts.duration(progress.callP95Nanos()),
                Amounts.count(progress.errors(), "error"),
                Amounts.duration(progress.latenessP99Nanos()),
                progress.stopping() ? ", stopping" : "");
    }

    String summary(RunResult result, Ending ending) {
        Progress progress = run.progress();
        return String.format(
                Locale.ROOT,
                "%s %s in %s, %s, lateness p99 %s; the run is %s",
                ending == Ending.STOPPED ? "stopped after" : "played",
                Amounts.count(progress.calls(), "call"),
                Amounts.duration(progress.elapsedNanos()),
                Amounts.count(progress.errors(), "error"),
                Amounts.duration(progress.latenessP99Nanos()),
                result.isValid() ? "valid" : "INVALID");
    }
}
