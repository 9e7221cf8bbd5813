package dev.mcpreel.analysis.report;

import static dev.mcpreel.analysis.report.JsonReport.counts;
import static dev.mcpreel.analysis.report.JsonReport.rounded;
import static dev.mcpreel.analysis.report.JsonReport.strings;

import dev.mcpreel.analysis.summary.Losses;
import dev.mcpreel.analysis.summary.RunInfo;
import dev.mcpreel.captures.store.ReplayInfo;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The {@code run} part of a JSON report. */
final class JsonRun {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private JsonRun() {}

    static ObjectNode of(RunInfo run) {
        ObjectNode node = NODES.objectNode();
        if (run instanceof RunInfo.Replayed replayed) {
            replayed(node, replayed);
        }
        Losses losses = run.losses();
        node.put("interrupted", run.interrupted());
        ObjectNode lost = node.putObject("lost")
                .put("exchanges", losses.exchanges())
                .put("events", losses.events())
                .put("bytes", losses.bytes())
                .put("steps", losses.steps());
        lost.set("by_reason", counts(losses.byReason()));
        node.set("filtered", counts(losses.filtered()));
        return node;
    }

    private static void replayed(ObjectNode node, RunInfo.Replayed run) {
        node.put("valid", run.valid());
        node.set("invalid", strings(run.invalid()));
        node.set("plan", plan(run.plan()));
        Double ratio = run.sentToDue();
        node.putObject("steps")
                .put("sent", run.sentSteps())
                .put("due", run.dueSteps())
                .put("skipped", run.skippedSteps())
                .set("sent_to_due", ratio == null ? NODES.nullNode() : NODES.numberNode(rounded(ratio)));
        RunInfo.Lateness late = run.lateness();
        node.set(
                "lateness",
                late == null
                        ? NODES.nullNode()
                        : NODES.objectNode()
                                .put("p(50)", rounded(late.p50()))
                                .put("p(95)", rounded(late.p95()))
                                .put("p(99)", rounded(late.p99()))
                                .put("max", rounded(late.max())));
        node.putObject("machine")
                .put("samples", run.machine().samples())
                .put("longest_stall", rounded(run.machine().longestStallMillis()))
                .put("peak_process_cpu", rounded(run.machine().peakProcessCpu()))
                .put("peak_machine_cpu", rounded(run.machine().peakMachineCpu()));
    }

    private static JsonNode plan(@Nullable ReplayInfo plan) {
        if (plan == null) {
            return NODES.nullNode();
        }
        return NODES.objectNode()
                .put("source", plan.source())
                .put("recorded_calls", plan.recordedCalls())
                .put("target", plan.target())
                .put("tools", plan.tools())
                .put("agents", plan.agents())
                .put("copies", plan.copies())
                .put("speed", plan.speed())
                // As text: programs that read numbers as doubles would round it.
                .put("seed", Long.toString(plan.seed()))
                .put("digest", plan.planDigest())
                .put("steps", plan.plannedSteps())
                .put("left_out_steps", plan.skippedSteps());
    }
}
