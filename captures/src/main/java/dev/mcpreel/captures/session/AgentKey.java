package dev.mcpreel.captures.session;

import java.util.Locale;

/**
 * What tells one agent from another, as an operator chooses it.
 *
 * @param name of the header or of the member of {@code _meta}; empty for the other kinds
 */
public record AgentKey(Kind kind, String name) {
    /** The strongest that each exchange offers. */
    public static final AgentKey AUTO = new AgentKey(Kind.AUTO, "");

    /** What {@link #parse} takes, for messages and help. */
    public static final String SPELLINGS = "path, header:NAME, meta:NAME, trace, token, client, address or auto";

    /** Where an agent's name is looked for. */
    public enum Kind {
        /** The strongest affinity each exchange offers: see docs/SESSIONS.md. */
        AUTO(KeyKind.SESSION_ID),
        /** The path of the request. */
        PATH(KeyKind.PATH),
        /** A header of the request. */
        HEADER(KeyKind.HEADER),
        /** A member of {@code params._meta}. */
        META(KeyKind.META),
        /** The trace id of {@code traceparent}, in {@code params._meta} or a header. */
        TRACE(KeyKind.TRACE),
        /** The token of {@code Authorization}, as it was redacted, with the client's name. */
        TOKEN(KeyKind.TOKEN),
        /** The client's name and version, its {@code User-Agent} and its address. */
        CLIENT(KeyKind.CLIENT),
        /** The address the request came from, without its port. */
        ADDRESS(KeyKind.ADDRESS);

        private final KeyKind found;

        Kind(KeyKind found) {
            this.found = found;
        }

        /** The kind of key a session gets that was found this way. */
        KeyKind found() {
            return found;
        }
    }

    /**
     * Reads an operator's choice.
     *
     * @throws IllegalArgumentException when it is none; the message says what is one
     */
    public static AgentKey parse(String text) {
        int colon = text.indexOf(':');
        String kind = (colon < 0 ? text : text.substring(0, colon)).toLowerCase(Locale.ROOT);
        String name = colon < 0 ? "" : text.substring(colon + 1).strip();
        boolean named = kind.equals("header") || kind.equals("meta");
        boolean printable = name.chars().allMatch(c -> c > 0x20 && c != 0x7f);
        for (Kind each : Kind.values()) {
            if (printable
                    && each.name().toLowerCase(Locale.ROOT).equals(kind)
                    && named != name.isEmpty()
                    && named == (colon >= 0)) {
                return new AgentKey(each, name);
            }
        }
        throw new IllegalArgumentException("'" + text + "' is no agent key: give " + SPELLINGS);
    }

    @Override
    public String toString() {
        String label = kind.name().toLowerCase(Locale.ROOT);
        return name.isEmpty() ? label : label + ":" + name;
    }
}
