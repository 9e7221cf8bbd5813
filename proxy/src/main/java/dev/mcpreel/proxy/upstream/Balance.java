package dev.mcpreel.proxy.upstream;

/**
 * How exchanges are spread over several upstreams.
 *
 * @param header the name of the header field that binds, as it was written; empty unless the kind is {@link Kind#HEADER}
 */
public record Balance(Kind kind, String header) {
    /** The strategies there are. */
    public enum Kind {
        /** One after the other, for each exchange. */
        ROUND_ROBIN,
        /** Where the fewest exchanges are in flight. An event stream is one for as long as it stands. */
        LEAST,
        /** All of a transport session where it began; what belongs to no session, one after the other. */
        SESSION,
        /** By the client's address without its port. */
        CLIENT_IP,
        /** By the value of a header field; without it, one after the other. */
        HEADER
    }

    /** One after the other. */
    public static final Balance ROUND_ROBIN = new Balance(Kind.ROUND_ROBIN, "");

    private static final String HEADER_PREFIX = "header:";

    public Balance {
        if ((kind == Kind.HEADER) ? !isToken(header) : !header.isEmpty()) {
            throw new IllegalArgumentException(
                    "\"" + header + "\" cannot be the name of a header; write for example header:X-User-Id");
        }
    }

    /**
     * Reads {@code round-robin}, {@code least}, {@code session}, {@code client-ip} or {@code header:NAME}.
     *
     * @throws IllegalArgumentException saying in a few words what is wrong and what to write instead
     */
    public static Balance parse(String text) {
        if (text.startsWith(HEADER_PREFIX)) {
            return new Balance(Kind.HEADER, text.substring(HEADER_PREFIX.length()));
        }
        return switch (text) {
            case "round-robin" -> ROUND_ROBIN;
            case "least" -> new Balance(Kind.LEAST, "");
            case "session" -> new Balance(Kind.SESSION, "");
            case "client-ip" -> new Balance(Kind.CLIENT_IP, "");
            default ->
                throw new IllegalArgumentException("\"" + text + "\" is no way to balance; "
                        + "write round-robin, least, session, client-ip or header:NAME");
        };
    }

    /** RFC 9110 section 5.6.2. */
    private static boolean isToken(String name) {
        return !name.isEmpty()
                && name.chars()
                        .allMatch(c -> (c >= 'a' && c <= 'z')
                                || (c >= 'A' && c <= 'Z')
                                || (c >= '0' && c <= '9')
                                || "!#$%&'*+-.^_`|~".indexOf(c) >= 0);
    }

    /** The text that {@link #parse} reads. */
    @Override
    public String toString() {
        return switch (kind) {
            case ROUND_ROBIN -> "round-robin";
            case LEAST -> "least";
            case SESSION -> "session";
            case CLIENT_IP -> "client-ip";
            case HEADER -> HEADER_PREFIX + header;
        };
    }
}
