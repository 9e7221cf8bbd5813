package dev.mcpreel.captures.redact;

import java.util.Set;

/**
 * Where messages say what they are. Somebody's secret may be the same word; but replacing it there would change what happened, and
 * give nothing away that the word does not say to everybody.
 */
final class ProtocolWords {
    private static final Set<String> HEADERS = Set.of("mcpprotocolversion", "mcpmethod");
    private static final int LONGEST = 64;
    private static final int DEEPEST_VERSION = 2;

    private ProtocolWords() {}

    /** Whether a header of this normalised name holds one. */
    static boolean inHeader(String name, View value) {
        return HEADERS.contains(name) && isWord(value);
    }

    /**
     * Whether a member of this normalised name holds one.
     *
     * @param below how many objects the member's is below its JSON-RPC message
     */
    static boolean inMember(String name, int below, View value) {
        boolean named = below == 0 && (name.equals("method") || name.equals("jsonrpc"));
        boolean version = below <= DEEPEST_VERSION
                && (name.equals("protocolversion") || name.equals("iomodelcontextprotocol/protocolversion"));
        return (named || version) && isWord(value);
    }

    private static boolean isWord(View value) {
        return value.length() <= LONGEST
                && Chars.end(
                                value.bytes,
                                value.from,
                                value.to,
                                b -> Chars.isWord(b) || b == '/' || b == '.' || b == '$')
                        == value.to;
    }
}
