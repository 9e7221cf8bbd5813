package dev.mcpreel.replay.plan;

/**
 * A value that agents sent, that the capture holds only as a hash, and that no live answer gives.
 *
 * @param mask what stands for it in the capture
 * @param place where the agents had it: {@code header Authorization}, or a step's name and a JSON pointer
 * @param uses how often: recorded sessions for a header or a cookie, recorded steps for the rest
 */
public record Lacking(String mask, Place place, String at, long uses) {
    /** What kind of place it is. */
    public enum Place {
        HEADER,
        COOKIE,
        /** An argument, or another value within a message of the agent. */
        MESSAGE,
        /** Within the agent's answer to a request of the server. */
        ANSWER
    }
}
