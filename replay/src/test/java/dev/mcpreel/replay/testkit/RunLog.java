package dev.mcpreel.replay.testkit;

import dev.mcpreel.captures.exchange.RunSample;
import dev.mcpreel.captures.exchange.StepRecord;
import dev.mcpreel.captures.tap.RunTap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A run tap that remembers what it was told. */
public final class RunLog implements RunTap {
    private final Map<String, Integer> ids = new ConcurrentHashMap<>();
    private final List<StepRecord> steps = new CopyOnWriteArrayList<>();
    private final List<RunSample> samples = new CopyOnWriteArrayList<>();
    private volatile Consumer<StepRecord> onStep = step -> {};
    private volatile long lost;

    /** Does this on the agent's loop whenever a step is recorded. */
    public RunLog onStep(Consumer<StepRecord> action) {
        onStep = action;
        return this;
    }

    public RunLog losing(long steps) {
        lost = steps;
        return this;
    }

    public List<StepRecord> steps() {
        return List.copyOf(steps);
    }

    public List<RunSample> samples() {
        return List.copyOf(samples);
    }

    /** The name behind a number, empty for 0. */
    public String name(int id) {
        return ids.entrySet().stream()
                .filter(entry -> entry.getValue() == id)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("");
    }

    @Override
    public synchronized int nameId(String name) {
        return ids.computeIfAbsent(name, fresh -> ids.size() + 1);
    }

    @Override
    public void step(StepRecord step) {
        steps.add(step);
        onStep.accept(step);
    }

    @Override
    public void sample(RunSample sample) {
        samples.add(sample);
    }

    @Override
    public long lostSteps() {
        return lost;
    }
}
