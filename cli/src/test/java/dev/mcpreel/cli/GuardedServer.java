package dev.mcpreel.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.mcpreel.captures.wire.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** An MCP server that lets nobody in without its token, and whose tools want a key of their own. */
final class GuardedServer implements AutoCloseable {
    private final String token;
    private final String key;
    private final HttpServer http;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final List<String> opened = new CopyOnWriteArrayList<>();
    private int sessions;

    GuardedServer(String token, String key) throws IOException {
        this.token = token;
        this.key = key;
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(threads);
        http.createContext("/mcp", this::serve);
        http.start();
    }

    String origin() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    URI endpoint() {
        return URI.create(origin() + "/mcp");
    }

    /** The keys that calls came with. */
    List<String> opened() {
        return opened;
    }

    private void serve(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (!("Bearer " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            send(exchange, 401, "{}");
            return;
        }
        if (!exchange.getRequestMethod().equals("POST")) {
            send(exchange, exchange.getRequestMethod().equals("DELETE") ? 200 : 405, "{}");
            return;
        }
        JsonNode message = Json.parse(body).orElseThrow();
        ObjectNode answer = Json.mapper().createObjectNode().put("jsonrpc", "2.0");
        answer.set("id", message.path("id"));
        switch (message.path("method").asString("")) {
            case "initialize" -> {
                exchange.getResponseHeaders().set("Mcp-Session-Id", "guarded-" + nextSession());
                answer.putObject("result")
                        .put("protocolVersion", "2025-06-18")
                        .putObject("serverInfo")
                        .put("name", "guarded");
            }
            case "tools/call" -> call(message, answer);
            default -> {
                send(exchange, 202, "");
                return;
            }
        }
        send(exchange, 200, answer.toString());
    }

    private void call(JsonNode message, ObjectNode answer) {
        String given = message.at("/params/arguments/api_key").asString("");
        opened.add(given);
        ObjectNode result = answer.putObject("result");
        result.putArray("content").addObject().put("type", "text").put("text", "ok");
        if (!given.equals(key)) {
            result.put("isError", true);
        }
    }

    private synchronized int nextSession() {
        return ++sessions;
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().put("Content-Type", List.of("application/json"));
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    /** The requests of one agent that works: handshake and one call. */
    static List<String> work(String key) {
        return List.of(
                "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-06-18\","
                        + "\"capabilities\":{},\"clientInfo\":{\"name\":\"ann\",\"version\":\"1\"}}}",
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"open\",\"arguments\":"
                        + Json.mapper().valueToTree(Map.of("api_key", key)) + "}}");
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdown();
    }
}
