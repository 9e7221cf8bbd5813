package dev.mcpreel.captures.session;

/** Receives what the session model finds, in the order it becomes certain. All methods are called on the feeding thread. */
public interface SessionListener {
    /** An exchange is whole, or the capture has no more of it. Every exchange of the capture comes here once. */
    default void onExchange(SessionExchange exchange) {}

    /** A request is answered, or can no longer be. */
    default void onRequest(RequestTrace request) {}

    /** An agent session is over, or the capture is. */
    default void onSession(AgentSession session) {}
}
