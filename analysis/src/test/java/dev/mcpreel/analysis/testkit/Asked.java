package dev.mcpreel.analysis.testkit;

import static dev.mcpreel.analysis.testkit.Times.at;

import dev.mcpreel.captures.exchange.Bytes;
import dev.mcpreel.captures.exchange.Outcome;
import dev.mcpreel.captures.session.RequestTimes;
import dev.mcpreel.captures.session.RequestTrace;
import dev.mcpreel.captures.wire.Era;
import dev.mcpreel.captures.wire.Json;
import dev.mcpreel.captures.wire.JsonRpcMessage;
import dev.mcpreel.captures.wire.JsonRpcReader;
import dev.mcpreel.captures.wire.MessageEra;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * A recorded request, in milliseconds.
 *
 * @param tool empty for a tools/call without a name and for other methods
 */
public record Asked(
        String method,
        String tool,
        double start,
        double first,
        double done,
        double answering,
        Outcome outcome,
        int code) {
    public static Asked call(String tool, double start, double done) {
        return new Asked("tools/call", tool, start, done, done, 0, Outcome.OK, 200);
    }

    public static Asked method(String method, double start, double done) {
        return new Asked(method, "", start, done, done, 0, Outcome.OK, 200);
    }

    public Asked ended(Outcome newOutcome, int newCode) {
        return new Asked(method, tool, start, first, done, answering, newOutcome, newCode);
    }

    public Asked firstEventAt(double millis) {
        return new Asked(method, tool, start, millis, done, answering, outcome, code);
    }

    public Asked answering(double millis) {
        return new Asked(method, tool, start, first, done, millis, outcome, code);
    }

    public RequestTrace trace(String session, long exchange) {
        ObjectNode message =
                Json.mapper().createObjectNode().put("jsonrpc", "2.0").put("id", exchange);
        message.put("method", method);
        if (!tool.isEmpty()) {
            message.putObject("params").put("name", tool);
        }
        return new RequestTrace(
                session,
                "t1",
                exchange,
                0,
                new MessageEra(Era.LEGACY, "2025-11-25", false),
                (JsonRpcMessage.Request)
                        JsonRpcReader.read(Bytes.owned(Json.write(message))).get(0),
                new RequestTimes(
                        at(start),
                        at(start),
                        first == 0 ? 0 : at(first),
                        first == 0 ? 0 : at(first),
                        List.of(),
                        done == 0 ? 0 : at(done),
                        done == 0 ? 0 : at(done),
                        Math.round(answering * 1e6)),
                outcome,
                code,
                null,
                exchange,
                "http://127.0.0.1:3001",
                100,
                1000);
    }
}
