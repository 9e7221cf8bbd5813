package dev.mcpreel.captures.transfer;

import dev.mcpreel.captures.exchange.BodyPart;
import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.ExchangeEnd;
import dev.mcpreel.captures.exchange.ExchangeEvent;
import dev.mcpreel.captures.exchange.Header;
import dev.mcpreel.captures.exchange.Headers;
import dev.mcpreel.captures.exchange.RequestHead;
import dev.mcpreel.captures.exchange.ResponseHead;
import dev.mcpreel.captures.exchange.Trailers;
import dev.mcpreel.captures.exchange.UpstreamConnected;
import dev.mcpreel.captures.exchange.UpstreamFailed;
import dev.mcpreel.captures.exchange.UpstreamPick;
import dev.mcpreel.captures.wire.Json;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Events as JSON objects; {@link EventReader} is the way back. Times are nanoseconds since a base. */
final class EventWriter {
    private final long baseNanos;

    EventWriter(long baseNanos) {
        this.baseNanos = baseNanos;
    }

    /** Puts a time under a name; one that never came stays away. */
    void time(ObjectNode to, String name, long nanos) {
        if (nanos != 0) {
            to.put(name, nanos - baseNanos);
        }
    }

    /** As times stand in a file: nanoseconds since its anchor. */
    long sinceAnchor(long nanos) {
        return nanos - baseNanos;
    }

    /** @param incomplete of an end: the log says that events of its exchange were lost */
    ObjectNode write(long number, ExchangeEvent event, boolean incomplete) {
        ObjectNode json = begin(number, event);
        if (event instanceof RequestHead head) {
            json.put("event", "request").put("peer", head.peer()).put("method", head.method());
            json.put("target", head.target()).put("version", head.version());
            json.set("headers", headers(head.headers()));
        } else if (event instanceof UpstreamConnected connected) {
            json.put("event", "connected");
            pick(json, connected.pick());
            json.put("address", connected.address()).put("reused", connected.reused());
            json.put("connect", connected.connectNanos());
        } else if (event instanceof UpstreamFailed failed) {
            json.put("event", "connect_failed");
            pick(json, failed.pick());
            json.put("reason", failed.reason()).put("connect", failed.connectNanos());
        } else if (event instanceof ResponseHead head) {
            json.put("event", "response").put("status", head.status()).put("reason", head.reason());
            json.put("version", head.version()).set("headers", headers(head.headers()));
        } else if (event instanceof BodyPart part) {
            body(json, part);
        } else if (event instanceof Trailers trailers) {
            json.put("event", "trailers").put("direction", Labels.of(trailers.direction()));
            json.set("headers", headers(trailers.headers()));
        } else if (event instanceof ExchangeEnd end) {
            end(json, end, incomplete);
        }
        return json;
    }

    private ObjectNode begin(long number, CaptureEvent event) {
        return Json.mapper().createObjectNode().put("n", number).put("at", event.atNanos() - baseNanos);
    }

    private static void pick(ObjectNode json, UpstreamPick pick) {
        json.put("instance", pick.instance()).put("choice", Labels.of(pick.choice()));
        if (!pick.boundTo().isEmpty()) {
            json.put("boundTo", pick.boundTo());
        }
    }

    private void body(ObjectNode json, BodyPart part) {
        json.put("event", "body").put("direction", Labels.of(part.direction()));
        json.put("part", Labels.of(part.part())).put("index", part.index());
        time(json, "firstByte", part.firstByteNanos());
        json.put("state", Labels.of(part.state())).put("length", part.length());
        if (part.decoded()) {
            json.put("decoded", true);
        }
        String text = BodyText.of(part.content());
        json.put(text == null ? "base64" : "text", text == null ? BodyText.base64(part.content()) : text);
    }

    private void end(ObjectNode json, ExchangeEnd end, boolean incomplete) {
        json.put("event", "end").put("cause", Labels.of(end.cause())).put("endedBy", Labels.of(end.endedBy()));
        time(json, "requestEnd", end.requestEndNanos());
        time(json, "responseEnd", end.responseEndNanos());
        json.put("requestBytes", end.requestBytes()).put("responseBytes", end.responseBytes());
        if (!end.detail().isEmpty()) {
            json.put("detail", end.detail());
        }
        if (incomplete) {
            json.put("incomplete", true);
        }
    }

    private static ArrayNode headers(Headers headers) {
        ArrayNode fields = Json.mapper().createArrayNode();
        for (Header field : headers.fields()) {
            fields.addArray().add(field.name()).add(field.value());
        }
        return fields;
    }
}
