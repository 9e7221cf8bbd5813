package dev.mcpreel.proxy.upstream;

/**
 * How one of several upstreams is, for people. Counts go on while they are read, so they fit each other only roughly.
 *
 * @param up whether it takes connections, as far as is known
 * @param lastedNanos for how long it has been so
 * @param reason why it is down, in a few words; empty when it is up
 * @param exchanges those it was given so far, without those it could not be connected to for
 * @param inFlight those of them that have not ended; an event stream is one
 * @param rebinds exchanges that another served because this one, to which they were bound, was down: for sessions one
 *     for each move, for clients and header values every exchange
 */
public record UpstreamStatus(
        String name, boolean up, long lastedNanos, String reason, long exchanges, int inFlight, long rebinds) {}
