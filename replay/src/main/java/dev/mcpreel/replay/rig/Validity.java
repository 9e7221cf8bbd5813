package dev.mcpreel.replay.rig;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** The run judges itself before anyone judges the target. Pure. */
final class Validity {
    private static final double SENT_SHARE = 0.99;
    private static final long LATENESS_FLOOR_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long STALL_LIMIT_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private Validity() {}

    /** Why the run may not be judged, one sentence each with what to change; empty when it is valid. */
    static List<String> reasons(Evidence evidence) {
        List<String> reasons = new ArrayList<>();
        if (evidence.sent() < SENT_SHARE * evidence.due()) {
            reasons.add(text(
                    "Only %.1f %% of the steps that fell due were sent (%d of %d; 99 %% are needed): this machine could"
                            + " not keep up, so lower --copies, --agents or --speed, or give it more processors.",
                    100.0 * evidence.sent() / evidence.due(), evidence.sent(), evidence.due()));
        }
        long allowed = Math.max(LATENESS_FLOOR_NANOS, evidence.medianThinkNanos() / 100);
        if (evidence.latenessP99Nanos() > allowed) {
            reasons.add(text(
                    "Steps were sent late: 1 in 100 by more than %.1f ms (%.1f ms are allowed): this machine was too"
                            + " slow, so lower --copies, --agents or --speed, or give it more processors.",
                    millis(evidence.latenessP99Nanos()), millis(allowed)));
        }
        if (evidence.longestStallNanos() > STALL_LIMIT_NANOS) {
            reasons.add(text(
                    "An event loop stood still for %.0f ms (200 ms are allowed): garbage collection or other programs"
                            + " took the machine, so give the JVM more memory, or the machine less else to do.",
                    millis(evidence.longestStallNanos())));
        }
        if (evidence.localErrors() > 0) {
            reasons.add(text(
                    "This machine could not open %d connections (%s): raise its limit of open files (ulimit -n) or its"
                            + " range of local ports, or lower --copies or --agents.",
                    evidence.localErrors(), String.valueOf(evidence.firstLocalError())));
        }
        if (evidence.lostSteps() > 0) {
            reasons.add(text(
                    "%d step records were lost: the disk under --out was too slow, so choose a faster one, or lower"
                            + " --copies, --agents or --speed.",
                    evidence.lostSteps()));
        }
        if (evidence.fault() != null) {
            reasons.add(text(
                    "An agent failed inside (%s): this is a fault of mcp-reel, please report it.", evidence.fault()));
        }
        return reasons;
    }

    private static double millis(long nanos) {
        return nanos / 1e6;
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
