package dev.mcpreel.cli;

import dev.mcpreel.analysis.report.TerminalText;
import dev.mcpreel.captures.exchange.LossReason;
import dev.mcpreel.captures.store.Counts;
import dev.mcpreel.captures.tap.RecorderStatus;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** How a recording is told: what is wrong comes first, because a narrow terminal cuts off the end. */
final class RecordingWords {
    /** More of it would push out what is lost. */
    private static final int LONGEST_TROUBLE = 45;

    private RecordingWords() {}

    /** Empty when all is well, else words that something else may follow. */
    static String alarm(RecorderStatus status) {
        String trouble = trouble(status);
        return (trouble.isEmpty() ? "" : "NOT RECORDING: " + trouble + "; ")
                + (status.lostExchanges() == 0 ? "" : lost(status.lost()) + "; ");
    }

    static String trouble(RecorderStatus status) {
        String trouble = status.trouble();
        return trouble.length() <= LONGEST_TROUBLE ? trouble : trouble.substring(0, LONGEST_TROUBLE - 3) + "...";
    }

    /** For example {@code LOST 12 exchanges (disk full 9, lane full 3)}. */
    static String lost(Map<LossReason, Long> lost) {
        long sum = lost.values().stream().mapToLong(Long::longValue).sum();
        Map<String, Long> byName =
                lost.entrySet().stream().collect(Collectors.toMap(entry -> name(entry.getKey()), Map.Entry::getValue));
        return "LOST " + Amounts.count(sum, "exchange") + " (" + AccountingWords.parts(byName) + ")";
    }

    /** For example {@code , filtered 8 (except tool:echo)}; empty when nothing was. */
    static String filtered(String before, Map<String, Long> filtered) {
        long sum = filtered.values().stream().mapToLong(Long::longValue).sum();
        return sum == 0 ? "" : before + "filtered " + sum + " (" + AccountingWords.parts(filtered) + ")";
    }

    /** What is not in a capture, and why. */
    static String notRecorded(Counts counts) {
        return (counts.lostExchanges() == 0 ? "lost nothing" : lost(counts.lost())) + filtered(", ", counts.filtered());
    }

    /** What is going to be left out. */
    static String filter(List<String> rules) {
        return "recording " + TerminalText.escape(String.join(", ", rules))
                + "; what that leaves out is relayed and counted";
    }

    private static String name(LossReason reason) {
        return reason.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
