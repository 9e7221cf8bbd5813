package dev.mcpreel.captures.testkit;

/**
 * An agent of a {@link CaptureScript}. It speaks Streamable HTTP of the legacy era; by default its server names its
 * session and its JSON-RPC ids count from 0. Every method that sends starts at the agent's clock.
 */
public final class ScriptedAgent {
    private final CaptureScript script;
    private final String name;
    private String sessionId;
    private boolean sessionKnown;
    private long connection;
    private String peer;
    private String userAgent = "node";
    private String token = "";
    private String idPrefix = "";
    private String instance = "http://127.0.0.1:3001";
    private String revision = "2025-11-25";
    private boolean coalesced;
    private double now;
    private long nextId;

    ScriptedAgent(CaptureScript script, String name) {
        this.script = script;
        this.name = name;
        this.sessionId = "session-" + name;
        this.connection = script.nextConnection();
        this.peer = "127.0.0.1:" + (50_000 + connection);
    }

    /** The server gives no session id. */
    public ScriptedAgent withoutSessionId() {
        sessionId = null;
        return this;
    }

    /** The session id the server gives, in place of one that has the agent's name. */
    public ScriptedAgent givenSession(String id) {
        sessionId = id;
        return this;
    }

    /** The recording began when the session was under way: the id is sent although no initialize was seen. */
    public ScriptedAgent midSession() {
        sessionKnown = true;
        return this;
    }

    public ScriptedAgent startingAt(double millis) {
        now = millis;
        return this;
    }

    public ScriptedAgent client(String host, String newUserAgent) {
        peer = host + ":" + (50_000 + connection);
        userAgent = newUserAgent;
        return this;
    }

    /** The value of the Authorization header. */
    public ScriptedAgent token(String value) {
        token = value;
        return this;
    }

    /** Ids become {@code "<prefix>-<n>"}, as the Java SDK makes them. */
    public ScriptedAgent idPrefix(String prefix) {
        idPrefix = prefix;
        return this;
    }

    /** The next request has this number for an id. */
    public ScriptedAgent nextId(long number) {
        nextId = number;
        return this;
    }

    /** The instance that answers from now on. */
    public ScriptedAgent instance(String url) {
        instance = url;
        return this;
    }

    /** Goes on with a new connection. */
    public ScriptedAgent reconnect() {
        connection = script.nextConnection();
        return this;
    }

    /** Goes on with the connection of another agent. */
    public ScriptedAgent sharingConnectionOf(ScriptedAgent other) {
        connection = other.connection;
        peer = other.peer;
        return this;
    }

    /** From now on every exchange stands in the log as a whole at the place of its end. */
    public ScriptedAgent coalesced() {
        coalesced = true;
        return this;
    }

    /** The agent's clock, milliseconds of the script. */
    public double now() {
        return now;
    }

    public long connection() {
        return connection;
    }

    public String name() {
        return name;
    }

    /** Lets time pass. */
    public ScriptedAgent think(double millis) {
        now += millis;
        return this;
    }

    /** Sets the clock, to any time. */
    public ScriptedAgent clock(double millis) {
        now = millis;
        return this;
    }

    /** The handshake: initialize answered as JSON after 5 ms, then the initialized notification, accepted after 2 ms. */
    public ScriptedAgent initialize() {
        initializeRequest().json(5, initializeResult());
        return initialized();
    }

    /** The initialize request alone, for an answer of another kind. */
    public ScriptedCall initializeRequest() {
        return request(
                "initialize",
                "{\"protocolVersion\":\"" + revision + "\",\"capabilities\":{},\"clientInfo\":{\"name\":\"" + name
                        + "\",\"version\":\"1.0\"}}");
    }

    /** What the server answers to initialize. */
    public String initializeResult() {
        return "{\"protocolVersion\":\"" + revision + "\",\"capabilities\":{},\"serverInfo\":{\"name\":\"s\"}}";
    }

    /** The initialized notification, accepted after 2 ms. */
    public ScriptedAgent initialized() {
        return notify("notifications/initialized", "{}");
    }

