package dev.mcpreel.captures.transfer;

import dev.mcpreel.captures.exchange.EndCause;
import dev.mcpreel.captures.exchange.EndedBy;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/**
 * A cassette of devhelmhq/mcp-recorder, format 1.x: request and response pairs with a latency and no time. So they are
 * taken to have followed each other.
 */
final class McpRecorderImport {
    private final long gapNanos;
    private final URI server;
    private final MadeTraffic traffic;
    private long nowNanos = Cassette.ORIGIN_NANOS;

    private McpRecorderImport(long gapNanos, URI server) {
        this.gapNanos = gapNanos;
        this.server = server;
        this.traffic = new MadeTraffic(server);
    }

    static ImportReport run(Path file, Path storeDir, ImportOptions options) throws IOException {
        Cassette cassette = Cassette.read(file, FileKind.MCP_RECORDER, options);
        Fields root = cassette.root();
        String version = root.text("version");
        if (!version.equals("1") && !version.startsWith("1.")) {
            throw cassette.newer("1");
        }
        Fields metadata = root.has("metadata")
                ? Fields.of(file + ", metadata", root.node().get("metadata"))
                : root;
        URI server = cassette.server(metadata.text("server_url", ""));
        McpRecorderImport made = new McpRecorderImport(options.gapNanos(), server);
        root.objects("interactions").forEach(made::take);
        cassette.note(
                "HTTP heads, the session id and the order in time are made up: the file tells of each message and how"
                        + " long its answer took, to the millisecond");
        cassette.note(
                options.gapNanos() == 0
                        ? "no time passes between the calls, because the file does not tell; --gap makes some up"
                        : "the pause before each call is made up, as --gap says");
        return cassette.into(storeDir, made.traffic, metadata.text("recorded_at", "unknown"), made.server);
    }

    private void take(Fields interaction) {
        long latency = TimeUnit.MILLISECONDS.toNanos(Math.max(0, interaction.number("latency_ms", 0)));
        int status = (int) interaction.number("response_status", 200);
        String type = interaction.text("type");
        switch (type) {
            case "jsonrpc_request", "notification" -> message(interaction, status, latency);
            case "lifecycle" -> lifecycle(interaction, status, latency);
            default -> throw interaction.bad("\"type\" is none of jsonrpc_request, notification, lifecycle");
        }
    }

    private void message(Fields interaction, int status, long latency) {
        JsonNode request = interaction.node().path("request");
        if (!request.isObject()) {
            throw interaction.bad("\"request\" is missing or no object");
        }
        if (request.path("method").asString("").equals("tools/call")) {
            nowNanos += gapNanos;
        }
        MadeTraffic.Exchange exchange = traffic.post(interaction.where(), request, nowNanos);
        nowNanos += latency;
        JsonNode response = interaction.node().path("response");
        boolean stream = interaction.flag("response_is_sse");
        boolean answered = response.isObject();
        exchange.head(status, !answered ? null : stream ? "text/event-stream" : "application/json", nowNanos);
        if (answered && stream) {
            exchange.event(response, nowNanos);
        } else if (answered) {
            exchange.json(response, nowNanos);
        }
        exchange.end(nowNanos);
    }

    private void lifecycle(Fields interaction, int status, long latency) {
        String method = interaction.text("http_method", "GET").toUpperCase(Locale.ROOT);
        MadeTraffic.Exchange exchange = traffic.bare(interaction.where(), method, nowNanos);
        nowNanos += latency;
        boolean stream = method.equals("GET") && status < 300;
        exchange.head(status, stream ? "text/event-stream" : null, nowNanos);
        if (stream) {
            exchange.end(nowNanos, EndCause.CLOSED, EndedBy.CLIENT);
        } else {
            exchange.end(nowNanos);
        }
    }
}
