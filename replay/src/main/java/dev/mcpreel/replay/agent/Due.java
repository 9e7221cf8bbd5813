package dev.mcpreel.replay.agent;

/** A step whose predecessors are done, and when it is to be sent: monotonic nanoseconds. */
record Due(int step, long dueNanos, long plannedNanos) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
        int byTime = Long.compare(dueNanos, other.dueNanos);
        return byTime != 0 ? byTime : Integer.compare(step, other.step);
    }
}
