package dev.mcpreel.replay.plan;

/**
 * What shapes a plan, besides the recording.
 *
 * @param copies agents for each recorded session; 0 when the run goes by agents and duration
 * @param agents agents that play one session after another; 0 when the run goes by copies
 * @param durationNanos how long agents send, session after session; 0 when the run goes by copies
 * @param speed divides recorded think times and arrival offsets
 * @param tools which tools may be played
 * @param callTimeoutNanos how long a request may take before the agent gives up; never divided by speed
 */
public record PlanOptions(
        int copies, int agents, long durationNanos, double speed, long seed, ToolPolicy tools, long callTimeoutNanos) {
    /** The most agents of one plan: room for the largest run a process can hold, and no accident of a zero too many. */
    public static final int MAX_AGENTS = 1_000_000;

    private static final long DEFAULT_CALL_TIMEOUT_NANOS = 60_000_000_000L;

    /** @throws PlanException naming the option that cannot be */
    public PlanOptions {
        if (copies != 0 && (agents != 0 || durationNanos != 0)) {
            throw new PlanException("--copies goes without --agents and --duration: give one or the other");
        }
        if (agents == 0 && durationNanos == 0) {
            if (copies < 1 || copies > MAX_AGENTS) {
                throw new PlanException("--copies must be from 1 to " + MAX_AGENTS + ", got " + copies);
            }
        } else if (agents < 1 || agents > MAX_AGENTS) {
            throw new PlanException("--agents must be from 1 to " + MAX_AGENTS + ", got " + agents);
        } else if (durationNanos < 1) {
            throw new PlanException("--agents needs a --duration above 0, for example --duration 60s");
        }
        if (!(speed >= 0.001 && speed <= 1000)) {
            throw new PlanException("--speed must be from 0.001 to 1000, got " + speed);
        }
        if (callTimeoutNanos < 1) {
            throw new PlanException("--call-timeout must be above 0, for example --call-timeout 60s");
        }
    }

    /** Each recorded session is played by so many agents, at recorded speed, safe tools only. */
    public static PlanOptions ofCopies(int copies) {
        return new PlanOptions(copies, 0, 0, 1, 1, ToolPolicy.SAFE, DEFAULT_CALL_TIMEOUT_NANOS);
    }

    /** So many agents each play one session after another for so long, at recorded speed, safe tools only. */
    public static PlanOptions ofAgents(int agents, long durationNanos) {
        return new PlanOptions(0, agents, durationNanos, 1, 1, ToolPolicy.SAFE, DEFAULT_CALL_TIMEOUT_NANOS);
    }

    public PlanOptions withSpeed(double factor) {
        return new PlanOptions(copies, agents, durationNanos, factor, seed, tools, callTimeoutNanos);
    }

    public PlanOptions withSeed(long number) {
        return new PlanOptions(copies, agents, durationNanos, speed, number, tools, callTimeoutNanos);
    }

    public PlanOptions withTools(ToolPolicy policy) {
        return new PlanOptions(copies, agents, durationNanos, speed, seed, policy, callTimeoutNanos);
    }

    public PlanOptions withCallTimeoutNanos(long nanos) {
        return new PlanOptions(copies, agents, durationNanos, speed, seed, tools, nanos);
    }

    /** Whether agents play session after session until the duration is over. */
    public boolean goesByDuration() {
        return copies == 0;
    }
}
