package dev.mcpreel.captures.session;

import java.util.Locale;

/** How a transport session ended, as far as was seen. */
public enum TransportEnding {
    /** Nothing was seen that ended it. */
    NONE,
    /** The client sent DELETE and the server accepted. */
    DELETED,
    /** It never began: client and server did not agree on a revision, or the client was not let in. */
    REFUSED,
    /** The server no longer knew it. */
    LOST,
    /** Its only stream ended, and with it the session (revision 2024-11-05). */
    STREAM_CLOSED;

    /** As it stands in reports. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
