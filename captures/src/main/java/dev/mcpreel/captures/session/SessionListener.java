package dev.mcpreel.captures.session;

/** Receives what the session model finds, in the order it becomes certain. All methods are called on the feeding thread. */
public interface SessionListener {
    /** An exchange is whole, or the capture has no more of it. Every exchange of the capture comes here once. */
    default void onExchange(SessionExchange exchange) {}

    /** An exchange turned out to be of an agent session: a POST or DELETE when it ended, a stream as soon as that is known. */
    default void onAssigned(long exchangeId, String sessionId) {}

    /** A request is answered, or can no longer be. */
    default void onRequest(RequestTrace request) {}

    /** An agent session is over, or the capture is. */
    default void onSession(AgentSession session) {}
}
