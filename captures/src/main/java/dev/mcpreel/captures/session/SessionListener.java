package dev.mcpreel.captures.session;

/** Receives what the session model finds, in the order it becomes certain. All methods are called on the feeding thread. */
public interface SessionListener {
    /** An exchange is whole, or the capture has no more of it. Every exchange of the capture comes here once. */
    default void onExchange(SessionExchange exchange) {}

    /**
     * It is known to which agent session an exchange belongs. After {@link #onExchange} for all but standalone streams, and not
     * for exchanges that belong to none.
     */
    default void onAssigned(long exchangeId, String sessionId) {}

    /** A request is answered, or can no longer be. */
    default void onRequest(RequestTrace request) {}

    /**
     * The requests of one session once more, now in order of their starts, as soon as everything that began before is known; in
     * rare cases (a request whose session shows only when it ends) one comes after a later one. Those of a session that is not
     * kept come without arguments and results.
     */
    default void onOrdered(RequestTrace request) {}

    /**
     * A call is over, with all its legs. Each leg was told of as a request before. The first and the last leg have arguments and
     * results; those between only in a session that is kept, and so has the first when the call waits for its answer beside very
     * much else. One of several legs is told of when nothing
     * that began before its last leg is open any more.
     */
    default void onCall(Call call) {}

    /** An agent session is over, or the capture is. */
    default void onSession(AgentSession session) {}
}
