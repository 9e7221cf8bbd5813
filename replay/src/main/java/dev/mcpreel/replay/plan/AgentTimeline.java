package dev.mcpreel.replay.plan;

/**
 * The due times of one live agent that plays one script once. It is told when steps are done and tells which steps that
 * makes due: due = max over predecessors(live done) + think / speed. Every step becomes due exactly once, and costs one
 * visit for each of its predecessors. Times are any one clock's nanoseconds. Not thread-safe: an agent lives on one
 * thread. It calls nothing but its sink, and may be told of a step while it is calling.
 */
public final class AgentTimeline {
    /** Hears what becomes due. A due time may lie ahead, or behind when the agent is late. */
    public interface Sink {
        /** The step is to be sent at {@code dueNanos}; its answer is to be told by {@link AgentTimeline#done(int, long)}. */
        void due(int step, long dueNanos, long plannedNanos);

        /** The plan leaves the step out; nothing is to be told of it. It counts as done at {@code dueNanos}. */
        void leftOut(int step, long dueNanos, long plannedNanos);
    }

    private static final int STARTED = -1;
    private static final int DONE = -2;

    private final Pace pace;
    private final Sink sink;
    private final int[] waiting;
    private final long[] ready;
    /** Steps left out that became due and are not told yet: a list and no recursion, for a session may have thousands. */
    private final int[] leftOut;

    private int leftOutSize;
    private boolean telling;
    private long arrival;
    private int left;

    public AgentTimeline(Pace pace, Sink sink) {
        this.pace = pace;
        this.sink = sink;
        waiting = new int[pace.size()];
        ready = new long[pace.size()];
        leftOut = new int[pace.leftOut()];
        for (int step = 0; step < waiting.length; step++) {
            waiting[step] = pace.predecessors(step);
            left += pace.isStream(step) ? 0 : 1;
        }
    }

    /** The agent arrives: the steps that follow none become due. Called once, first. */
    public void start(long arrivalNanos) {
        arrival = arrivalNanos;
        for (int step = 0; step < waiting.length; step++) {
            if (pace.predecessors(step) == 0) {
                ready[step] = arrivalNanos;
                becomesDue(step);
            }
        }
        tellLeftOut();
    }

    /**
     * The step is answered, failed, or timed out at this moment, or was not sent after all and this is when that was
     * decided. What waited only for it becomes due. A stream may be told of or not: nothing waits for one.
     *
     * @throws IllegalStateException when the step is not due yet, or was told of before
     */
    public void done(int step, long atNanos) {
        if (waiting[step] != STARTED) {
            throw new IllegalStateException("step " + step + " is not in flight");
        }
        settle(step, atNanos);
        tellLeftOut();
    }

    /** When the recording alone would have the step sent, on the clock of the arrival. */
    public long plannedNanos(int step) {
        return arrival + pace.plannedNanos(step);
    }

    /** Whether every step is done, streams aside. */
    public boolean isFinished() {
        return left == 0;
    }

    private void settle(int step, long atNanos) {
        waiting[step] = DONE;
        left -= pace.isStream(step) ? 0 : 1;
        int followers = pace.followers(step);
        for (int i = 0; i < followers; i++) {
            int follower = pace.follower(step, i);
            ready[follower] = Math.max(ready[follower], atNanos);
            if (--waiting[follower] == 0) {
                becomesDue(follower);
            }
        }
    }

    private void becomesDue(int step) {
        waiting[step] = STARTED;
        if (pace.played(step)) {
            sink.due(step, ready[step] + pace.thinkNanos(step), plannedNanos(step));
        } else {
            leftOut[leftOutSize++] = step;
        }
    }

    private void tellLeftOut() {
        if (telling) {
            return;
        }
        telling = true;
        while (leftOutSize > 0) {
            int step = leftOut[--leftOutSize];
            long due = ready[step] + pace.thinkNanos(step);
            sink.leftOut(step, due, plannedNanos(step));
            settle(step, due);
        }
        telling = false;
    }
}
