package dev.mcpreel.captures.testkit.sim;

import dev.mcpreel.captures.exchange.EndCause;
import dev.mcpreel.captures.exchange.EndedBy;
import dev.mcpreel.captures.exchange.Outcome;
import dev.mcpreel.captures.testkit.ScriptedExchange;
import dev.mcpreel.captures.testkit.sim.Habit.Mark;
import dev.mcpreel.captures.testkit.sim.Habit.Reach;
import org.jspecify.annotations.Nullable;

/** One agent's way to its server: writes down what it sends, with all that its habit puts around it. */
final class Link {
    private final World world;
    private final Population population;
    private final Habit habit;
    private final Pool pool;
    private final String name;
    private final String token;
    private final String trace;
    private final String idPrefix;
    private String piece;
    private @Nullable String sessionId;
    private @Nullable EventStream stream;
    private @Nullable EventStream standing;
    private @Nullable Sent subscription;
    private String given = "";
    private String target = "/mcp";
    private boolean opened;
    private int nextId;
    private int nextServerId;

    Link(World world, Population population, Pool pool, String name) {
        this.world = world;
        this.population = population;
        this.habit = population.habit();
        this.pool = pool;
        this.name = name;
        this.piece = name;
        this.token = habit.has(Mark.TOKEN) ? world.unique("hash-") : population.token();
        this.trace = trace();
        this.idPrefix = world.unique("");
        this.target = habit.has(Mark.PATH) ? "/mcp/" + name : "/mcp";
    }

    World world() {
        return world;
    }

    Habit habit() {
        return habit;
    }

    String piece() {
        return piece;
    }

    /** What it sends from now on belongs to another piece of work. */
    void piece(String newPiece) {
        piece = newPiece;
    }

    /** The handshake of the habit; returns when it is done. */
    double open(double atMillis) {
        return switch (habit.reach()) {
            case MODERN -> listen(discover(atMillis));
            case POOLED_SESSION -> {
                sessionId = population.pooledSession(this, atMillis);
                opened = true;
                yield atMillis;
            }
            case LEGACY_SSE -> openStream(atMillis);
            case OWN_SESSION -> openStanding(openFor(piece, session(), probe(atMillis)));
            case NAMELESS -> openFor(piece, session(), probe(atMillis));
            case SESSION_PER_CALL, SESSION_PER_CALL_KEPT -> atMillis;
        };
    }

    /** A session of its own for one call. */
    double openAnew(double atMillis) {
        opened = false;
        sessionId = null;
        nextId = 0;
        return openFor(piece, session(), atMillis);
    }

    private String session() {
        return habit.reach() == Reach.NAMELESS ? "" : world.unique("session-");
    }

