package dev.mcpreel.cli;

import dev.mcpreel.analysis.report.JsonText;
import dev.mcpreel.analysis.report.TerminalText;
import dev.mcpreel.captures.store.Accounting;
import dev.mcpreel.captures.store.CaptureVerifier;
import dev.mcpreel.captures.store.GapTotal;
import dev.mcpreel.captures.store.Manifest;
import dev.mcpreel.captures.store.Removed;
import dev.mcpreel.captures.store.VerifyReport;
import dev.mcpreel.captures.wire.Json;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code mcp-reel verify}: whether everything the recorder wrote is there. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Check that a capture is intact: walks its log without the library that wrote it.",
        footer = {"", "Exits with 0 when intact, 1 when damaged. A capture without an end is interrupted, not damaged."
        })
final class VerifyCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "CAPTURE", description = "A capture's folder, or a folder of captures for the newest.")
    private Path capture = Path.of("");

    @Option(names = "--json", description = "Print the findings as JSON.")
    private boolean json;

    VerifyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        VerifyReport report = CaptureVerifier.verify(capture);
        AccountingWords.top(report.accounting()).forEach(terminal.err()::println);
        terminal.out().println(json ? asJson(report) : asText(report));
        return (report.ok() ? ExitCode.OK : ExitCode.FAILED).code();
    }

    private static String asText(VerifyReport report) {
        StringBuilder text = new StringBuilder();
        line(
                text,
                "capture",
                TerminalText.escape(report.folder().toString())
                        + (report.chosenFromStore() ? " (newest complete one)" : ""));
        line(text, "verdict", verdict(report));
        Removed removed = removed(report);
        if (removed != null) {
            line(text, "removed", TerminalText.escape(removed.inWords()));
        }
        line(text, "readable", DamageWords.readable(report));
        line(
                text,
                "records",
                report.log().records() + " (" + Amounts.bytes(report.log().bytes()) + "), sequence "
                        + sequence(report.sequence()));
        report.recordsByType()
                .forEach((type, count) -> line(text, "", String.format(Locale.ROOT, "%-20s %10d", type, count)));
        line(
                text,
                "exchanges",
                report.exchangesSeen() + " seen, " + report.exchangesEnded() + " ended, " + report.exchangesInPart()
                        + " lost in part, " + report.exchangesOpen() + " without an end");
        Accounting accounting = report.accounting();
        line(text, "accounting", AccountingWords.equation(accounting));
        String origin = AccountingWords.origin(accounting);
        if (!origin.isEmpty()) {
            line(text, "", origin);
        }
        if (report.steps() > 0) {
            line(text, "steps", report.steps() + ", run samples " + report.runSamples());
        }
        for (GapTotal gap : report.gaps()) {
            line(
                    text,
                    "lost",
                    gap.reason() + ": " + gap.exchanges() + " exchanges, " + gap.events() + " events, "
                            + Amounts.bytes(gap.bytes()) + " (the recorder says so itself)");
        }
        DamageWords.damage(report).forEach(line -> line(text, line.label(), line.words()));
        report.disagreements().forEach(sentence -> line(text, "DISAGREES", sentence));
        if (!report.ok() && !report.live()) {
            line(text, "cure", DamageWords.cure(report.folder()));
        }
        return text.toString().stripTrailing();
    }

    private static @Nullable Removed removed(VerifyReport report) {
        Manifest manifest = report.manifest();
        return manifest == null ? null : manifest.removed();
    }

    private static String sequence(VerifyReport.Sequence sequence) {
        return switch (sequence) {
            case NONE -> "empty";
            case GAPLESS -> "gapless";
            case WITH_HOLES -> "with holes";
        };
    }

    private static String verdict(VerifyReport report) {
        if (!report.manifestProblem().isEmpty()) {
            return "damaged: " + report.manifestProblem();
        }
        if (!report.ok()) {
            return "damaged";
        }
        return report.live()
                ? "intact so far, being recorded"
                : report.interrupted() ? "intact, interrupted" : "intact";
    }

    private static void line(StringBuilder text, String label, String value) {
        text.append(String.format(Locale.ROOT, "%-12s", label)).append(value).append('\n');
    }

    private static String asJson(VerifyReport report) {
        ObjectNode root = Json.mapper().createObjectNode();
        root.put("ok", report.ok());
        root.put("capture", report.folder().toString());
        root.put("verdict", verdict(report));
        root.put("interrupted", report.interrupted());
        root.put("records", report.log().records());
        root.put("bytes", report.log().bytes());
        root.put("exchanges", report.exchangesSeen());
        root.put("exchanges_ended", report.exchangesEnded());
        root.put("exchanges_in_part", report.exchangesInPart());
        root.put("exchanges_open", report.exchangesOpen());
        root.set("accounting", asJson(report.accounting()));
        root.put("steps", report.steps());
        root.put("run_samples", report.runSamples());
        Removed removed = removed(report);
        if (removed != null) {
            root.putObject("removed")
                    .put("records", removed.records())
                    .put("exchanges", removed.exchanges())
                    .put("before_seq", removed.beforeSeq())
                    .put("until", removed.until());
        }
        DamageWords.addTo(root, report);
        ArrayNode gaps = root.putArray("lost");
        report.gaps()
                .forEach(gap -> gaps.addObject()
                        .put("reason", gap.reason().name().toLowerCase(Locale.ROOT))
                        .put("exchanges", gap.exchanges())
                        .put("events", gap.events())
                        .put("bytes", gap.bytes()));
        ArrayNode disagreements = root.putArray("disagreements");
        report.disagreements().forEach(disagreements::add);
        return JsonText.pretty(root).stripTrailing();
    }

    private static ObjectNode asJson(Accounting accounting) {
        ObjectNode node = Json.mapper().createObjectNode();
        node.put("adds_up", accounting.addsUp());
        node.put("source", accounting.source().name().toLowerCase(Locale.ROOT));
        node.put(
                "as_of",
                accounting.source() == Accounting.Source.COUNTS
                        ? Instant.ofEpochSecond(0, accounting.asOfNanos()).toString()
                        : null);
        node.put("seen", accounting.seen());
        node.put("recorded", accounting.recorded());
        ObjectNode filtered = node.putObject("filtered");
        accounting.filtered().forEach(filtered::put);
        ObjectNode lost = node.putObject("lost");
        accounting.lost().forEach((reason, exchanges) -> lost.put(AccountingWords.label(reason), exchanges));
        node.put("open", accounting.open());
        node.put("lost_steps", accounting.lostSteps());
        node.put("recorded_since", accounting.recordedSince());
        node.put("lost_since", accounting.lostSince());
        return node;
    }
}
