package dev.mcpreel.captures.exchange;

/**
 * One step of a replay as it was planned and as it went. Times that never came are 0.
 *
 * @param atNanos when the step ended: the same clock as every other time here
 * @param exchangeId the exchange that carried it, 0 when none was recorded
 * @param agent counts the agents of the run from 0
 * @param session the recorded session played, as its position in the plan's list of sessions, from 0
 * @param step the step's position in that session, from 0
 * @param method number of the JSON-RPC method's name, see {@link NameDefined}; 0 for none
 * @param tool number of the tool's name, 0 unless the method is tools/call
 * @param instance number of the answering instance's name, 0 when unknown
 * @param code the JSON-RPC error code for {@link Outcome#RPC_ERROR}, otherwise the HTTP status, 0 when none came
 * @param plannedNanos when the recording alone would have had it sent
 * @param dueNanos when it had to be sent, given how the target answered
 * @param sentNanos when it was handed to the transport
 * @param firstEventNanos when the first event or body byte of the answer came
 * @param doneNanos when the answer was complete
 * @param ownNanos what the agent itself took answering the server meanwhile, no part of the service time; kept in the
 *     log in microseconds
 * @param bytesOut body bytes sent, at most 4 GiB are kept in the log
 * @param bytesIn body bytes received, likewise
 */
public record StepRecord(
        long atNanos,
        long exchangeId,
        long connectionId,
        int agent,
        int session,
        int step,
        StepKind stepKind,
        int method,
        int tool,
        int instance,
        Outcome outcome,
        int code,
        long plannedNanos,
        long dueNanos,
        long sentNanos,
        long firstEventNanos,
        long doneNanos,
        long ownNanos,
        long bytesOut,
        long bytesIn)
        implements CaptureEvent {
    @Override
    public EventKind kind() {
        return EventKind.STEP;
    }

    /** How late the step was handed over: the generator's own error. */
    public long latenessNanos() {
        return sentNanos - dueNanos;
    }

    /** From handing over to the complete answer, connecting included, the agent's own answering excluded. */
    public long serviceNanos() {
        return doneNanos - sentNanos - ownNanos;
    }

    /** From the moment it was due to the complete answer: what the agent felt. */
    public long responseNanos() {
        return doneNanos - dueNanos;
    }

    /** How far the target had pushed the agent behind (or ahead of, when negative) the recording. */
    public long lagNanos() {
        return dueNanos - plannedNanos;
    }
}