    /** Initializes a session for an agent, or for nobody in particular. */
    double openFor(String owner, String newSession, double atMillis) {
        String before = piece;
        piece = owner;
        Sent initialize = send(atMillis, "initialize", "", initializeParams());
        given = newSession;
        double at = initialize.json(
                atMillis + world.between(2, 20),
                "\"result\":{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},\"serverInfo\":{\"name\":\"s\"}}");
        given = "";
        sessionId = newSession.isEmpty() ? null : newSession;
        opened = true;
        at = tell(at + 1, "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
        piece = before;
        return at + 1;
    }

    private String initializeParams() {
        return "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\""
                + population.program() + "\",\"version\":\"1.4\"}}";
    }

    /** Some clients ask for the modern era first. */
    private double probe(double atMillis) {
        boolean probes = habit.reach() == Reach.OWN_SESSION && habit.wiring() == Habit.Wiring.OWN;
        if (!probes || world.chance(0.7)) {
            return atMillis;
        }
        Sent probe = send(atMillis, "server/discover", "", "{}");
        return probe.refused(atMillis + 3, 400, "Bad Request: Server not initialized") + 1;
    }

    private double discover(double atMillis) {
        if (world.chance(0.5)) {
            return atMillis;
        }
        Sent discover = send(atMillis, "server/discover", "", "{}");
        return discover.json(atMillis + 4, "\"result\":{\"resultType\":\"complete\",\"capabilities\":{}}") + 1;
    }

    private double openStream(double atMillis) {
        String id = world.unique("sse-");
        Pool.Line line = pool.take(atMillis);
        ScriptedExchange get = exchange(atMillis, line, "GET", "/sse").header("Accept", "text/event-stream");
        get.upstream(atMillis + 0.2).head(atMillis + 1, 200, "Content-Type", "text/event-stream");
        stream = new EventStream(get);
        stream.block(atMillis + 1.5, "event: endpoint\ndata: /messages/?session_id=" + id + "\n\n");
        world.truth().owner(get.id(), piece);
        target = "/messages/?session_id=" + id;
        Sent initialize = send(atMillis + 2, "initialize", "", initializeParams());
        double at = initialize.reply(
                atMillis + 12,
                "\"result\":{\"protocolVersion\":\"2024-11-05\",\"capabilities\":{},\"serverInfo\":{\"name\":\"s\"}}");
        opened = true;
        return tell(at + 1, "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}") + 1;
    }

    /** Some clients of a session keep a stream for what the server says of its own accord. */
    private double openStanding(double atMillis) {
        if (world.chance(0.5)) {
            return atMillis;
        }
        ScriptedExchange get = exchange(atMillis, pool.take(atMillis), "GET", target)
                .header("Accept", "text/event-stream")
                .upstream(atMillis + 0.2)
                .head(atMillis + 1, 200, "Content-Type", "text/event-stream");
        world.truth().owner(get.id(), piece);
        standing = new EventStream(get);
        return atMillis + 2;
    }

    /** The server asks on the standalone stream, if there is one, whether the client is there; returns when it has answered. */
    double pinged(double atMillis) {
        if (standing == null) {
            return atMillis;
        }
        String id = nextServerIdJson();
        standing.event(atMillis, "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"ping\"}");
        return tell(atMillis + 2, "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":{}}");
    }

    /** The server that lost the session ends its stream; the client opens none for the next. */
    void streamLost(double atMillis) {
        if (standing != null) {
            standing.close(atMillis);
            standing = null;
        }
    }

    /** Some clients of 2026-07-28 subscribe to what changes. */
    private double listen(double atMillis) {
        if (world.chance(0.5)) {
            return atMillis;
        }
        subscription = send(atMillis, "subscriptions/listen", "", "{\"notifications\":{\"toolsListChanged\":true}}");
        subscription.say(atMillis + 2, "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/subscriptions/acknowledged\"}");
        return atMillis + 3;
    }

    /** Ends what the habit ends. */
    void close(double atMillis) {
        streamLost(atMillis + 300);
        if (subscription != null) {
            subscription.say(atMillis + 10, "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}");
            subscription.ended(atMillis + 50, EndCause.CLOSED, EndedBy.CLIENT);
            subscription.truth(atMillis + 50, Outcome.CANCELLED, 200);
        }
        if (stream != null) {
            stream.close(atMillis + 500);
        }
        boolean deletes =
                habit.reach() == Reach.SESSION_PER_CALL || (habit.reach() == Reach.OWN_SESSION && world.chance(0.5));
        if (deletes && sessionId != null) {
            Pool.Line line = pool.take(atMillis);
            ScriptedExchange delete = exchange(atMillis, line, "DELETE", target);
            delete.upstream(atMillis + 0.2)
                    .head(atMillis + 2, 200)
                    .end(atMillis + 2)
                    .coalesced();
            line.freeAt(atMillis + 2);
            world.truth().owner(delete.id(), piece);
        }
    }

    /** Sends a request, to be answered on what this returns. */
    Sent send(double atMillis, String method, String tool, String params) {
        String id = nextIdJson();
        return post(atMillis, method, tool, id, request(id, method, params));
    }

    /** The id the next request has. */
    String nextIdJson() {
        int number = nextId++;
        return switch (habit.ids()) {
            case COUNTING -> Integer.toString(number);
            case PREFIXED -> "\"" + idPrefix + "-" + number + "\"";
            case ALWAYS_ONE -> "1";
        };
    }

    String nextServerIdJson() {
        return Integer.toString(nextServerId++);
    }

    /** A request as JSON, with what the habit puts into its {@code _meta}. */
    String request(String idJson, String method, String params) {
        String members = params.substring(1, params.length() - 1);
        String meta = meta(idJson);
        String all = meta.isEmpty() ? members : members.isEmpty() ? meta : members + "," + meta;
        return "{\"jsonrpc\":\"2.0\",\"id\":" + idJson + ",\"method\":\"" + method + "\",\"params\":{" + all + "}}";
    }

    private String meta(String idJson) {
        StringBuilder meta = new StringBuilder("\"_meta\":{\"progressToken\":" + idJson);
        if (habit.isModern()) {
            meta.append(",\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\"")
                    .append(",\"io.modelcontextprotocol/clientCapabilities\":{}")
                    .append(",\"io.modelcontextprotocol/clientInfo\":{\"name\":\"" + population.program()
                            + "\",\"version\":\"1.4\"}");
        }
        boolean handshake = !opened && !habit.isModern();
        if (habit.has(Mark.CONVERSATION) && !handshake) {
            meta.append(",\"conversationId\":\"chat-" + name + "\"");
        }
        if (habit.has(Mark.TRACE) && !handshake) {
            meta.append(",\"traceparent\":\"" + trace + "\"");
        } else if (habit.has(Mark.TRACE_PER_REQUEST) && !handshake) {
            meta.append(",\"traceparent\":\"" + trace() + "\"");
        }
        return meta.append('}').toString();
    }

    private String trace() {
        long high = world.random().nextLong();
        return String.format(
                "00-%016x%016x-00f067aa0ba902b7-01", high, world.random().nextLong() | 1);
    }

    /** Posts a body that has one request in it. */
    Sent post(double atMillis, String method, String tool, String idJson, String body) {
        Pool.Line line = pool.take(atMillis);
        ScriptedExchange post = posted(atMillis, line);
        if (habit.isModern()) {
            post.header("Mcp-Method", method);
            if (!tool.isEmpty()) {
                post.header("Mcp-Name", tool);
            }
        }
        post.body(body).upstream(atMillis + 0.2);
        return new Sent(this, post, line, idJson, method, atMillis);
    }

    /** Posts what needs no answer; returns when it was accepted. */
    double tell(double atMillis, String body) {
        Pool.Line line = pool.take(atMillis);
        double end = atMillis + 1.5;
        ScriptedExchange post = posted(atMillis, line);
        post.body(body).upstream(atMillis + 0.2).head(end, 202).end(end).coalesced();
        line.freeAt(end);
        if (!piece.isEmpty()) {
            world.truth().owner(post.id(), piece);
        }
        return end;
    }

    /** Goes on with a broken stream. */
    ScriptedExchange resume(double atMillis, String lastEventId) {
        Pool.Line line = pool.take(atMillis);
        ScriptedExchange get = exchange(atMillis, line, "GET", target)
                .header("Accept", "text/event-stream")
                .header("Last-Event-ID", lastEventId);
        world.truth().owner(get.id(), piece);
        return get.upstream(atMillis + 0.2).head(atMillis + 1, 200, "Content-Type", "text/event-stream");
    }

    private ScriptedExchange posted(double atMillis, Pool.Line line) {
        return exchange(atMillis, line, "POST", target)
                .header("Accept", "application/json, text/event-stream")
                .header("Content-Type", "application/json");
    }

    private ScriptedExchange exchange(double atMillis, Pool.Line line, String method, String path) {
        ScriptedExchange exchange = world.script()
                .exchange(atMillis)
                .connection(line.number())
                .peer(line.peer())
                .request(method, path)
                .header("User-Agent", population.program() + "/1.4")
                .header("Authorization", "Bearer " + token);
        if (sessionId != null) {
            exchange.header("Mcp-Session-Id", sessionId);
        }
        if (habit.isModern()) {
            exchange.header("MCP-Protocol-Version", "2026-07-28");
        } else if (opened && habit.reach() != Reach.LEGACY_SSE) {
            exchange.header("MCP-Protocol-Version", "2025-11-25");
        }
        boolean own = opened || habit.reach() != Reach.POOLED_SESSION;
        return habit.has(Mark.HEADER) && own ? exchange.header("X-Agent-Id", name) : exchange;
    }

    /** The header fields of a response. */
    String[] headers(String contentType) {
        return given.isEmpty()
                ? new String[] {"Content-Type", contentType}
                : new String[] {"Content-Type", contentType, "Mcp-Session-Id", given};
    }

    /** The stream that answers come on, null where each request has its own. */
    @Nullable
    EventStream stream() {
        return stream;
    }
}
