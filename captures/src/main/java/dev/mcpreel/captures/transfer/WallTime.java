package dev.mcpreel.captures.transfer;

import dev.mcpreel.captures.exchange.ClockAnchor;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.OptionalLong;

/** Wall times as files spell them. */
final class WallTime {
    private static final long NANOS = 1_000_000_000L;

    private WallTime() {}

    /** ISO 8601 in UTC, to the nanosecond. */
    static String iso(ClockAnchor anchor, long atNanos) {
        return instant(anchor.wallOf(atNanos)).toString();
    }

    /** ISO 8601 in UTC, to the millisecond, as browsers write it. */
    static String isoMillis(ClockAnchor anchor, long atNanos) {
        Instant at = instant(anchor.wallOf(atNanos)).truncatedTo(ChronoUnit.MILLIS);
        return DateTimeFormatter.ISO_INSTANT.format(at);
    }

    /** Nanoseconds since the epoch of an ISO 8601 time with an offset; empty when it is none. */
    static OptionalLong nanos(String iso) {
        try {
            Instant at = OffsetDateTime.parse(iso).toInstant();
            return OptionalLong.of(Math.addExact(Math.multiplyExact(at.getEpochSecond(), NANOS), at.getNano()));
        } catch (DateTimeException | ArithmeticException e) {
            return OptionalLong.empty();
        }
    }

    private static Instant instant(long wallNanos) {
        return Instant.ofEpochSecond(Math.floorDiv(wallNanos, NANOS), Math.floorMod(wallNanos, NANOS));
    }
}
