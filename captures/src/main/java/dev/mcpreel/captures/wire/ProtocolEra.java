package dev.mcpreel.captures.wire;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Tells the era of what a client sent. Pure.
 *
 * <p>The body decides, by the claim {@code io.modelcontextprotocol/protocolVersion} in its {@code _meta} (revision
 * 2026-07-28, basic/versioning), as dual-era servers decide it: a claim has the era of the revision it names, and one that
 * names no revision is modern all the same, because only that era makes claims. Without a claim it is legacy, initialize
 * above all. Of a notification without a claim, and of a body that could not be read, the {@code MCP-Protocol-Version}
 * header decides. GET, DELETE, posted responses and arrays exist in the legacy era only. Everywhere else the header is no
 * more than compared.
 */
public final class ProtocolEra {
    private ProtocolEra() {}

    /**
     * The era of one message of a request body.
     *
     * @param protocolVersionHeader the value of {@code MCP-Protocol-Version}, null when there is none
     */
    public static MessageEra of(String httpMethod, @Nullable String protocolVersionHeader, JsonRpcMessage message) {
        String header = Revision.shown(protocolVersionHeader);
        if (!httpMethod.equals("POST")) {
            return legacyOnly(header);
        }
        if (message instanceof JsonRpcMessage.Response) {
            return legacyOnly(header);
        }
        JsonNode claim = Meta.of(message).path(Meta.PROTOCOL_VERSION);
        if (!claim.isMissingNode()) {
            return claimed(claim, header, protocolVersionHeader != null);
        }
        if (message instanceof JsonRpcMessage.Notification) {
            return byHeader(header);
        }
        if (message instanceof JsonRpcMessage.Request request
                && request.method().equals("initialize")) {
            JsonNode asked = request.node().path("params").path("protocolVersion");
            String revision = Revision.shown(asked.isString() ? asked.stringValue() : null);
            return new MessageEra(Era.LEGACY, revision, Revision.era(header) == Era.MODERN);
        }
        return legacyOnly(header);
    }

    /**
     * The era of a whole exchange, by what its request body holds.
     *
     * @param protocolVersionHeader the value of {@code MCP-Protocol-Version}, null when there is none
     */
    public static MessageEra of(String httpMethod, @Nullable String protocolVersionHeader, JsonRpcBody body) {
        String header = Revision.shown(protocolVersionHeader);
        if (!httpMethod.equals("POST")) {
            return legacyOnly(header);
        }
        if (body.batch()) {
            boolean claims = body.messages().stream()
                    .anyMatch(message ->
                            of(httpMethod, protocolVersionHeader, message).era() == Era.MODERN);
            MessageEra era = legacyOnly(header);
            return new MessageEra(Era.LEGACY, era.revision(), era.contradictory() || claims);
        }
        return body.messages().isEmpty()
                ? byHeader(header)
                : of(httpMethod, protocolVersionHeader, body.messages().get(0));
    }

    private static MessageEra claimed(JsonNode claim, String header, boolean headerSent) {
        String revision = Revision.shown(claim.isString() ? claim.stringValue() : null);
        Era named = Revision.era(revision);
        Era era = named == null ? Era.MODERN : named;
        return new MessageEra(era, revision, headerSent && !header.equals(revision));
    }

    private static MessageEra byHeader(String header) {
        return new MessageEra(Revision.era(header) == Era.MODERN ? Era.MODERN : Era.LEGACY, header, false);
    }

    /** Legacy whatever the header says; what it says of another era is no revision of this message. */
    private static MessageEra legacyOnly(String header) {
        boolean modern = Revision.era(header) == Era.MODERN;
        return new MessageEra(Era.LEGACY, modern ? "" : header, modern);
    }
}
