package dev.mcpreel.captures.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.exchange.EndCause;
import dev.mcpreel.captures.exchange.EndedBy;
import dev.mcpreel.captures.exchange.Outcome;
import dev.mcpreel.captures.wire.JsonRpcMessage;
import dev.mcpreel.captures.wire.JsonRpcReader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(10)
class OutcomesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            200 | "result":{}                                                   | OK           | 200
            200 | "result":{"isError":false}                                    | OK           | 200
            200 | "result":{"isError":true}                                     | TOOL_ERROR   | 200
            200 | "result":{"isError":"true"}                                   | OK           | 200
            200 | "error":{"code":-32602,"message":"Unknown tool: x"}           | RPC_ERROR    | -32602
            200 | "error":{"code":-32001,"message":"Session not found"}         | RPC_ERROR    | -32001
            404 | "error":{"code":-32601,"message":"Method not found"}          | RPC_ERROR    | -32601
            404 | "error":{"code":-32001,"message":"Session not found"}         | SESSION_LOST | 404
            400 | "error":{"code":-32600,"message":"Session not found: abc"}    | SESSION_LOST | 400
            400 | "error":{"code":-32000,"message":"Server not initialized"}    | SESSION_LOST | 400
            400 | "error":{"code":-32020,"message":"Header mismatch"}           | RPC_ERROR    | -32020
            500 | "error":{"code":-32603,"message":"Internal error"}            | RPC_ERROR    | -32603
            503 | "error":{"code":-32000,"message":"busy"}                      | RPC_ERROR    | -32000
            """)
    void of_answerWithOwnId_isJudgedByTheAnswer(int status, String member, Outcome outcome, int code) {
        assertThat(Outcomes.of(answered(status, member, true))).isEqualTo(new Verdict(outcome, code));
    }

    @Test
    void of_sessionCodeWithoutSessionHeader_isAnRpcError() {
        String member = "\"error\":{\"code\":-32001,\"message\":\"Header mismatch\"}";
        assertThat(Outcomes.of(answered(400, member, false))).isEqualTo(new Verdict(Outcome.RPC_ERROR, -32001));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            404 | true  | `not found`                                                           | SESSION_LOST
            404 | false | `not found`                                                           | HTTP_ERROR
            404 | false | `session not found`                                                   | SESSION_LOST
            400 | true  | `bad request`                                                         | HTTP_ERROR
            400 | true  | `{"error":{"code":-32001,"message":"gone"},"id":null}`                | SESSION_LOST
            400 | false | `{"error":{"code":-32001,"message":"gone"},"id":null}`                | HTTP_ERROR
            400 | false | `Bad Request: No valid session ID provided`                           | SESSION_LOST
            400 | true  | `Invalid session ID`                                                  | SESSION_LOST
            400 | true  | `{"error":"Session 8f1c has expired"}`                                | SESSION_LOST
            400 | true  | `Bad Request: Server not initialized`                                 | SESSION_LOST
            400 | false | `Bad Request: Server not initialized`                                 | HTTP_ERROR
            400 | false | `Bad Request: Mcp-Session-Id header is required`                      | HTTP_ERROR
            401 | true  | `unauthorized`                                                        | HTTP_ERROR
            403 | true  | `invalid session`                                                     | HTTP_ERROR
            405 | true  | ``                                                                    | HTTP_ERROR
            307 | true  | ``                                                                    | HTTP_ERROR
            429 | true  | `slow down`                                                           | HTTP_ERROR
            500 | true  | `oops`                                                                | HTTP_ERROR
            408 | true  | ``                                                                    | GATEWAY_TIMEOUT
            502 | true  | `<html>Bad Gateway</html>`                                            | GATEWAY_TIMEOUT
            503 | true  | `upstream connect error`                                              | GATEWAY_TIMEOUT
            504 | true  | ``                                                                    | GATEWAY_TIMEOUT
            524 | true  | ``                                                                    | GATEWAY_TIMEOUT
            200 | true  | ``                                                                    | INVALID
            202 | true  | ``                                                                    | INVALID
            """)
    void of_wholeResponseWithoutAnswer_isJudgedByItsStatus(
            int status, boolean sessionSent, String text, Outcome outcome) {
        Reply reply = new Reply(status, false, null, false, text, EndCause.COMPLETE, EndedBy.UPSTREAM, sessionSent);
        assertThat(Outcomes.of(reply)).isEqualTo(new Verdict(outcome, status));
    }

    @ParameterizedTest
    @CsvSource({
        "0,   CONNECT_FAILED, RECORDER, CONNECT_FAILED",
        "502, CONNECT_FAILED, RECORDER, CONNECT_FAILED",
        "0,   RESET,          UPSTREAM, RESET",
        "200, RESET,          UPSTREAM, RESET",
        "502, RESET,          UPSTREAM, RESET",
        "0,   CLOSED,         UPSTREAM, RESET",
        "502, CLOSED,         UPSTREAM, RESET",
        "200, CLOSED,         UPSTREAM, STREAM_CUT",
        "200, CLOSED,         UNKNOWN,  STREAM_CUT",
        "500, CLOSED,         UPSTREAM, HTTP_ERROR",
        "504, CLOSED,         UPSTREAM, GATEWAY_TIMEOUT",
        "0,   CLOSED,         CLIENT,   DEADLINE",
        "200, RESET,          CLIENT,   DEADLINE",
        "500, CLOSED,         CLIENT,   HTTP_ERROR",
        "200, CLOSED,         RECORDER, INTERRUPTED",
        "0,   TIMED_OUT,      CLIENT,   DEADLINE",
        "200, TIMED_OUT,      CLIENT,   DEADLINE",
        "0,   SHUTDOWN,       RECORDER, INTERRUPTED",
        "200, UNKNOWN,        UNKNOWN,  INTERRUPTED",
        "404, UNKNOWN,        UNKNOWN,  SESSION_LOST",
        "502, BAD_RESPONSE,   UPSTREAM, INVALID",
        "400, BAD_REQUEST,    RECORDER, HTTP_ERROR",
        "200, COMPLETE,       UPSTREAM, STREAM_CUT",
    })
    void of_eventStreamWithoutAnswer_isJudgedByHowItEnded(int status, EndCause cause, EndedBy by, Outcome outcome) {
        Reply reply = new Reply(status, true, null, false, "", cause, by, true);
        assertThat(Outcomes.of(reply)).isEqualTo(new Verdict(outcome, status));
    }

    @Test
    void of_streamWithForeignAnswerOnly_isInvalid() {
        Reply reply = new Reply(200, true, null, true, "", EndCause.COMPLETE, EndedBy.UPSTREAM, true);
        assertThat(Outcomes.of(reply)).isEqualTo(new Verdict(Outcome.INVALID, 200));
    }

    @ParameterizedTest
    @EnumSource(EndCause.class)
    void of_answerThatCame_winsOverAnyEnd(EndCause cause) {
        JsonRpcMessage.Response answer = response("\"result\":{}");
        Reply reply = new Reply(200, true, answer, true, "", cause, EndedBy.CLIENT, true);
        assertThat(Outcomes.of(reply)).isEqualTo(new Verdict(Outcome.OK, 200));
    }

    private static Reply answered(int status, String member, boolean sessionSent) {
        return new Reply(status, false, response(member), false, "", EndCause.COMPLETE, EndedBy.UPSTREAM, sessionSent);
    }

    private static JsonRpcMessage.Response response(String member) {
        String json = "{\"jsonrpc\":\"2.0\",\"id\":1," + member + "}";
        return (JsonRpcMessage.Response)
                JsonRpcReader.read(json.getBytes(StandardCharsets.UTF_8)).get(0);
    }
}
