package dev.mcpreel.captures.transfer;

import dev.mcpreel.captures.exchange.EndCause;
import dev.mcpreel.captures.exchange.EndedBy;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A cassette of cheneeheng/mcp-cassette, format 1 to 3: messages with their times to the millisecond. Each message of the
 * client becomes a POST, answered where its answer stands; what else the server sent goes onto one standalone stream.
 */
final class McpCassetteImport {
    private record Message(Fields place, JsonNode payload, long atNanos) {
        boolean is(String member) {
            return payload.has(member);
        }
    }

    /** A request of the client, and what came on its own stream before its answer. */
    private static final class Asked {
        final Message request;
        final List<Message> before = new ArrayList<>(0);
        boolean settled;

        Asked(Message request) {
            this.request = request;
        }
    }

    private final MadeTraffic traffic;
    private final Map<String, Asked> asked = new LinkedHashMap<>();
    private final Map<Long, Asked> byExchange = new HashMap<>();
    private final List<Message> streamed = new ArrayList<>();
    private long raw;
    private long redacted;
    private long lastNanos = Cassette.ORIGIN_NANOS;

    private McpCassetteImport(URI server) {
        this.traffic = new MadeTraffic(server);
    }

    static ImportReport run(Path file, Path storeDir, ImportOptions options) throws IOException {
        Cassette cassette = Cassette.read(file, FileKind.MCP_CASSETTE, options);
        Fields root = cassette.root();
        long version = root.number("format_version", 3);
        if (version < 1 || version > 3) {
            throw cassette.newer("1 to 3");
        }
        URI server = cassette.server(root.text("server_url", ""));
        McpCassetteImport made = new McpCassetteImport(server);
        root.objects("messages").forEach(made::take);
        made.finish();
        boolean stdio = root.text("transport", "stdio").equals("stdio");
        cassette.note(
                (stdio ? "all of HTTP is made up, because the messages went over stdio" : "HTTP heads are made up")
                        + "; times are to the millisecond");
        cassette.note(made.streamed.size(), "messages of the server are taken to have come on one standalone stream");
        cassette.note(made.raw, "lines that are no JSON-RPC message were left out");
        cassette.note(made.redacted, "messages were redacted by the program that wrote the file");
        return cassette.into(storeDir, made.traffic, root.text("recorded_at", "unknown"), server);
    }

    private void take(Fields place) {
        long offset = Math.max(0, place.number("t_offset_ms", 0));
        // Never back: the file is in the order in which its program saw the messages.
        lastNanos = Math.max(lastNanos, Cassette.ORIGIN_NANOS + TimeUnit.MILLISECONDS.toNanos(offset));
        JsonNode payload = place.node().path("payload");
        if (!payload.isObject() || place.text("kind", "").equals("unclassified")) {
            raw++;
            return;
        }
        redacted += place.flag("redacted") ? 1 : 0;
        Message message = new Message(place, payload, lastNanos);
        switch (place.text("sender")) {
            case "client" -> sent(message);
            case "server" -> received(message);
            default -> throw place.bad("\"sender\" is none of client, server");
        }
    }

    private void sent(Message message) {
        if (!message.is("method") || !message.is("id")) {
            MadeTraffic.Exchange exchange = traffic.post(message.place.where(), message.payload, message.atNanos);
            exchange.head(202, null, message.atNanos);
            exchange.end(message.atNanos);
            return;
        }
        Asked waiting = new Asked(message);
        Asked older = asked.put(key(message.payload), waiting);
        if (older != null) {
            unanswered(older);
        }
        if (message.place.has("exchange")) {
            byExchange.put(message.place.number("exchange"), waiting);
        }
    }

    private void received(Message message) {
        Asked waiting = message.is("method") ? null : asked.remove(key(message.payload));
        if (waiting != null) {
            answered(waiting, message);
            return;
        }
        Asked under = onItsStream(message.place);
        if (under == null) {
            streamed.add(message);
        } else {
            under.before.add(message);
        }
    }

    /** The request on whose own stream the message came, while that is open. */
    private @Nullable Asked onItsStream(Fields place) {
        if (!place.has("exchange") || !place.text("channel", "post").equals("post")) {
            return null;
        }
        Asked waiting = byExchange.get(place.number("exchange"));
        return waiting == null || waiting.settled ? null : waiting;
    }

    private void answered(Asked waiting, Message answer) {
        MadeTraffic.Exchange exchange = begun(waiting);
        if (waiting.before.isEmpty()) {
            exchange.head(200, "application/json", answer.atNanos);
            exchange.json(answer.payload, answer.atNanos);
        } else {
            exchange.event(answer.payload, answer.atNanos);
        }
        exchange.end(answer.atNanos);
    }

    /** The recording was over first. */
    private void unanswered(Asked waiting) {
        begun(waiting).end(lastNanos, EndCause.SHUTDOWN, EndedBy.RECORDER);
    }

    private MadeTraffic.Exchange begun(Asked waiting) {
        Message request = waiting.request;
        MadeTraffic.Exchange exchange = traffic.post(request.place.where(), request.payload, request.atNanos);
        waiting.settled = true;
        for (Message event : waiting.before) {
            if (!exchange.isAnswered()) {
                exchange.head(200, "text/event-stream", event.atNanos);
            }
            exchange.event(event.payload, event.atNanos);
        }
        return exchange;
    }

    private void finish() {
        asked.values().forEach(this::unanswered);
        if (!streamed.isEmpty()) {
            Message first = streamed.get(0);
            MadeTraffic.Exchange stream = traffic.bare(first.place.where(), "GET", first.atNanos);
            stream.head(200, "text/event-stream", first.atNanos);
            streamed.forEach(message -> stream.event(message.payload, message.atNanos));
            stream.end(lastNanos, EndCause.CLOSED, EndedBy.CLIENT);
        }
    }

    private static String key(JsonNode payload) {
        return payload.path("id").toString();
    }
}
