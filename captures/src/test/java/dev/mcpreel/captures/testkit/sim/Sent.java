package dev.mcpreel.captures.testkit.sim;

import dev.mcpreel.captures.exchange.EndCause;
import dev.mcpreel.captures.exchange.EndedBy;
import dev.mcpreel.captures.exchange.Outcome;
import dev.mcpreel.captures.testkit.CaptureScript;
import dev.mcpreel.captures.testkit.ScriptedExchange;

/**
 * A request on its way. What the server says before it answers comes first, then exactly one of the methods that end it, which
 * put it into the truth. All times are milliseconds of the script.
 */
final class Sent {
    /** An exchange that takes longer is not held back to become one record. */
    private static final double SMALL_MILLIS = 100;

    private final Link link;
    private final ScriptedExchange exchange;
    private final Pool.Line line;
    private final String idJson;
    private final String method;
    private final double start;
    private boolean streaming;
    private int progress;

    Sent(Link link, ScriptedExchange exchange, Pool.Line line, String idJson, String method, double start) {
        this.link = link;
        this.exchange = exchange;
        this.line = line;
        this.idJson = idJson;
        this.method = method;
        this.start = start;
    }

    double start() {
        return start;
    }

    String idJson() {
        return idJson;
    }

    String key() {
        return TrueRequest.key(exchange.id(), idJson.replace("\"", ""));
    }

    /** The server sends something before the answer. */
    void say(double atMillis, String data) {
        EventStream stream = link.stream();
        if (stream == null) {
            streamHead(atMillis);
            exchange.event(atMillis, data);
        } else {
            stream.event(atMillis, data);
        }
    }

    void progress(double atMillis) {
        progress++;
        say(atMillis, progressMessage());
    }

    String progressMessage() {
        return "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"progressToken\":" + idJson
                + ",\"progress\":" + progress + "}}";
    }

    /** A block of the event stream as it stands on the wire. */
    void block(double atMillis, String text) {
        streamHead(atMillis);
        exchange.block(atMillis, text);
    }

    /** Counts a progress notification that was written as a block. */
    void progressed() {
        progress++;
    }

    private void streamHead(double atMillis) {
        if (!streaming) {
            exchange.head(atMillis, 200, link.headers("text/event-stream"));
            streaming = true;
        }
    }

    /** The server answers, one way or another. */
    double reply(double atMillis, String member) {
        if (link.stream() != null) {
            return onStream(atMillis, member);
        }
        return streaming || link.world().chance(0.3) ? event(atMillis, member) : json(atMillis, member);
    }

    /** The answer as a JSON body. */
    double json(double atMillis, String member) {
        exchange.head(atMillis, 200, link.headers("application/json")).answer(atMillis, response(member));
        ended(atMillis);
        return answered(atMillis, member);
    }

    /** The answer as an event; some servers leave the stream open for a while. */
    private double event(double atMillis, String member) {
        say(atMillis, response(member));
        ended(atMillis + (link.world().chance(0.2) ? 300 : 0.5));
        return answered(atMillis, member);
    }

    private double onStream(double atMillis, String member) {
        say(atMillis, response(member));
        accepted();
        TrueRequest request = answer(atMillis, member, 202);
        link.world().truth().request(request);
        return atMillis;
    }

    /** Accepted, and answered no more. */
    void acceptedOnly() {
        accepted();
    }

    /** Another request in the same body. */
    Sent another(String otherIdJson) {
        return new Sent(link, exchange, line, otherIdJson, method, start);
    }

    private void accepted() {
        exchange.head(start + 1, 202).end(start + 1).coalesced();
        line.freeAt(start + 1);
        own();
    }

    String response(String member) {
        return "{" + member + ",\"jsonrpc\":\"2.0\",\"id\":" + idJson + "}";
    }

    /** The response ends without more. */
    void ended(double atMillis) {
        exchange.end(atMillis);
        if (atMillis - start < SMALL_MILLIS) {
            exchange.coalesced();
        }
        line.freeAt(atMillis);
        own();
    }

    /** The connection ends in another way, and is used no more. */
    void ended(double atMillis, EndCause cause, EndedBy by) {
        exchange.end(atMillis, cause, by);
        own();
    }

    private void own() {
        if (!link.piece().isEmpty()) {
            link.world().truth().owner(exchange.id(), link.piece());
        }
    }

    /** Refused with a status and text. */
    double refused(double atMillis, int status, String text) {
        exchange.head(atMillis, status, "Content-Type", "text/plain").answer(atMillis, text);
        ended(atMillis);
        Outcome outcome = status == 503 ? Outcome.GATEWAY_TIMEOUT : Outcome.HTTP_ERROR;
        return truth(atMillis, outcome, status);
    }

    /** Refused because the server does not know the session, in one of the ways of the field. */
    double sessionLost(double atMillis) {
        String error = "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32001,\"message\":\"Session not found\"},\"id\":%s}";
        if (link.world().chance(0.5)) {
            String id = link.world().chance(0.5) ? "null" : idJson;
            exchange.head(atMillis, 404, "Content-Type", "application/json").answer(atMillis, error.formatted(id));
        } else {
            exchange.head(atMillis, 404, "Content-Type", "text/plain").answer(atMillis, "Not Found");
        }
        ended(atMillis);
        return truth(atMillis, Outcome.SESSION_LOST, 404);
    }

    /** Refused with an answer that does not know what it answers. */
    double refusedNameless(double atMillis) {
        exchange.head(atMillis, 400, "Content-Type", "application/json")
                .answer(
                        atMillis,
                        "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32600,\"message\":\"Invalid Request\"},\"id\":null}");
        ended(atMillis);
        return truth(atMillis, Outcome.HTTP_ERROR, 400);
    }

    /** The answer came on another stream. */
    double answered(double atMillis, String member) {
        link.world().truth().request(answer(atMillis, member, 200));
        return atMillis;
    }

    private TrueRequest answer(double atMillis, String member, int status) {
        Outcome outcome = Replies.outcome(member);
        return request(atMillis, outcome, outcome == Outcome.RPC_ERROR ? Replies.CODE : status);
    }

    /** It ended so. */
    double truth(double atMillis, Outcome outcome, int code) {
        link.world().truth().request(request(atMillis, outcome, code));
        return atMillis;
    }

    private TrueRequest request(double doneMillis, Outcome outcome, int code) {
        return new TrueRequest(
                key(),
                link.piece(),
                method,
                CaptureScript.at(start),
                CaptureScript.at(doneMillis),
                progress,
                outcome,
                code);
    }
}
