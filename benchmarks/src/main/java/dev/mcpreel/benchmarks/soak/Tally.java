package dev.mcpreel.benchmarks.soak;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * What a generator saw. Confined to its event loop; times are microseconds. Times of what was due before a moment are left
 * out, because three JVMs that warm up at once say nothing about a day of service; everything else counts from the start.
 */
final class Tally {
    private static final int DIGITS = 3;

    private final Map<Form, Histogram> times = new EnumMap<>(Form.class);
    private final Histogram waits = new Histogram(DIGITS);
    private final Histogram eventDelays = new Histogram(DIGITS);
    private final Map<String, Long> errors = new TreeMap<>();
    private long due;
    private long answered;
    private long events;
    private long timedFromNanos;

    Tally() {
        for (Form form : Form.values()) {
            times.put(form, new Histogram(DIGITS));
        }
    }

    void timeFrom(long nanos) {
        timedFromNanos = nanos;
    }

    void due() {
        due++;
    }

    /** A call went out; what it waited for is a free connection, or the generator itself. */
    void sent(long dueNanos, long nowNanos) {
        time(waits, dueNanos, nowNanos);
    }

    /** A call was answered, and rightly so. */
    void answered(Form form, long dueNanos, long nowNanos) {
        answered++;
        time(times.get(form), dueNanos, nowNanos);
    }

    /** A stream's next event came whole. */
    void event(long sentNanos, long nowNanos) {
        events++;
        time(eventDelays, sentNanos, nowNanos);
    }

    void error(String what) {
        errors.merge(what, 1L, Long::sum);
    }

    long dueCalls() {
        return due;
    }

    long answeredCalls() {
        return answered;
    }

    long events() {
        return events;
    }

    /** How often each thing went wrong; empty is what a soak wants. */
    Map<String, Long> errors() {
        return Map.copyOf(errors);
    }

    /** One line on how it goes. */
    String line() {
        return String.format(
                Locale.ROOT,
                "calls %d due, %d answered, %d events, errors %s",
                due,
                answered,
                events,
                errors.isEmpty() ? "none" : errors);
    }

    /** All of it, for a person. */
    String report() {
        StringBuilder text = new StringBuilder(line()).append('\n');
        text.append(String.format(
                Locale.ROOT,
                "%-22s %9s %9s %9s %9s %9s %9s%n",
                "milliseconds",
                "count",
                "p50",
                "p90",
                "p99",
                "p99.9",
                "max"));
        times.forEach((form, histogram) -> row(text, "due to answered " + form.tool(), histogram));
        row(text, "due to sent", waits);
        row(text, "stream event", eventDelays);
        return text.toString();
    }

    private static void row(StringBuilder text, String name, Histogram histogram) {
        text.append(String.format(Locale.ROOT, "%-22s %9d", name, histogram.getTotalCount()));
        for (double percentile : new double[] {50, 90, 99, 99.9, 100}) {
            text.append(String.format(Locale.ROOT, " %9.2f", histogram.getValueAtPercentile(percentile) / 1e3));
        }
        text.append('\n');
    }

    private void time(Histogram histogram, long fromNanos, long toNanos) {
        if (fromNanos - timedFromNanos >= 0) {
            histogram.recordValue(Math.max(0, TimeUnit.NANOSECONDS.toMicros(toNanos - fromNanos)));
        }
    }
}
