package dev.mcpreel.analysis.waterfall;

import java.util.Locale;

/** What a row of a {@link Waterfall} stands for. */
public enum RowKind {
    /** A tools/call with all its legs. */
    CALL,
    /** Any other request of the agent. */
    REQUEST,
    /** What the two did to agree on a revision: probes, initialize, notifications/initialized. */
    NEGOTIATION,
    /** A request that is part of a call. */
    LEG,
    /** A request of the server to the agent. */
    SERVER_REQUEST,
    /** A notification of the agent. */
    NOTIFICATION,
    /** A notification of the server. */
    SERVER_NOTIFICATION,
    /** A standalone stream, or a request that keeps one open. */
    STREAM,
    /** The end of a transport session. */
    DELETE,
    /** A POST of which the capture holds no message. */
    UNREADABLE;

    /** As it stands in JSON. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the agent or the server work meanwhile, so that it is no pause. */
    boolean isWork() {
        return switch (this) {
            case CALL, REQUEST, NEGOTIATION, LEG, SERVER_REQUEST, DELETE, UNREADABLE -> true;
            case NOTIFICATION, SERVER_NOTIFICATION, STREAM -> false;
        };
    }

    /** Whether the agent decided to do it, so that a pause before it was thinking. */
    boolean isDecided() {
        return switch (this) {
            case CALL, REQUEST -> true;
            case NEGOTIATION, LEG, SERVER_REQUEST, NOTIFICATION, SERVER_NOTIFICATION, STREAM, DELETE, UNREADABLE ->
                false;
        };
    }
}
