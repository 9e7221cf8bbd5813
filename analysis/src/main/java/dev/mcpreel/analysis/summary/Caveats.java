package dev.mcpreel.analysis.summary;

import dev.mcpreel.analysis.calls.CallTally;
import dev.mcpreel.analysis.calls.CaptureAnalysis;
import dev.mcpreel.captures.store.CutInfo;
import dev.mcpreel.captures.store.Ending;
import dev.mcpreel.captures.store.Manifest;
import dev.mcpreel.captures.store.Removed;
import dev.mcpreel.captures.store.Role;
import dev.mcpreel.captures.store.SalvageInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What must be said before any number of a capture is. */
final class Caveats {
    private Caveats() {}

    static List<String> of(Manifest manifest, RunInfo run, CaptureAnalysis analysis) {
        List<String> caveats = new ArrayList<>();
        if (run instanceof RunInfo.Replayed replayed) {
            validity(caveats, replayed, manifest.ending());
        }
        ending(caveats, manifest);
        Removed removed = manifest.removed();
        if (removed != null) {
            caveats.add("Beginning removed: " + removed.inWords() + "; what began in them is in no number below.");
        }
        CutInfo cut = manifest.cut();
        if (cut != null) {
            caveats.add("A part of another capture: " + cut.inWords() + ".");
        }
        losses(caveats, run.losses(), manifest);
        if (analysis.http().exchanges() == 0 && analysis.calls().requests().total() == 0) {
            caveats.add(
                    isDamaged(run.losses())
                            ? "Nothing to count: no exchange and no step could be read."
                            : "Empty capture: it holds no exchange and no step.");
        } else if (analysis.calls().calls().total() == 0) {
            caveats.add(
                    isDamaged(run.losses())
                            ? "No tool call in what could be read of this capture."
                            : "No tool call in this capture.");
        }
        if (analysis.calls().tools().containsKey(CallTally.OTHER_TOOLS)) {
            caveats.add("More tool names than are told apart: the rest stands under " + CallTally.OTHER_TOOLS + ".");
        }
        return caveats;
    }

    private static void validity(List<String> caveats, RunInfo.Replayed run, Ending ending) {
        if (run.valid() || ending == Ending.OPEN) {
            return;
        }
        if (run.invalid().isEmpty()) {
            caveats.add("Invalid run: the manifest gives no reason.");
        }
        run.invalid().forEach(reason -> caveats.add("Invalid run: " + reason));
    }

    private static void ending(List<String> caveats, Manifest manifest) {
        switch (manifest.ending()) {
            case OPEN ->
                caveats.add(
                        manifest.role() == Role.REPLAYED
                                ? "Interrupted run: it has no end, so it was never judged. It is still going, or it died."
                                : "Interrupted capture: it has no end. It is still being recorded, or the recorder died.");
            case STOPPED -> {
                if (manifest.salvaged() == null) {
                    caveats.add(
                            manifest.role() == Role.REPLAYED
                                    ? "Stopped run: it was ended before its plan was done."
                                    : "Stopped capture: it was ended early.");
                }
            }
            case COMPLETE -> {}
        }
        SalvageInfo salvaged = manifest.salvaged();
        if (salvaged != null) {
            caveats.add("Salvaged: made of " + salvaged.from() + ", "
                    + (manifest.ending() == Ending.STOPPED ? "which was stopped or has no known end; " : "") + "of it "
                    + Plural.are(salvaged.missingRecords(), "record") + " known to be missing.");
        }
    }

    private static void losses(List<String> caveats, Losses losses, Manifest manifest) {
        if (losses.exchanges() > 0) {
            String reasons = losses.byReason().entrySet().stream()
                    .map(entry -> entry.getKey() + " " + entry.getValue())
                    .collect(Collectors.joining(", "));
            caveats.add("Lost: " + Plural.are(losses.exchanges(), "exchange")
                    + " missing or incomplete here, and so in every number below (" + reasons + ").");
        } else if (losses.events() > 0 || losses.bytes() > 0) {
            caveats.add("Lost: " + Plural.of(losses.events(), "event") + " with "
                    + Plural.of(losses.bytes(), "body byte") + " missing from exchanges below.");
        }
        if (isDamaged(losses)) {
            caveats.add("Damaged log: " + damage(losses, manifest) + "; what was there is in no number below.");
        }
        if (losses.unknownRecords() > 0) {
            caveats.add("Newer log: " + Plural.are(losses.unknownRecords(), "record")
                    + " of a kind this version does not know.");
        }
        if (losses.steps() > 0) {
            caveats.add("Lost: " + Plural.are(losses.steps(), "step record") + " missing, and the requests with them.");
        }
    }

    private static boolean isDamaged(Losses losses) {
        return losses.damagedRegions() > 0 || losses.missingRecords() > 0;
    }

    private static String damage(Losses losses, Manifest manifest) {
        List<String> parts = new ArrayList<>();
        if (losses.missingRecords() > 0) {
            // Without an end the manifest does not know how many there were.
            long written = manifest.counts().records();
            parts.add(
                    manifest.ending() == Ending.OPEN || written < losses.missingRecords()
                            ? Plural.are(losses.missingRecords(), "record") + " missing"
                            : losses.missingRecords() + " of "
                                    + Plural.of(written, "record") + " " + Plural.verb(losses.missingRecords())
                                    + " missing");
        }
        if (losses.damagedRegions() > 0) {
            parts.add(Plural.of(losses.damagedRegions(), "stretch", "stretches") + " could not be read");
        }
        return String.join(" and ", parts);
    }
}
