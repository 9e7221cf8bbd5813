package dev.mcpreel.cli;

import dev.mcpreel.captures.store.RetentionStatus;
import java.util.Optional;
import java.util.function.Supplier;

/** Tells once that the oldest records are being removed, and when they should be and cannot. Used by one thread. */
final class RetentionNews implements Supplier<String> {
    private final Supplier<RetentionStatus> retention;
    private boolean toldFirst;
    private String toldTrouble = "";

    RetentionNews(Supplier<RetentionStatus> retention) {
        this.retention = retention;
    }

    /** One line, or nothing when nothing is new. */
    @Override
    public String get() {
        RetentionStatus status = retention.get();
        if (!toldFirst && status.files() > 0) {
            toldFirst = true;
            return "removing the oldest records from now on: " + amount(status) + " so far";
        }
        String trouble = trouble(status);
        // The same a moment later differs in its number only.
        String kind = trouble.replaceAll("[\\d.]+ ?[A-Za-z]*", "");
        if (kind.equals(toldTrouble)) {
            return "";
        }
        toldTrouble = kind;
        return trouble;
    }

    private static String trouble(RetentionStatus status) {
        if (!status.trouble().isEmpty()) {
            return "NOT REMOVING: " + status.trouble() + "; tried again every 10 s";
        }
        return status.overBytes() == 0
                ? ""
                : "the captures take " + Amounts.bytes(status.overBytes())
                        + " more than --max-size: those left are being read or written";
    }

    /** What to say in the end, when there is anything to say. */
    static Optional<String> total(RetentionStatus status) {
        return status.files() == 0 ? Optional.empty() : Optional.of("removed by retention: " + amount(status));
    }

    private static String amount(RetentionStatus status) {
        return Amounts.bytes(status.bytes()) + " in " + Amounts.count(status.files(), "file")
                + (status.captures() == 0
                        ? ""
                        : ", " + Amounts.count(status.captures(), "whole capture") + " among them");
    }
}
