package dev.mcpreel.analysis.pattern;

import dev.mcpreel.captures.session.AgentSession;
import dev.mcpreel.captures.session.RequestTrace;
import dev.mcpreel.captures.session.Spread;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * What it costs to list the tools, and who does without. From revision 2026-07-28 on a list says in {@code ttlMs} how long
 * a client may keep it (server/utilities/caching); clients are told apart by the {@code clientInfo} their requests carry.
 */
public final class Listing {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Spread tokens = new Spread();
    private final LastingLists lasting = new LastingLists();
    private final Map<String, FirstCall> calls = new HashMap<>();
    private long asked;
    private long repeated;
    private long bytes;
    private long totalTokens;
    private long listing;
    private long calling;
    private long withoutList;
    private long covered;
    private long withTtl;
    private long askedWhileFresh;

    Listing() {}

    /** A request and what came of it, in any order. */
    void answered(RequestTrace request) {
        boolean list = request.method().equals("tools/list");
        String client = list || request.isCall() ? client(request.request().node()) : "";
        if (client.isEmpty()) {
            return;
        }
        if (request.isCall()) {
            calls.merge(request.sessionId(), new FirstCall(client, request.startNanos()), FirstCall::earlier);
            return;
        }
        if (lasting.isGood(client, request.startNanos())) {
            askedWhileFresh++;
        }
        JsonNode ttl =
                request.answer() == null ? null : request.answer().result().get("ttlMs");
        if (ttl != null && ttl.isNumber() && ttl.doubleValue() > 0) {
            withTtl++;
            long nanos = (long) Math.min(ttl.doubleValue() * NANOS_PER_MILLI, Long.MAX_VALUE / 4.0);
            lasting.add(client, request.doneNanos(), request.doneNanos() + nanos);
        }
    }

    private static String client(JsonNode request) {
        JsonNode info = request.path("params").path("_meta").path("io.modelcontextprotocol/clientInfo");
        return (info.path("name").asString("") + " " + info.path("version").asString("")).strip();
    }

    void over(AgentSession session) {
        FirstCall first = calls.remove(session.id());
        asked += session.shape().lists().asked();
        repeated += session.shape().lists().repeated();
        bytes += session.shape().lists().bytes();
        totalTokens += session.shape().lists().tokens();
        if (session.shape().lists().asked() > 0) {
            listing++;
            tokens.add(session.shape().lists().tokens());
        }
        calling += session.shape().calls() > 0 ? 1 : 0;
        if (session.shape().listedFromCache()) {
            withoutList++;
            covered += first != null && lasting.isGood(first.client(), first.startNanos()) ? 1 : 0;
        }
    }

    /** Requests for tools/list. */
    public long asked() {
        return asked;
    }

    /** Answers that told a session nothing new. */
    public long repeated() {
        return repeated;
    }

    /** Of the different results of each session, added up. */
    public long bytes() {
        return bytes;
    }

    /** An estimate for all sessions together. */
    public long tokens() {
        return totalTokens;
    }

    /** An estimate for each session that listed. */
    public Spread tokensPerSession() {
        return tokens;
    }

    /** Sessions that listed. */
    public long listingSessions() {
        return listing;
    }

    /** Sessions that called tools. */
    public long callingSessions() {
        return calling;
    }

    /** Of those, the ones that never listed: their client knew the tools from before. */
    public long withoutList() {
        return withoutList;
    }

    /** Of those, the ones whose first call found an earlier list to the same client still good by its {@code ttlMs}. */
    public long coveredByTtl() {
        return covered;
    }

    /** Answers that carry a {@code ttlMs}. */
    public long withTtl() {
        return withTtl;
    }

    /** Requests for tools/list although an earlier answer to the same client was still good. */
    public long askedWhileFresh() {
        return askedWhileFresh;
    }

    /** Of an open session. */
    private record FirstCall(String client, long startNanos) {
        FirstCall earlier(FirstCall other) {
            return other.startNanos < startNanos ? other : this;
        }
    }
}
