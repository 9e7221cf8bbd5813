package dev.mcpreel.replay.testkit;

import dev.mcpreel.captures.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/**
 * An MCP server of the legacy era whose tools are written by the test. It names its sessions {@code live-1}, ... and
 * speaks revision 2025-06-18 whatever it is asked for; anything not told otherwise is answered at once.
 */
public final class FakeMcp implements AutoCloseable {
    /** One message on its way to being answered. */
    public final class Call {
        public final FakeHttp.Request request;
        public final FakeHttp.Reply reply;
        public final JsonNode message;

        private Call(FakeHttp.Request request, FakeHttp.Reply reply, JsonNode message) {
            this.request = request;
            this.reply = reply;
            this.message = message;
        }

        public JsonNode argument(String name) {
            return message.at("/params/arguments/" + name);
        }

        /** The whole response with this member: {@code "result":{}} or an error. */
        public String response(String member) {
            return "{\"jsonrpc\":\"2.0\",\"id\":" + message.path("id") + "," + member + "}";
        }

        public void result(String result, String... headers) throws IOException {
            reply.json(200, response("\"result\":" + result), headers);
        }

        /** A tool's result of one text. */
        public void text(String text) throws IOException {
            result("{\"content\":[{\"type\":\"text\",\"text\":\"" + text + "\"}]}");
        }

        /** Does this so much later, on another thread. */
        public void after(long millis, Io action) {
            ScheduledFuture<?> unused = timer.schedule(
                    () -> {
                        try {
                            action.run();
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    },
                    millis,
                    TimeUnit.MILLISECONDS);
        }
    }

    /** Answers a call in its own way. */
    public interface Tool {
        void answer(Call call) throws IOException;
    }

    /** Something that may fail as sockets do. */
    public interface Io {
        void run() throws IOException;
    }

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Map<String, Tool> tools = new ConcurrentHashMap<>();
    private final Map<String, Tool> methods = new ConcurrentHashMap<>();
    private final AtomicInteger sessions = new AtomicInteger();
    private final FakeHttp http = new FakeHttp(this::handle);

    public FakeMcp() {
        method("initialize", call -> {
            String session = "live-" + sessions.incrementAndGet();
            call.result(
                    "{\"protocolVersion\":\"2025-06-18\",\"capabilities\":{},\"serverInfo\":{\"name\":\"fake\"}}",
                    "Mcp-Session-Id",
                    session);
        });
        method("GET", call -> call.reply.events());
        method("DELETE", call -> call.reply.empty(200));
        method("tools/call", call -> tools.getOrDefault(
                        call.message.at("/params/name").asString(""), other -> other.text("done"))
                .answer(call));
    }

    public FakeMcp tool(String name, Tool tool) {
        tools.put(name, tool);
        return this;
    }

    /** Answers a JSON-RPC method, {@code GET} or {@code DELETE}. */
    public FakeMcp method(String name, Tool tool) {
        methods.put(name, tool);
        return this;
    }

    public URI url() {
        return http.url();
    }

    public FakeHttp http() {
        return http;
    }

    /** The posted messages of one method, in order of arrival; of answers when it is empty. */
    public List<JsonNode> messages(String method) {
        return requests(method).stream()
                .map(request -> Json.parse(request.body()).orElseThrow())
                .toList();
    }

    /** The requests that carried them. */
    public List<FakeHttp.Request> requests(String method) {
        return http.requests().stream()
                .filter(request -> request.method().equals("POST"))
                .filter(request -> Json.parse(request.body())
                        .orElseThrow()
                        .path("method")
                        .asString("")
                        .equals(method))
                .toList();
    }

    @Override
    public void close() throws IOException {
        timer.shutdownNow();
        http.close();
    }

    private void handle(FakeHttp.Request request, FakeHttp.Reply reply) throws IOException {
        if (!request.method().equals("POST")) {
            methods.get(request.method())
                    .answer(new Call(request, reply, Json.mapper().createObjectNode()));
            return;
        }
        JsonNode message = Json.parse(request.body()).orElseThrow();
        Tool tool = methods.get(message.path("method").asString(""));
        if (tool != null) {
            tool.answer(new Call(request, reply, message));
        } else if (message.has("id") && message.has("method")) {
            new Call(request, reply, message).result("{}");
        } else {
            reply.empty(202);
        }
    }
}
