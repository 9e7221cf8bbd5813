package dev.mcpreel.captures.transfer;

import dev.mcpreel.captures.exchange.Bytes;
import dev.mcpreel.captures.exchange.ClockAnchor;
import dev.mcpreel.captures.exchange.ExchangeEnd;
import dev.mcpreel.captures.exchange.Header;
import dev.mcpreel.captures.exchange.Headers;
import dev.mcpreel.captures.exchange.RequestHead;
import dev.mcpreel.captures.exchange.ResponseHead;
import dev.mcpreel.captures.exchange.UpstreamConnected;
import dev.mcpreel.captures.wire.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** An exchange as an entry of HAR 1.2, every mandatory member of it. */
final class HarEntryWriter {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final String UNKNOWN_TYPE = "x-unknown";

    private final ClockAnchor anchor;

    HarEntryWriter(ClockAnchor anchor) {
        this.anchor = anchor;
    }

    ObjectNode write(HarEntry entry) {
        RequestHead request = entry.request();
        ObjectNode json = Json.mapper().createObjectNode();
        json.put("startedDateTime", WallTime.isoMillis(anchor, request.atNanos()));
        ObjectNode timings = timings(entry);
        json.put(
                "time",
                timings.path("send").doubleValue()
                        + timings.path("wait").doubleValue()
                        + timings.path("receive").doubleValue());
        json.set("request", request(entry));
        json.set("response", response(entry));
        json.putObject("cache");
        json.set("timings", timings);
        UpstreamConnected upstream = entry.upstream();
        int colon = upstream == null ? -1 : upstream.address().lastIndexOf(':');
        if (upstream != null && colon > 0) {
            json.put("serverIPAddress", upstream.address().substring(0, colon).replaceAll("[\\[\\]]", ""));
        }
        json.put("connection", Long.toString(request.connectionId()));
        if (entry.missingParts() > 0) {
            json.put("comment", "parts of the bodies are not here: " + entry.missingParts());
        }
        json.set("_mcp", entry.own());
        return json;
    }

    private static ObjectNode timings(HarEntry entry) {
        ExchangeEnd end = entry.end();
        ResponseHead response = entry.response();
        long start = entry.request().atNanos();
        long sent = Math.max(start, end == null ? 0 : end.requestEndNanos());
        long last = Math.max(sent, end == null ? entry.lastNanos() : end.atNanos());
        long head = Math.min(last, Math.max(sent, response == null ? last : response.atNanos()));
        ObjectNode timings = Json.mapper().createObjectNode();
        timings.put("blocked", -1).put("dns", -1).put("connect", -1).put("ssl", -1);
        timings.put("send", (sent - start) / NANOS_PER_MILLI);
        timings.put("wait", (head - sent) / NANOS_PER_MILLI);
        timings.put("receive", (last - head) / NANOS_PER_MILLI);
        return timings;
    }

    private static ObjectNode request(HarEntry entry) {
        RequestHead head = entry.request();
        ObjectNode json = Json.mapper().createObjectNode().put("method", head.method());
        String url = HarUrl.of(head);
        json.put("url", url).put("httpVersion", head.version());
        json.putArray("cookies");
        json.set("headers", headers(head.headers()));
        json.set("queryString", HarUrl.query(url));
        json.put("headersSize", -1);
        ExchangeEnd end = entry.end();
        json.put("bodySize", end == null ? entry.sent().length() : end.requestBytes());
        Bytes body = entry.sent();
        if (!body.isEmpty()) {
            ObjectNode data = json.putObject("postData");
            data.put("mimeType", type(head.headers()));
            data.putArray("params");
            text(data, body);
        }
        return json;
    }

    private static ObjectNode response(HarEntry entry) {
        ResponseHead head = entry.response();
        ExchangeEnd end = entry.end();
        ObjectNode json = Json.mapper().createObjectNode();
        json.put("status", head == null ? 0 : head.status());
        json.put("statusText", head == null ? "" : head.reason());
        json.put("httpVersion", head == null ? entry.request().version() : head.version());
        json.putArray("cookies");
        Headers headers = head == null ? Headers.EMPTY : head.headers();
        json.set("headers", headers(headers));
        ObjectNode content = json.putObject("content");
        Bytes body = entry.received();
        content.put("size", body.length()).put("mimeType", type(headers));
        text(content, body);
        json.put("redirectURL", or(headers.first("Location"), ""));
        json.put("headersSize", -1).put("bodySize", end == null || head == null ? -1 : end.responseBytes());
        if (head == null) {
            json.put("_error", end == null ? "unknown" : (Labels.of(end.cause()) + " " + end.detail()).strip());
        }
        return json;
    }

    private static void text(ObjectNode json, Bytes body) {
        String text = BodyText.of(body);
        json.put("text", text == null ? BodyText.base64(body) : text);
        if (text == null) {
            json.put("encoding", "base64");
        }
    }

    private static String type(Headers headers) {
        return or(headers.first("Content-Type"), UNKNOWN_TYPE);
    }

    private static String or(@Nullable String text, String other) {
        return text == null ? other : text;
    }

    private static ArrayNode headers(Headers headers) {
        ArrayNode json = Json.mapper().createArrayNode();
        for (Header field : headers.fields()) {
            json.addObject().put("name", field.name()).put("value", field.value());
        }
        return json;
    }
}
