package dev.mcpreel.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** One MCP session spoken by hand over a given HTTP client. */
final class RawSession {
    private static final String INITIALIZE = """
            {"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25",\
            "capabilities":{},"clientInfo":{"name":"by-hand","version":"1"}}}""";

    private final HttpClient http;
    private final DemoServer server;
    private String id = "";
    private int lastBodyBytes;

    private RawSession(HttpClient http, DemoServer server) {
        this.http = http;
        this.server = server;
    }

    static RawSession open(DemoServer server) throws IOException, InterruptedException {
        return open(HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build(), server);
    }

    static RawSession open(HttpClient http, DemoServer server) throws IOException, InterruptedException {
        RawSession session = new RawSession(http, server);
        session.id = session.post("/mcp", INITIALIZE)
                .headers()
                .firstValue("mcp-session-id")
                .orElseThrow();
        session.post("/mcp", "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
        return session;
    }

    HttpResponse<String> call(String tool, String arguments, String more) throws IOException, InterruptedException {
        return post("/mcp", body(tool, arguments, more));
    }

    CompletableFuture<HttpResponse<String>> callAsync(String tool, String arguments) {
        return http.sendAsync(request("/mcp", body(tool, arguments, "")), BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        lastBodyBytes = body.getBytes(UTF_8).length;
        return http.send(request(path, body), BodyHandlers.ofString());
    }

    HttpResponse<Stream<String>> listen() throws IOException, InterruptedException {
        return http.send(to("/mcp").header("Accept", "text/event-stream").GET().build(), BodyHandlers.ofLines());
    }

    HttpResponse<String> end() throws IOException, InterruptedException {
        return http.send(to("/mcp").DELETE().build(), BodyHandlers.ofString());
    }

    int lastBodyBytes() {
        return lastBodyBytes;
    }

    private static String body(String tool, String arguments, String more) {
        return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"" + tool
                + "\",\"arguments\":" + arguments + more + "}}";
    }

    private HttpRequest request(String path, String body) {
        return to(path).header("Accept", "application/json, text/event-stream")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    private HttpRequest.Builder to(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.origin().resolve(path));
        return id.isEmpty() ? request : request.header("Mcp-Session-Id", id);
    }
}
