package dev.mcpreel.cli;

import dev.mcpreel.analysis.report.TerminalText;
import dev.mcpreel.captures.exchange.LossReason;
import dev.mcpreel.captures.store.Accounting;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What became of the exchanges of a capture, for people. */
final class AccountingWords {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private AccountingWords() {}

    /** What must be known before anything of the capture is read: a warning of losses, a note of filters. */
    static List<String> top(Accounting accounting) {
        List<String> lines = new ArrayList<>();
        String lost = lost(accounting);
        if (!lost.isEmpty()) {
            lines.add("warning: this capture lost " + lost + "; what follows lacks them, or parts of them");
        }
        if (accounting.filteredExchanges() > 0) {
            lines.add("note: " + accounting.filteredExchanges() + " of "
                    + Amounts.count(accounting.seen(), "exchange") + " were left out on purpose ("
                    + parts(accounting.filtered()) + ")");
        }
        return lines;
    }

    private static String lost(Accounting accounting) {
        List<String> parts = new ArrayList<>();
        long exchanges = accounting.lostExchanges();
        if (exchanges > 0) {
            parts.add((accounting.source() == Accounting.Source.LOG
                            ? "at least " + Amounts.count(exchanges, "exchange")
                            : exchanges + " of " + Amounts.count(accounting.seen(), "exchange"))
                    + " (" + reasons(accounting.lost()) + ")" + asOf(" by ", accounting));
        }
        if (accounting.lostSince() > 0) {
            parts.add("at least " + Amounts.count(accounting.lostSince(), "exchange") + asOf(" after ", accounting));
        }
        if (accounting.lostSteps() > 0) {
            parts.add(Amounts.count(accounting.lostSteps(), "step record"));
        }
        return String.join(" and ", parts);
    }

    /** For example {@code seen 940 = recorded 930 + filtered 8 (except tool:echo 8) + lost 2 (lane_full 2)}. */
    static String equation(Accounting accounting) {
        StringBuilder text = new StringBuilder("seen " + accounting.seen());
        text.append(accounting.addsUp() ? " = " : ", but ").append("recorded ").append(accounting.recorded());
        text.append(" + filtered ").append(accounting.filteredExchanges());
        text.append(inBrackets(accounting.filtered()));
        Map<String, Long> lost = new TreeMap<>();
        accounting.lost().forEach((reason, exchanges) -> lost.put(label(reason), exchanges));
        text.append(" + lost ").append(accounting.lostExchanges()).append(inBrackets(lost));
        if (accounting.source() != Accounting.Source.MANIFEST) {
            text.append(" + open ").append(accounting.open());
        }
        if (!accounting.addsUp()) {
            text.append(" are ").append(accounting.sum()).append(": DOES NOT ADD UP");
        }
        return text.toString();
    }

    /** Where the numbers of the equation come from, and what they do not hold. */
    static String origin(Accounting accounting) {
        return switch (accounting.source()) {
            case MANIFEST -> "";
            case LOG -> "of what stands in the log: what was filtered is not known, and losses may be more";
            case COUNTS ->
                asOf("as of ", accounting) + ", the last counts in the log; behind them "
                        + Amounts.count(accounting.recordedSince(), "exchange") + " more recorded"
                        + (accounting.lostSince() == 0 ? "" : ", at least " + accounting.lostSince() + " lost");
        };
    }

    /** The most first; without a number where there is only one. */
    static String parts(Map<String, Long> counts) {
        return counts.size() == 1
                ? TerminalText.escape(counts.keySet().iterator().next())
                : numbered(counts);
    }

    private static String numbered(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(entry -> TerminalText.escape(entry.getKey()) + " " + entry.getValue())
                .collect(Collectors.joining(", "));
    }

    static String label(LossReason reason) {
        return reason.name().toLowerCase(Locale.ROOT);
    }

    private static String inBrackets(Map<String, Long> counts) {
        return counts.isEmpty() ? "" : " (" + numbered(counts) + ")";
    }

    private static String reasons(Map<LossReason, Long> lost) {
        return lost.entrySet().stream()
                .sorted(Map.Entry.<LossReason, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(entry -> (lost.size() == 1 ? "" : entry.getValue() + " ") + to(entry.getKey()))
                .collect(Collectors.joining(", "));
    }

    private static String to(LossReason reason) {
        return switch (reason) {
            case LANE_FULL -> "to a full lane";
            case DISK_FULL -> "to a full disk";
            case WRITE_FAILED -> "to failed writes";
            case RECORDER_FAULT -> "to faults of the recorder";
            case DAMAGED -> "to damage";
        };
    }

    private static String asOf(String before, Accounting accounting) {
        long nanos = accounting.asOfNanos();
        return accounting.source() == Accounting.Source.COUNTS
                ? before + CLOCK.format(Instant.ofEpochSecond(0, nanos))
                : "";
    }
}
