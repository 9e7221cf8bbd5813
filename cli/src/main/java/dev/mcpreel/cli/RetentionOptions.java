package dev.mcpreel.cli;

import dev.mcpreel.captures.store.Retention;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How long the captures of a store are kept. */
final class RetentionOptions {
    @Option(
            names = "--max-size",
            paramLabel = "SIZE",
            description =
                    "What all captures in DIR together may take of the disk, for example 10G; at least 64M. The oldest"
                            + " records go first, of older captures before those of this one. Default: no bound")
    private @Nullable String maxSize;

    @Option(
            names = "--max-age",
            paramLabel = "TIME",
            description = "How long records are kept in DIR, for example 7d; at least 1m. They go by the file, so some"
                    + " are kept up to an eighth longer. Default: for ever")
    private @Nullable String maxAge;

    @Option(
            names = "--retain",
            paramLabel = "N",
            description = "How many captures are kept in DIR, this one among them. Default: all")
    private @Nullable Integer retain;

    /** What they add up to; complains about the first that makes no sense. */
    Retention retention() {
        if (retain != null && retain < 1) {
            throw CommandFailure.usage("--retain " + retain + ": write a number from 1, this capture is one");
        }
        return Retention.of(bytes(), nanos(), retain == null ? Integer.MAX_VALUE : retain);
    }

    private long bytes() {
        if (maxSize == null) {
            return Long.MAX_VALUE;
        }
        long bytes = Sizes.bytes("--max-size", maxSize);
        if (bytes < Retention.LEAST_BYTES) {
            throw CommandFailure.usage("--max-size " + maxSize + " is too little: write "
                    + (Retention.LEAST_BYTES >> 20) + "M or more, or leave it out to keep everything");
        }
        return bytes;
    }

    private long nanos() {
        if (maxAge == null) {
            return Long.MAX_VALUE;
        }
        long nanos = Durations.nanosOrZero("--max-age", maxAge);
        if (nanos < Retention.LEAST_AGE_NANOS) {
            throw CommandFailure.usage(
                    "--max-age " + maxAge + " is too short: write 1m or more, or leave it out to keep everything");
        }
        return nanos;
    }
}
