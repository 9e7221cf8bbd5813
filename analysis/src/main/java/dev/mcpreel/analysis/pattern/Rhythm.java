package dev.mcpreel.analysis.pattern;

import dev.mcpreel.captures.exchange.Outcome;
import dev.mcpreel.captures.session.Call;
import dev.mcpreel.captures.session.SessionShape;
import dev.mcpreel.captures.session.Spread;
import java.util.EnumMap;
import java.util.Map;

/** Pauses, bursts and durations of all sessions together. */
public final class Rhythm {
    /** What is spread. The terms are those of {@link SessionShape}. */
    public enum Measure {
        THINK_TIME("think time", true),
        IDLE_GAP("idle gap", true),
        /** Service time, of calls that were answered or failed. */
        CALL_DURATION("call duration", true),
        BURST_SIZE("burst size", false),
        BURST_CONCURRENCY("burst concurrency", false),
        CALLS_PER_SESSION("calls per session", false),
        PARALLELISM("parallelism", false);

        private final String label;
        private final boolean duration;

        Measure(String label, boolean duration) {
            this.label = label;
            this.duration = duration;
        }

        public String label() {
            return label;
        }

        /** Whether the values are nanoseconds and not counts. */
        public boolean isDuration() {
            return duration;
        }
    }

    private final Map<Measure, Spread> spreads = new EnumMap<>(Measure.class);

    Rhythm() {
        for (Measure measure : Measure.values()) {
            spreads.put(measure, new Spread());
        }
    }

    void call(Call call) {
        boolean ended = call.outcome() != Outcome.CANCELLED
                && call.outcome() != Outcome.INTERRUPTED
                && call.outcome() != Outcome.SKIPPED;
        if (ended) {
            of(Measure.CALL_DURATION).add(call.serviceNanos());
        }
    }

    void session(SessionShape shape) {
        of(Measure.THINK_TIME).add(shape.thinkTimes());
        of(Measure.IDLE_GAP).add(shape.idleGaps());
        of(Measure.BURST_SIZE).add(shape.burstSizes());
        of(Measure.BURST_CONCURRENCY).add(shape.burstParallelism());
        of(Measure.CALLS_PER_SESSION).add(shape.calls());
        of(Measure.PARALLELISM).add(shape.parallelism());
    }

    /** All values, to within 1.6 %. */
    public Spread of(Measure measure) {
        return spreads.getOrDefault(measure, new Spread());
    }
}