    /** A notification, accepted with 202 after 2 ms. */
    public ScriptedAgent notify(String method, String params) {
        return accepted("{\"jsonrpc\":\"2.0\",\"method\":\"" + method + "\",\"params\":" + params + "}");
    }

    /** Cancels a request it sent. */
    public ScriptedAgent cancel(ScriptedCall call) {
        return notify("notifications/cancelled", "{\"requestId\":" + call.idJson() + ",\"reason\":\"timed out\"}");
    }

    /** Answers a request of the server; both arguments are JSON. */
    public ScriptedAgent answer(String serverIdJson, String result) {
        return accepted("{\"jsonrpc\":\"2.0\",\"id\":" + serverIdJson + ",\"result\":" + result + "}");
    }

    public ScriptedCall call(String tool) {
        return call(tool, "{}");
    }

    public ScriptedCall call(String tool, String arguments) {
        return request("tools/call", "{\"name\":\"" + tool + "\",\"arguments\":" + arguments + "}");
    }

    public ScriptedAgent listTools() {
        return request("tools/list", "{}").json(3, "{\"tools\":[]}");
    }

    public ScriptedAgent ping() {
        return request("ping", "{}").json(1, "{}");
    }

    /** Any request; the answer is scripted on what this returns. */
    public ScriptedCall request(String method, String params) {
        long number = nextId++;
        String idJson = idPrefix.isEmpty() ? Long.toString(number) : "\"" + idPrefix + "-" + number + "\"";
        ScriptedExchange post = post(
                "{\"jsonrpc\":\"2.0\",\"id\":" + idJson + ",\"method\":\"" + method + "\",\"params\":" + params + "}");
        return new ScriptedCall(this, post, method, idJson);
    }

    /** A POST of anything with this agent's headers, not yet answered; the clock stays. */
    public ScriptedExchange post(String body) {
        return exchange()
                .header("Accept", "application/json, text/event-stream")
                .header("Content-Type", "application/json")
                .body(body)
                .upstream(now + 0.2, instance);
    }

    /** Opens the standalone stream, accepted after 1 ms; events and the end are scripted on what this returns. */
    public ScriptedExchange stream() {
        return get().upstream(now + 0.2, instance).head(now + 1, 200, "Content-Type", "text/event-stream");
    }

    /** Opens a stream to go on with a broken one. */
    public ScriptedExchange resume(String lastEventId) {
        return stream().header("Last-Event-ID", lastEventId);
    }

    /** Asks for the standalone stream and is told after 1 ms that there is none. */
    public ScriptedAgent streamRefused() {
        get().upstream(now + 0.2, instance).head(now + 1, 405).end(now + 1);
        return this;
    }

    /** Ends the transport session, accepted after 2 ms. */
    public ScriptedAgent delete() {
        exchange()
                .request("DELETE", "/mcp")
                .upstream(now + 0.2, instance)
                .head(now + 2, 200)
                .end(now + 2);
        now += 2;
        return this;
    }

    /** An exchange with this agent's headers from scratch; the clock stays. */
    public ScriptedExchange exchange() {
        ScriptedExchange exchange =
                script.exchange(now).connection(connection).peer(peer).header("User-Agent", userAgent);
        if (!token.isEmpty()) {
            exchange.header("Authorization", token);
        }
        if (sessionKnown && sessionId != null) {
            exchange.header("Mcp-Session-Id", sessionId).header("MCP-Protocol-Version", revision);
        }
        return coalesced ? exchange.coalesced() : exchange;
    }

    /** What an initialize response carries, as names and values in turn; the agent sends the id from then on. */
    String[] sessionHeaders(String contentType) {
        sessionKnown = true;
        return sessionId == null
                ? new String[] {"Content-Type", contentType}
                : new String[] {"Content-Type", contentType, "Mcp-Session-Id", sessionId};
    }

    private ScriptedExchange get() {
        return exchange().request("GET", "/mcp").header("Accept", "text/event-stream");
    }

    private ScriptedAgent accepted(String body) {
        post(body).head(now + 2, 202).end(now + 2);
        now += 2;
        return this;
    }
}
