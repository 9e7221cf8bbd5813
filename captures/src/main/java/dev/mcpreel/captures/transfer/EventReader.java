package dev.mcpreel.captures.transfer;

import dev.mcpreel.captures.exchange.BodyPart;
import dev.mcpreel.captures.exchange.BodyState;
import dev.mcpreel.captures.exchange.Bytes;
import dev.mcpreel.captures.exchange.Direction;
import dev.mcpreel.captures.exchange.EndCause;
import dev.mcpreel.captures.exchange.EndedBy;
import dev.mcpreel.captures.exchange.ExchangeEnd;
import dev.mcpreel.captures.exchange.ExchangeEvent;
import dev.mcpreel.captures.exchange.PartKind;
import dev.mcpreel.captures.exchange.RequestHead;
import dev.mcpreel.captures.exchange.ResponseHead;
import dev.mcpreel.captures.exchange.Trailers;
import dev.mcpreel.captures.exchange.UpstreamChoice;
import dev.mcpreel.captures.exchange.UpstreamConnected;
import dev.mcpreel.captures.exchange.UpstreamFailed;
import dev.mcpreel.captures.exchange.UpstreamPick;

/** The events of an exchange out of JSON objects as {@link EventWriter} makes them. */
final class EventReader {
    private final long baseNanos;

    EventReader(long baseNanos) {
        this.baseNanos = baseNanos;
    }

    /** The time under a name, 0 when there is none. */
    long time(Fields json, String name) {
        return json.has(name) ? baseNanos + json.number(name) : 0;
    }

    ExchangeEvent read(Fields json, long exchangeId, long connectionId) {
        long at = baseNanos + json.number("at");
        return switch (json.text("event")) {
            case "request" ->
                new RequestHead(
                        exchangeId,
                        connectionId,
                        at,
                        json.text("peer"),
                        json.text("method"),
                        json.text("target"),
                        json.text("version"),
                        json.headers("headers"));
            case "connected" ->
                new UpstreamConnected(
                        exchangeId,
                        connectionId,
                        at,
                        pick(json),
                        json.text("address"),
                        json.flag("reused"),
                        json.number("connect"));
            case "connect_failed" ->
                new UpstreamFailed(
                        exchangeId, connectionId, at, pick(json), json.text("reason"), json.number("connect"));
            case "response" ->
                new ResponseHead(
                        exchangeId,
                        connectionId,
                        at,
                        json.integer("status"),
                        json.text("reason"),
                        json.text("version"),
                        json.headers("headers"));
            case "body" -> body(json, exchangeId, connectionId, at);
            case "trailers" ->
                new Trailers(
                        exchangeId,
                        connectionId,
                        at,
                        json.label("direction", Direction.class),
                        json.headers("headers"));
            case "end" -> end(json, exchangeId, connectionId, at);
            default -> throw json.bad("\"event\" is none of the words this version knows");
        };
    }

    private static UpstreamPick pick(Fields json) {
        return new UpstreamPick(
                json.text("instance"), json.label("choice", UpstreamChoice.class), json.text("boundTo", ""));
    }

    private BodyPart body(Fields json, long exchangeId, long connectionId, long at) {
        return new BodyPart(
                exchangeId,
                connectionId,
                at,
                time(json, "firstByte"),
                json.label("direction", Direction.class),
                json.label("part", PartKind.class),
                json.integer("index"),
                json.label("state", BodyState.class),
                json.flag("decoded"),
                json.number("length"),
                content(json));
    }

    private static Bytes content(Fields json) {
        if (!json.has("base64")) {
            return Bytes.utf8(json.text("text"));
        }
        Bytes bytes = BodyText.fromBase64(json.text("base64"));
        if (bytes == null) {
            throw json.bad("\"base64\" is no Base64");
        }
        return bytes;
    }

    private ExchangeEnd end(Fields json, long exchangeId, long connectionId, long at) {
        return new ExchangeEnd(
                exchangeId,
                connectionId,
                at,
                json.label("cause", EndCause.class),
                json.label("endedBy", EndedBy.class),
                time(json, "requestEnd"),
                time(json, "responseEnd"),
                json.number("requestBytes"),
                json.number("responseBytes"),
                json.text("detail", ""));
    }
}
