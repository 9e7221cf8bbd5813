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

    /**
     * The live line: what is wrong, what the agents did, and the sum, for example {@code seen 940 = 912 recorded + 8 filtered
     * (except tool:echo) + 2 lost (lane full) + 18 open}. Only a zero of losses is worth a place in it.
     */
    static String progress(RecorderStatus status, long sessions, long calls, long elapsedNanos) {
        double seconds = Math.max(1e-3, elapsedNanos / 1e9);
        return String.format(
                Locale.ROOT,
                "%srecording %s: %s, %s (%.1f/s), %s, %s",
                alarm(status),
                Amounts.duration(elapsedNanos),
                Amounts.count(sessions, "session"),
                Amounts.count(calls, "call"),
                calls / seconds,
                sum(status),
                Amounts.bytes(status.bytesWritten()));
    }

    private static String sum(RecorderStatus status) {
        long filtered = sum(status.filtered());
        long open = status.seen() - status.recorded() - filtered - status.lostExchanges();
        return "seen " + status.seen() + " = " + status.recorded() + " recorded"
                + (filtered == 0
                        ? ""
                        : " + " + filtered + " filtered (" + AccountingWords.parts(status.filtered()) + ")")
                + " + " + status.lostExchanges() + " lost"
                + (status.lost().isEmpty() ? "" : " (" + AccountingWords.parts(byName(status.lost())) + ")")
                + (open == 0 ? "" : " + " + open + " open");
    }

    /** For example {@code LOST 12 exchanges (disk full 9, lane full 3)}. */
    static String lost(Map<LossReason, Long> lost) {
        return "LOST " + Amounts.count(sum(lost), "exchange") + " (" + AccountingWords.parts(byName(lost)) + ")";
    }

    private static Map<String, Long> byName(Map<LossReason, Long> lost) {
        return lost.entrySet().stream().collect(Collectors.toMap(entry -> name(entry.getKey()), Map.Entry::getValue));
    }

    private static long sum(Map<?, Long> exchanges) {
        return exchanges.values().stream().mapToLong(Long::longValue).sum();
    }

    /** For example {@code , filtered 8 (except tool:echo)}; empty when nothing was. */
    static String filtered(String before, Map<String, Long> filtered) {
        long sum = sum(filtered);
        return sum == 0 ? "" : before + "filtered " + sum + " (" + AccountingWords.parts(filtered) + ")";
    }

    /** What is not in a capture, and why, and of how many. */
    static String notRecorded(Counts counts) {
        return (counts.lostExchanges() == 0 ? "lost nothing" : lost(counts.lost())) + filtered(", ", counts.filtered())
                + "; seen " + Amounts.count(counts.seen(), "exchange");
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
