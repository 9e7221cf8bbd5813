package dev.mcpreel.replay.agent;

import dev.mcpreel.captures.exchange.Outcome;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.jspecify.annotations.Nullable;

/**
 * What the agents of a run add up to so far. Thread-safe; a reader may see one count a moment before another that
 * belongs to it.
 */
public final class RunMeter {
    private static final int DIGITS = 3;

    /** What is longer counts as this. With a fixed range, recording never takes the lock under which a histogram grows. */
    private static final long LONGEST_NANOS = TimeUnit.DAYS.toNanos(1);

    private final AtomicInteger alive = new AtomicInteger();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final LongAdder started = new LongAdder();
    private final LongAdder finished = new LongAdder();
    private final LongAdder iterations = new LongAdder();
    private final LongAdder due = new LongAdder();
    private final LongAdder sent = new LongAdder();
    private final LongAdder recorded = new LongAdder();
    private final LongAdder calls = new LongAdder();
    private final LongAdder sessionsLost = new LongAdder();
    private final AtomicReference<@Nullable String> firstFault = new AtomicReference<>();
    private final Map<Outcome, LongAdder> outcomes = new EnumMap<>(Outcome.class);
    private final ConcurrentHistogram lateness = new ConcurrentHistogram(LONGEST_NANOS, DIGITS);
    private final ConcurrentHistogram callTimes = new ConcurrentHistogram(LONGEST_NANOS, DIGITS);

    public RunMeter() {
        for (Outcome outcome : Outcome.values()) {
            outcomes.put(outcome, new LongAdder());
        }
    }

    /** An agent arrived. */
    public void agentStarted() {
        alive.incrementAndGet();
        started.increment();
    }

    /** An agent will play nothing more. */
    public void agentFinished() {
        alive.decrementAndGet();
        finished.increment();
    }

    void iterationDone() {
        iterations.increment();
    }

    /** A step fell due and was never handed over. */
    void missed() {
        due.increment();
    }

    /** A step fell due and was handed over this much later. */
    void sent(long latenessNanos) {
        due.increment();
        sent.increment();
        lateness.recordValue(within(latenessNanos));
    }

    /** An agent failed inside: an error of ours that makes the run invalid. */
    void fault(String what) {
        firstFault.compareAndSet(null, what);
    }

    void waiting(int change) {
        inFlight.addAndGet(change);
    }

    void sessionLost() {
        sessionsLost.increment();
    }

    void recorded(Outcome outcome) {
        recorded.increment();
        count(outcome).increment();
    }

    /** A tools/call was answered, or failed, this long after it was handed over. */
    void called(long serviceNanos) {
        calls.increment();
        callTimes.recordValue(within(serviceNanos));
    }

    private static long within(long nanos) {
        return Math.min(Math.max(0, nanos), LONGEST_NANOS);
    }

    private LongAdder count(Outcome outcome) {
        LongAdder count = outcomes.get(outcome);
        if (count == null) {
            throw new AssertionError("no counter for " + outcome);
        }
        return count;
    }

    public int agentsAlive() {
        return alive.get();
    }

    public long agentsStarted() {
        return started.sum();
    }

    public long agentsFinished() {
        return finished.sum();
    }

    /** Agent sessions played to their end. */
    public long iterations() {
        return iterations.sum();
    }

    /** Requests that wait for their answer now. */
    public int inFlight() {
        return inFlight.get();
    }

    /** Steps whose time had come, handed over or not. */
    public long due() {
        return due.sum();
    }

    /** Steps handed to the transport. */
    public long sent() {
        return sent.sum();
    }

    /** Step records written, those of steps never sent among them. */
    public long recorded() {
        return recorded.sum();
    }

    /** tools/call requests that were handed over and are over. */
    public long calls() {
        return calls.sum();
    }

    /** What failed inside an agent first, or null. */
    public @Nullable String firstFault() {
        return firstFault.get();
    }

    public long sessionsLost() {
        return sessionsLost.sum();
    }

    /** Steps by outcome, zeros left out. */
    public Map<Outcome, Long> outcomes() {
        Map<Outcome, Long> counts = new EnumMap<>(Outcome.class);
        outcomes.forEach((outcome, count) -> {
            if (count.sum() > 0) {
                counts.put(outcome, count.sum());
            }
        });
        return counts;
    }

    /** Steps that failed the agent. */
    public long errors() {
        return outcomes.entrySet().stream()
                .filter(entry -> entry.getKey().isError())
                .mapToLong(entry -> entry.getValue().sum())
                .sum();
    }

    /** Handed over less due, in nanoseconds, at a percentile from 0 to 100; 0 when nothing was sent. */
    public long latenessNanosAt(double percentile) {
        return lateness.getValueAtPercentile(percentile);
    }

    /** Service time of tools/call, in nanoseconds, at a percentile from 0 to 100; 0 when none is over. */
    public long callNanosAt(double percentile) {
        return callTimes.getValueAtPercentile(percentile);
    }
}
