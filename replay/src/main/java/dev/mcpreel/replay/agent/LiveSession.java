package dev.mcpreel.replay.agent;

import dev.mcpreel.captures.exchange.Header;
import dev.mcpreel.captures.exchange.Headers;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The agent's own transport session: what its initialize got, never what the recording had (revision 2025-06-18,
 * "Transports", Session Management and Protocol Version Header). Confined to the agent's event loop.
 */
final class LiveSession {
    static final String SESSION_ID = "Mcp-Session-Id";

    private static final String PROTOCOL_VERSION = "MCP-Protocol-Version";

    private final Headers credentials;
    private @Nullable String id;
    private String revision;
    private long lastRequestId;

    /**
     * @param revision what is spoken until an initialize settles on one; empty when one will
     * @param credentials carried by every request
     */
    LiveSession(String revision, Headers credentials) {
        this.revision = revision;
        this.credentials = credentials;
    }

    /** An id no other request of the session has. */
    long nextRequestId() {
        return ++lastRequestId;
    }

    /** The initialize is answered. */
    void initialized(Headers head, JsonNode result) {
        id = head.first(SESSION_ID);
        JsonNode version = result.path("protocolVersion");
        revision = version.isString() ? version.stringValue() : "";
    }

    boolean hasId() {
        return id != null;
    }

    /** What the initialize carries, too. */
    Headers credentials() {
        return credentials;
    }

    /** What every request after the initialize carries. */
    Headers headers() {
        List<Header> fields = new ArrayList<>(credentials.fields());
        if (id != null) {
            fields.add(new Header(SESSION_ID, id));
        }
        if (!revision.isEmpty()) {
            fields.add(new Header(PROTOCOL_VERSION, revision));
        }
        return new Headers(fields);
    }
}
