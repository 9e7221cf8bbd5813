package dev.mcpreel.captures.session;

import dev.mcpreel.captures.exchange.RequestHead;

/** What tells one client from another where nothing better does: its host, its program and its token (hashed by then). */
record ClientKey(String host, String userAgent, String authorization) {
    static ClientKey of(RequestHead head) {
        String peer = head.peer();
        int colon = peer.lastIndexOf(':');
        return new ClientKey(
                colon < 0 ? peer : peer.substring(0, colon), header(head, "User-Agent"), header(head, "Authorization"));
    }

    /** Whether it can be the same program; a token may be refreshed within a session. */
    boolean isSameProgram(ClientKey other) {
        return host.equals(other.host) && userAgent.equals(other.userAgent);
    }

    /** For people; the token stays out of it. */
    String label() {
        return userAgent.isEmpty() ? host : host + " " + userAgent;
    }

    private static String header(RequestHead head, String name) {
        String value = head.headers().first(name);
        return value == null ? "" : value;
    }
}
