package dev.mcpreel.captures.testkit;

import dev.mcpreel.captures.exchange.EndCause;
import dev.mcpreel.captures.exchange.EndedBy;

/**
 * A request of a {@link ScriptedAgent} waiting to be told how it was answered. All times are milliseconds after its
 * start. What happens on the way is scripted first ({@link #progress}, {@link #serverRequest}, ...), then exactly one of
 * the methods that return the agent; its clock then stands where the agent learned the outcome, unless the call runs in
 * the {@linkplain #background() background}.
 */
public final class ScriptedCall {
    private static final String EVENT_STREAM = "text/event-stream";
    private static final String JSON = "application/json";

    private final ScriptedAgent agent;
    private final ScriptedExchange exchange;
    private final String method;
    private final String idJson;
    private final double start;
    private boolean background;
    private boolean headSent;

    ScriptedCall(ScriptedAgent agent, ScriptedExchange exchange, String method, String idJson) {
        this.agent = agent;
        this.exchange = exchange;
        this.method = method;
        this.idJson = idJson;
        this.start = agent.now();
    }

    /** The JSON-RPC id as it stands in the message. */
    public String idJson() {
        return idJson;
    }

    /** The exchange that carries it, for anything that cannot be said here. */
    public ScriptedExchange exchange() {
        return exchange;
    }

    /** The agent does not wait: its clock stays at the start of this call. */
    public ScriptedCall background() {
        background = true;
        return this;
    }

    /** The log holds the exchange as a whole at the place of its end. */
    public ScriptedCall coalesced() {
        exchange.coalesced();
        return this;
    }

    /** A progress notification on the response stream. */
    public ScriptedCall progress(double millis) {
        return event(
                millis,
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"progressToken\":" + idJson
                        + ",\"progress\":" + Math.round(millis) + "}}");
    }

    /** A request of the server on the response stream, answered by the agent in a POST of its own so much later. */
    public ScriptedCall serverRequest(double millis, String serverIdJson, String serverMethod, double answeredAfter) {
        serverRequest(millis, serverIdJson, serverMethod);
        double back = agent.now();
        agent.clock(start + millis + answeredAfter).answer(serverIdJson, "{}").clock(back);
        return this;
    }

    /** A request of the server on the response stream that nobody answers. */
    public ScriptedCall serverRequest(double millis, String serverIdJson, String serverMethod) {
        return event(
                millis,
                "{\"jsonrpc\":\"2.0\",\"id\":" + serverIdJson + ",\"method\":\"" + serverMethod + "\",\"params\":{}}");
    }

    /** A priming event: an event id and no data. */
    public ScriptedCall primed(double millis, String eventId) {
        streamHead(millis);
        exchange.block(start + millis, "id: " + eventId + "\ndata: \n\n");
        return this;
    }

    /** A comment that keeps the stream alive. */
    public ScriptedCall keepAlive(double millis) {
        streamHead(millis);
        exchange.block(start + millis, ": keepalive\n\n");
        return this;
    }

    /** An event with any data. */
    public ScriptedCall event(double millis, String data) {
        streamHead(millis);
        exchange.event(start + millis, data);
        return this;
    }

    /** Answered as a JSON body. */
    public ScriptedAgent json(double millis) {
        return json(millis, defaultResult());
    }

    public ScriptedAgent json(double millis, String result) {
        return body(millis, 200, response("\"result\":" + result));
    }

    /** Answered on an event stream that ends 0.5 ms after the answer. */
    public ScriptedAgent sse(double millis) {
        return sse(millis, defaultResult());
    }

    public ScriptedAgent sse(double millis, String result) {
        event(millis, response("\"result\":" + result));
        exchange.end(start + millis + 0.5);
        return learned(millis);
    }

    /** Answered with a result that says the tool failed. */
    public ScriptedAgent toolError(double millis) {
        return json(millis, "{\"content\":[{\"type\":\"text\",\"text\":\"broken\"}],\"isError\":true}");
    }

    /** Answered with a JSON-RPC error in a response of status 200. */
    public ScriptedAgent rpcError(double millis, int code, String message) {
        return body(millis, 200, response("\"error\":{\"code\":" + code + ",\"message\":\"" + message + "\"}"));
    }

    /** Refused with a status and a body of plain text. */
    public ScriptedAgent http(double millis, int status, String text) {
        exchange.head(start + millis, status, "Content-Type", "text/plain");
        if (!text.isEmpty()) {
            exchange.answer(start + millis, text);
        }
        exchange.end(start + millis);
        return learned(millis);
    }

    /** Answered with a status and any JSON body. */
    public ScriptedAgent body(double millis, int status, String json) {
        exchange.head(start + millis, status, headers(status, JSON));
        exchange.answer(start + millis, json).end(start + millis);
        return learned(millis);
    }

    /** The server ends the response stream without an answer, as HTTP allows it. */
    public ScriptedAgent endedUnanswered(double millis) {
        streamHead(millis);
        exchange.end(start + millis);
        return learned(millis);
    }

    /** The server's side closes the response stream in the middle. */
    public ScriptedAgent cut(double millis) {
        streamHead(millis);
        return ended(millis, EndCause.CLOSED, EndedBy.UPSTREAM);
    }

    /** The server's side resets the connection before any response. */
    public ScriptedAgent reset(double millis) {
        return ended(millis, EndCause.RESET, EndedBy.UPSTREAM);
    }

    /** No connection to the server; the recorder answers 502 in its place. */
    public ScriptedAgent refused(double millis) {
        exchange.head(start + millis, 502);
        return ended(millis, EndCause.CONNECT_FAILED, EndedBy.RECORDER);
    }

    /** The agent closes its connection without an answer. */
    public ScriptedAgent giveUp(double millis) {
        return ended(millis, EndCause.CLOSED, EndedBy.CLIENT);
    }

    /** The exchange ends in any other way. */
    public ScriptedAgent ended(double millis, EndCause cause, EndedBy by) {
        exchange.end(start + millis, cause, by);
        return learned(millis);
    }

    /** The capture has no end for it; the agent goes on after so long. */
    public ScriptedAgent neverEnded(double millis) {
        return learned(millis);
    }

    /** A whole JSON-RPC response to this request, given its result or error member. */
    public String response(String member) {
        return "{" + member + ",\"jsonrpc\":\"2.0\",\"id\":" + idJson + "}";
    }

    private void streamHead(double millis) {
        if (!headSent) {
            exchange.head(start + millis, 200, headers(200, EVENT_STREAM));
            headSent = true;
        }
    }

    private String[] headers(int status, String contentType) {
        return status == 200 && method.equals("initialize")
                ? agent.sessionHeaders(contentType)
                : new String[] {"Content-Type", contentType};
    }

    private String defaultResult() {
        return method.equals("tools/call") ? "{\"content\":[{\"type\":\"text\",\"text\":\"done\"}]}" : "{}";
    }

    private ScriptedAgent learned(double millis) {
        return background ? agent : agent.clock(start + millis);
    }
}
