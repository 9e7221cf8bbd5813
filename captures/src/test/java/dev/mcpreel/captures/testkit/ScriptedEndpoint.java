package dev.mcpreel.captures.testkit;

/** A client of the HTTP+SSE transport (2024-11-05): one stream, the endpoint it named, and what is posted there. */
public final class ScriptedEndpoint {
    private final CaptureScript script;
    private final String name;
    private final String[] header;
    private final ScriptedExchange stream;
    private long lastId = -1;

    /** @param header a name and a value that every exchange has; may be empty */
    public ScriptedEndpoint(CaptureScript script, String name, double startMillis, String... header) {
        this.script = script;
        this.name = name;
        this.header = header;
        this.stream = headed(script.exchange(startMillis))
                .request("GET", "/sse")
                .header("Accept", "text/event-stream")
                .head(startMillis + 1, 200, "Content-Type", "text/event-stream")
                .block(startMillis + 1, "event: endpoint\ndata: /message?sessionId=" + name + "\n\n");
        send(startMillis + 2, "initialize", "{\"clientInfo\":{\"name\":\"" + name + "\",\"version\":\"1\"}}");
        answer(startMillis + 4, "{\"protocolVersion\":\"2024-11-05\"}");
    }

    private ScriptedExchange headed(ScriptedExchange exchange) {
        exchange.peer("10.0.0.1:4000").header("User-Agent", "node");
        return header.length == 0 ? exchange : exchange.header(header[0], header[1]);
    }

    private void send(double millis, String method, String params) {
        headed(script.exchange(millis))
                .request("POST", "/message?sessionId=" + name)
                .body("{\"jsonrpc\":\"2.0\",\"id\":" + ++lastId + ",\"method\":\"" + method + "\",\"params\":" + params
                        + "}")
                .head(millis + 1, 202)
                .end(millis + 1);
    }

    private void answer(double millis, String result) {
        stream.event(millis, "{\"jsonrpc\":\"2.0\",\"id\":" + lastId + ",\"result\":" + result + "}");
    }

    /** A call, answered on the stream. */
    public ScriptedEndpoint call(double millis, double doneMillis) {
        send(millis, "tools/call", "{\"name\":\"x\",\"arguments\":{}}");
        answer(doneMillis, "{\"content\":[]}");
        return this;
    }

    /** Its stream, to be ended. */
    public ScriptedExchange stream() {
        return stream;
    }
}
