package dev.mcpreel.cli;

import dev.mcpreel.captures.exchange.LossReason;
import dev.mcpreel.captures.tap.RecorderStatus;
import java.util.Comparator;
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
        String reasons = lost.entrySet().stream()
                .sorted(Map.Entry.<LossReason, Long>comparingByValue(Comparator.reverseOrder()))
                .map(entry -> name(entry.getKey()) + (lost.size() == 1 ? "" : " " + entry.getValue()))
                .collect(Collectors.joining(", "));
        return "LOST " + Amounts.count(sum, "exchange") + " (" + reasons + ")";
    }

    private static String name(LossReason reason) {
        return reason.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
