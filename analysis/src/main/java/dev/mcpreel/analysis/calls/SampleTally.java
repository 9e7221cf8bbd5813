package dev.mcpreel.analysis.calls;

import dev.mcpreel.captures.exchange.RunSample;

/** What a replaying process said of itself. All values are 0 without samples. */
public final class SampleTally {
    private long samples;
    private int lastAgents;
    private int leastAgents = Integer.MAX_VALUE;
    private int peakAgents;
    private long sent;
    private long due;
    private long longestStallNanos;
    private int peakProcessCpuPermille;
    private int peakMachineCpuPermille;

    SampleTally() {}

    void add(RunSample sample) {
        samples++;
        lastAgents = sample.agents();
        leastAgents = Math.min(leastAgents, sample.agents());
        peakAgents = Math.max(peakAgents, sample.agents());
        sent = Math.max(sent, sample.sent());
        due = Math.max(due, sample.due());
        longestStallNanos = Math.max(longestStallNanos, sample.longestStallNanos());
        peakProcessCpuPermille = Math.max(peakProcessCpuPermille, sample.processCpuPermille());
        peakMachineCpuPermille = Math.max(peakMachineCpuPermille, sample.machineCpuPermille());
    }

    public long samples() {
        return samples;
    }

    /** Agents alive, by sample. */
    public Concurrency agents() {
        return samples == 0 ? Concurrency.NONE : new Concurrency(lastAgents, leastAgents, peakAgents);
    }

    /** Steps handed over by the newest sample. */
    public long sent() {
        return sent;
    }

    /** Steps due by the newest sample. */
    public long due() {
        return due;
    }

    /** The longest time an event loop did not come round. */
    public long longestStallNanos() {
        return longestStallNanos;
    }

    /** Highest processor time of the process in one sample; 1000 = one core. */
    public int peakProcessCpuPermille() {
        return peakProcessCpuPermille;
    }

    /** Highest busy share of the machine in one sample; 1000 = all cores. */
    public int peakMachineCpuPermille() {
        return peakMachineCpuPermille;
    }
}
