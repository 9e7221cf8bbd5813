package dev.mcpreel.captures.transfer;

import dev.mcpreel.captures.exchange.BodyPart;
import dev.mcpreel.captures.exchange.BodyState;
import dev.mcpreel.captures.exchange.Bytes;
import dev.mcpreel.captures.exchange.Direction;
import dev.mcpreel.captures.exchange.EndCause;
import dev.mcpreel.captures.exchange.EndedBy;
import dev.mcpreel.captures.exchange.ExchangeEnd;
import dev.mcpreel.captures.exchange.ExchangeEvent;
import dev.mcpreel.captures.exchange.Headers;
import dev.mcpreel.captures.exchange.PartKind;
import dev.mcpreel.captures.exchange.RequestHead;
import dev.mcpreel.captures.exchange.ResponseHead;
import dev.mcpreel.captures.exchange.UpstreamConnected;
import dev.mcpreel.captures.exchange.UpstreamPick;
import dev.mcpreel.captures.wire.Json;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Streamable HTTP made up around JSON-RPC messages of which only they are known: one agent, one transport session, one
 * connection for each exchange.
 */
final class MadeTraffic {
    private static final String PEER = "cassette:0";
    private static final String SESSION = "cassette";

    private final URI server;
    private final List<Placed> placed = new ArrayList<>();
    private long lastId;

    /** @param server where the messages are taken to have gone */
    MadeTraffic(URI server) {
        this.server = server;
    }

    /** In order of time. */
    List<Placed> placed() {
        Placed.sort(placed);
        return placed;
    }

    Exchange post(String where, JsonNode message, long atNanos) {
        Exchange exchange = new Exchange(where, "POST", atNanos, isInitialize(message));
        exchange.part(Direction.REQUEST, PartKind.BODY, Json.write(message), atNanos);
        exchange.upstream();
        return exchange;
    }

    /** A request without a body, to open a stream or to end the session. */
    Exchange bare(String where, String method, long atNanos) {
        Exchange exchange = new Exchange(where, method, atNanos, false);
        exchange.upstream();
        return exchange;
    }

    private static boolean isInitialize(JsonNode message) {
        return message.path("method").asString("").equals("initialize");
    }

    /** One exchange; to be ended, or it has no end. */
    final class Exchange {
        private final String where;
        private final long id = ++lastId;
        private final boolean opening;
        private final long startNanos;
        private final List<ExchangeEvent> events = new ArrayList<>();
        private long requestBytes;
        private long responseBytes;
        private int index;
        private boolean answered;

        private Exchange(String where, String method, long atNanos, boolean opening) {
            this.where = where;
            this.opening = opening;
            this.startNanos = atNanos;
            List<String> headers = new ArrayList<>(List.of("Host", server.getRawAuthority()));
            headers.addAll(List.of(
                    "Accept", method.equals("GET") ? "text/event-stream" : "application/json, text/event-stream"));
            if (method.equals("POST")) {
                headers.addAll(List.of("Content-Type", "application/json"));
            }
            if (!opening) {
                headers.addAll(List.of("Mcp-Session-Id", SESSION));
            }
            String target = HarUrl.target(server);
            events.add(new RequestHead(
                    id, id, atNanos, PEER, method, target, "HTTP/1.1", Headers.of(headers.toArray(String[]::new))));
        }

        private void upstream() {
            events.add(new UpstreamConnected(
                    id, id, startNanos, UpstreamPick.only(HarUrl.origin(server)), server.getRawAuthority(), true, 0));
        }

        /** The response head. */
        void head(int status, @Nullable String type, long atNanos) {
            answered = true;
            List<String> headers = new ArrayList<>();
            if (type != null) {
                headers.addAll(List.of("Content-Type", type));
            }
            if (opening && status < 300) {
                headers.addAll(List.of("Mcp-Session-Id", SESSION));
            }
            events.add(new ResponseHead(
                    id, id, atNanos, status, "", "HTTP/1.1", Headers.of(headers.toArray(String[]::new))));
        }

        boolean isAnswered() {
            return answered;
        }

        void json(JsonNode message, long atNanos) {
            part(Direction.RESPONSE, PartKind.BODY, Json.write(message), atNanos);
        }

        void event(JsonNode message, long atNanos) {
            byte[] text = Bytes.utf8("event: message\ndata: " + Json.mapper().writeValueAsString(message) + "\n\n")
                    .toByteArray();
            part(Direction.RESPONSE, PartKind.SSE_EVENT, text, atNanos);
        }

        private void part(Direction direction, PartKind kind, byte[] content, long atNanos) {
            boolean request = direction == Direction.REQUEST;
            requestBytes += request ? content.length : 0;
            responseBytes += request ? 0 : content.length;
            events.add(new BodyPart(
                    id,
                    id,
                    atNanos,
                    atNanos,
                    direction,
                    kind,
                    request ? 0 : index++,
                    BodyState.WHOLE,
                    false,
                    content.length,
                    Bytes.owned(content)));
        }

        /** The response was whole. */
        void end(long atNanos) {
            end(atNanos, EndCause.COMPLETE, EndedBy.UPSTREAM);
        }

        void end(long atNanos, EndCause cause, EndedBy by) {
            long responseEnd = cause == EndCause.COMPLETE ? atNanos : 0;
            events.add(new ExchangeEnd(
                    id, id, atNanos, cause, by, startNanos, responseEnd, requestBytes, responseBytes, ""));
            placed.addAll(Placed.of(where, events, false));
        }
    }
}
