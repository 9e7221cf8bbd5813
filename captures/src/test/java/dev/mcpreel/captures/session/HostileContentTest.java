package dev.mcpreel.captures.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.mcpreel.captures.exchange.BodyState;
import dev.mcpreel.captures.exchange.Bytes;
import dev.mcpreel.captures.exchange.Outcome;
import dev.mcpreel.captures.testkit.CaptureScript;
import dev.mcpreel.captures.testkit.CollectedSessions;
import dev.mcpreel.captures.testkit.ScriptedAgent;
import dev.mcpreel.captures.testkit.ScriptedExchange;
import dev.mcpreel.captures.wire.JsonRpcReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What damaged and hostile content is called, and what it may cost at most. The time is bounded by the timeout. */
@Timeout(60)
class HostileContentTest {
    private static final int MEBIBYTE = 1024 * 1024;

    /** Bytes the model may allocate for each byte it reads, all copies on the way included. */
    private static final long FACTOR = 12;

    private static final String RESULT = "{\"content\":[]}";

    static Stream<Arguments> hostileAnswers() {
        String deepArray = "[".repeat(10_000) + "]".repeat(10_000);
        String deepObject = "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000);
        byte[] badUtf8 = answer("1", "\"x?\"").getBytes(StandardCharsets.UTF_8);
        badUtf8[new String(badUtf8, StandardCharsets.US_ASCII).indexOf('?')] = (byte) 0xFF;
        return Stream.of(
                hostile("5 MiB of text for an id", answer("\"" + "x".repeat(5 * MEBIBYTE) + "\"", RESULT)),
                hostile("5 MiB of digits for an id", answer("1".repeat(5 * MEBIBYTE), RESULT)),
                hostile("an error for an id of 5 MiB", errorFor("\"" + "x".repeat(5 * MEBIBYTE) + "\"")),
                hostile("arrays 10,000 deep", answer("1", deepArray)),
                hostile("objects 10,000 deep", answer("1", deepObject)),
                hostile("an id 10,000 deep", answer(deepArray, RESULT)),
                Arguments.of("invalid UTF-8", Bytes.owned(badUtf8)),
                hostile("a number of 10,000 digits", answer("1", "1".repeat(10_000))),
                hostile("an exponent no number has", answer("1", "1e99999999999")),
                hostile("two million empty arrays", answer("1", "[" + "[],".repeat(2_000_000) + "1]")),
                hostile(
                        "a batch of 100,000 other answers",
                        "[" + (answer("9", "1") + ",").repeat(99_999) + answer("9", "1") + "]"),
                hostile("NUL in front", "\0" + answer("1", RESULT)),
                hostile("half a message", answer("1", RESULT).substring(0, 25)),
                hostile("an answer without a result", "{\"jsonrpc\":\"2.0\",\"id\":1}"));
    }

