package dev.mcpreel.analysis.summary;

import dev.mcpreel.analysis.calls.CallTally;
import dev.mcpreel.analysis.calls.CaptureAnalysis;
import dev.mcpreel.captures.store.Ending;
import dev.mcpreel.captures.store.Manifest;
import dev.mcpreel.captures.store.Role;
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
        losses(caveats, run.losses());
        if (analysis.http().exchanges() == 0 && analysis.calls().requests().total() == 0) {
            caveats.add("Empty capture: it holds no exchange and no step.");
        } else if (analysis.calls().calls().total() == 0) {
            caveats.add("No tool call in this capture.");
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
            case STOPPED -> caveats.add("Stopped run: it was ended before its plan was done.");
            case COMPLETE -> {}
        }
    }

    private static void losses(List<String> caveats, Losses losses) {
        if (losses.exchanges() > 0) {
            String reasons = losses.byReason().entrySet().stream()
                    .map(entry -> entry.getKey() + " " + entry.getValue())
                    .collect(Collectors.joining(", "));
            caveats.add("Lost: " + losses.exchanges()
                    + " exchanges are missing or incomplete here, and so in every number below (" + reasons + ").");
        } else if (losses.events() > 0 || losses.bytes() > 0) {
            caveats.add("Lost: " + losses.events() + " events with " + losses.bytes()
                    + " body bytes are missing from exchanges below.");
        }
        if (losses.steps() > 0) {
            caveats.add("Lost: " + losses.steps() + " step records are missing, and their requests with them.");
        }
    }
}
