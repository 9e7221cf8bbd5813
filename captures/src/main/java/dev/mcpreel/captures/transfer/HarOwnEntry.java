package dev.mcpreel.captures.transfer;

import dev.mcpreel.captures.exchange.Bytes;
import dev.mcpreel.captures.wire.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** An entry that {@link HarEntry} wrote, as its events. For one use. */
final class HarOwnEntry {
    private final Fields entry;
    private final Fields own;
    private final Bytes sent;
    private final Bytes received;
    private int sentFrom;
    private int receivedFrom;

    private HarOwnEntry(Fields entry, Fields own, Bytes sent, Bytes received) {
        this.entry = entry;
        this.own = own;
        this.sent = sent;
        this.received = received;
    }

    /** Null when it is of another program, or its bodies were changed since, so that nobody knows what came when. */
    static @Nullable HarOwnEntry of(Fields entry) {
        JsonNode mark = entry.node().path("_mcp");
        if (!mark.path("events").isArray() || !mark.path("exchange").isIntegralNumber()) {
            return null;
        }
        Fields own = Fields.of(entry.where() + ", _mcp", mark);
        Bytes sent =
                HarBody.sent(Fields.of(entry.where() + ", request", entry.node().get("request")));
        JsonNode content = entry.node().path("response").path("content");
        Bytes received = content.isObject() ? HarBody.received(new Fields(entry.where(), content)) : null;
        HarOwnEntry found = new HarOwnEntry(
                entry, own, sent == null ? Bytes.EMPTY : sent, received == null ? Bytes.EMPTY : received);
        return found.kept("request") == found.sent.length() && found.kept("response") == found.received.length()
                ? found
                : null;
    }

    long exchange() {
        return own.number("exchange");
    }

    boolean isWhole() {
        return own.number("omittedParts", 0) == 0;
    }

    List<Placed> events(EventReader reader) {
        List<Placed> placed = new ArrayList<>();
        long exchange = own.number("exchange");
        long connection = own.number("connection");
        for (Fields event : own.objects("events")) {
            ObjectNode json = (ObjectNode) event.node().deepCopy();
            switch (event.text("event")) {
                case "request" -> json.set("headers", headers("request"));
                case "response" -> json.set("headers", headers("response"));
                default -> {
                    // Has none, or has them itself.
                }
            }
            if (event.has("kept")) {
                json.put("base64", BodyText.base64(slice(event)));
            }
            Fields whole = new Fields(event.where(), json);
            var read = reader.read(whole, exchange, connection);
            placed.add(new Placed(
                    event.where(), read.atNanos(), event.number("n"), read, event.flag("incomplete") || !isWhole()));
        }
        return placed;
    }

    private Bytes slice(Fields event) {
        int length = event.integer("kept");
        if (event.text("direction").equals("request")) {
            sentFrom += length;
            return sent.slice(sentFrom - length, sentFrom);
        }
        receivedFrom += length;
        return received.slice(receivedFrom - length, receivedFrom);
    }

    /** The bytes that the events lay claim to; -1 when they make no sense. */
    private long kept(String direction) {
        long sum = 0;
        for (JsonNode event : own.node().path("events")) {
            if (event.path("direction").stringValue("").equals(direction)) {
                long kept = event.path("kept").longValue(0);
                if (kept < 0 || kept > Integer.MAX_VALUE) {
                    return -1;
                }
                sum += kept;
            }
        }
        return sum;
    }

    private ArrayNode headers(String message) {
        ArrayNode pairs = Json.mapper().createArrayNode();
        for (Fields field : Fields.of(
                        entry.where() + ", " + message, entry.node().get(message))
                .objects("headers")) {
            pairs.addArray().add(field.text("name")).add(field.text("value"));
        }
        return pairs;
    }
}