    private static Arguments hostile(String name, String body) {
        return Arguments.of(name, Bytes.utf8(body));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostileAnswers")
    void body_thatCannotBeRead_isInvalidAtABoundedCost(String name, Bytes body) {
        CaptureScript script = new CaptureScript();
        ScriptedExchange call = call(script);
        call.head(10, 200, "Content-Type", "application/json")
                .answer(10, 20, body, BodyState.WHOLE)
                .end(20);

        assertThat(outcome(script, body.length())).isEqualTo(Outcome.INVALID);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostileAnswers")
    void event_thatCannotBeRead_isInvalidAtABoundedCost(String name, Bytes body) {
        CaptureScript script = new CaptureScript();
        ScriptedExchange call = call(script);
        call.head(10, 200, "Content-Type", "text/event-stream")
                .block(20, join(Bytes.utf8("event: message\ndata: "), body, Bytes.utf8("\n\n")))
                .end(30);

        assertThat(outcome(script, body.length())).isEqualTo(Outcome.INVALID);
    }

    @Test
    void event_truncated_isInvalid() {
        // The server ended its response in the middle of the answer; where the connection broke there it is a stream
        // cut.
        CaptureScript script = new CaptureScript();
        ScriptedExchange call = call(script);
        String half = "event: message\ndata: " + answer("1", RESULT);
        call.head(10, 200, "Content-Type", "text/event-stream").tail(20, half).end(20);

        assertThat(outcome(script, half.length())).isEqualTo(Outcome.INVALID);
    }

    @Test
    void event_millionLines_isReadAtABoundedCost() {
        CaptureScript script = new CaptureScript();
        ScriptedExchange call = call(script);
        String lines = ":\n".repeat(500_000) + "data:\n".repeat(500_000);
        call.head(10, 200, "Content-Type", "text/event-stream")
                .block(20, lines + "data: " + answer("1", RESULT) + "\n\n")
                .end(30);

        assertThat(outcome(script, lines.length())).isEqualTo(Outcome.OK);
    }

    @Test
    void event_keepAliveOfAnotherName_isNoUnreadableMessage() {
        CaptureScript script = new CaptureScript();
        ScriptedExchange call = call(script);
        call.head(10, 200, "Content-Type", "text/event-stream")
                .block(15, "event: ping\ndata: 2026-11-21 10:15:00\n\n")
                .end(30);

        assertThat(outcome(script, 40)).isEqualTo(Outcome.STREAM_CUT);
    }

    @Test
    void event_unreadableBesideTheAnswer_doesNotMatter() {
        CaptureScript script = new CaptureScript();
        ScriptedExchange call = call(script);
        call.head(10, 200, "Content-Type", "text/event-stream")
                .event(15, "[".repeat(10_000))
                .event(20, answer("1", RESULT))
                .end(30);

        assertThat(outcome(script, 10_000)).isEqualTo(Outcome.OK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "identity", ""})
    void body_thatCouldNotBeDecoded_isInvalid(String coding) {
        assertThat(undecoded(coding)).isEqualTo(Outcome.INVALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "zstd", "gzip, br"})
    void body_inACodingOfItsOwn_isNotHeldAgainstTheServer(String coding) {
        assertThat(undecoded(coding)).isEqualTo(Outcome.OK);
    }

    private static Outcome undecoded(String coding) {
        CaptureScript script = new CaptureScript();
        ScriptedExchange call = call(script);
        call.head(10, 200, "Content-Type", "application/json", "Content-Encoding", coding)
                .answer(10, 20, Bytes.EMPTY, BodyState.UNKNOWN_ENCODING)
                .end(20);
        return outcome(script, 1000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "{\"id\":1,\"method\":\"tools/call\"}"})
    void request_ofAnIdOfFiveMebibytes_isNoRequest(String other) {
        CaptureScript script = new CaptureScript();
        ScriptedAgent agent = script.agent("ann").initialize();
        for (int i = 0; i < 5; i++) {
            String id = "\"" + i + "x".repeat(5 * MEBIBYTE) + "\"";
            agent.think(10)
                    .post("[" + other + ",{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"tools/call\"}]")
                    .head(agent.now() + 1, 400)
                    .end(agent.now() + 1);
        }
        agent.call("good").json(5);

        CollectedSessions sessions = measure(script, 25L * MEBIBYTE);
        assertThat(sessions.sessions()).hasSize(1);
        assertThat(sessions.requests())
                .allSatisfy(request ->
                        assertThat(request.request().node().toString()).hasSizeLessThan(1000));
        assertThat(sessions.calls())
                .filteredOn(call -> "good".equals(call.tool()))
                .singleElement()
                .satisfies(call -> assertThat(call.outcome()).isEqualTo(Outcome.OK));
    }

    @Test
    void request_batchOfHundredThousand_keepsTheFirstThousand() {
        CaptureScript script = new CaptureScript();
        ScriptedAgent agent = script.agent("ann").initialize();
        String call = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"a\"}},";
        String batch = "[" + call.repeat(99_999) + call.replace("},", "}") + "]";
        String answers = "[" + (answer("1", RESULT) + ",").repeat(99_999) + answer("1", RESULT) + "]";
        agent.post(batch)
                .head(agent.now() + 1, 200, "Content-Type", "application/json")
                .answer(agent.now() + 1, answers)
                .end(agent.now() + 1);

        CollectedSessions sessions = measure(script, batch.length() + answers.length());
        assertThat(sessions.calls()).hasSize(JsonRpcReader.MOST_MESSAGES);
        assertThat(sessions.calls())
                .allSatisfy(trace -> assertThat(trace.outcome()).isEqualTo(Outcome.OK));
    }

    private static ScriptedExchange call(CaptureScript script) {
        return script.exchange(0)
                .header("Content-Type", "application/json")
                .body("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"a\"}}")
                .upstream(1);
    }

    private static String answer(String id, String result) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":" + result + "}";
    }

    private static String errorFor(String id) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"error\":{\"code\":-32603,\"message\":\"m\"}}";
    }

    private static Bytes join(Bytes... parts) {
        byte[] all = new byte[Arrays.stream(parts).mapToInt(Bytes::length).sum()];
        int at = 0;
        for (Bytes part : parts) {
            part.copyTo(0, all, at, part.length());
            at += part.length();
        }
        return Bytes.owned(all);
    }

    private static Outcome outcome(CaptureScript script, long contentBytes) {
        return measure(script, contentBytes).call().outcome();
    }

    private static CollectedSessions measure(CaptureScript script, long contentBytes) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        CollectedSessions sessions = CollectedSessions.of(script, SessionOptions.defaults());
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(allocated).isLessThan(FACTOR * contentBytes + 4 * MEBIBYTE);
        return sessions;
    }
}
