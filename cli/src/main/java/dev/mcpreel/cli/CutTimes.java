package dev.mcpreel.cli;

import dev.mcpreel.captures.transfer.CutTime;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Reads moments of a capture as people type them: {@code 2026-11-21T10:15:30Z}, or {@code 5m} for so long after it began. */
final class CutTimes {
    private CutTimes() {}

    /** The option is named in the complaint. */
    static CutTime of(String option, String text) {
        String typed = text.strip();
        try {
            if (typed.contains(":") || typed.contains("-")) {
                Instant instant = OffsetDateTime.parse(typed).toInstant();
                long nanos =
                        Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
                return new CutTime(typed, false, nanos);
            }
            return new CutTime(typed, true, Durations.nanosOrZero(option, typed));
        } catch (DateTimeException | ArithmeticException | CommandFailure e) {
            throw CommandFailure.usage(option + " " + typed
                    + " is no time: write 2026-11-21T10:15:30Z, or 90s or 5m after" + " the capture began");
        }
    }
}
