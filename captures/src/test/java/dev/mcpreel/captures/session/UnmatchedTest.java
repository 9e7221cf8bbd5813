package dev.mcpreel.captures.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.exchange.Direction;
import dev.mcpreel.captures.wire.JsonRpcMessage;
import dev.mcpreel.captures.wire.JsonRpcReader;
import dev.mcpreel.captures.wire.RpcId;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class UnmatchedTest {
    private static final RpcId SEVEN = new RpcId("7", true);
    private final Unmatched unmatched = new Unmatched();

    @Test
    void takeAnswer_typedId_isItsOwn() {
        unmatched.streamed(timed("{\"result\":{},\"id\":\"7\"}", 10), 1, true);
        assertThat(unmatched.takeAnswer(SEVEN, 0)).isNull();
        assertThat(unmatched.takeAnswer(new RpcId("7", false), 0)).isNotNull();
    }

    @Test
    void takeAnswer_twice_isGivenOutOnce() {
        unmatched.streamed(timed("{\"result\":{},\"id\":7}", 10), 1, true);
        assertThat(unmatched.takeAnswer(SEVEN, 0)).isNotNull();
        assertThat(unmatched.takeAnswer(SEVEN, 0)).isNull();
    }

    @Test
    void takeAnswer_beforeTheRequestOrOnAStreamThatMayNot_isNone() {
        unmatched.streamed(timed("{\"result\":{},\"id\":7}", 10), 1, true);
        unmatched.streamed(timed("{\"result\":{},\"id\":7}", 30), 1, false);
        assertThat(unmatched.takeAnswer(SEVEN, 20)).isNull();
    }

    @Test
    void takeCancellation_inTheSpan_isItsTime() {
        unmatched.cancelled(message("{\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":7}}"), 15);
        assertThat(unmatched.takeCancellation(SEVEN, 16, 20)).isNull();
        assertThat(unmatched.takeCancellation(SEVEN, 10, 14)).isNull();
        assertThat(unmatched.takeCancellation(SEVEN, 10, 20)).isEqualTo(15);
    }

    @Test
    void takeProgress_ofTheTokenInTheSpan_isAllOfIt() {
        for (long at = 10; at <= 40; at += 10) {
            unmatched.streamed(
                    timed("{\"method\":\"notifications/progress\",\"params\":{\"progressToken\":7}}", at), 1, false);
        }
        assertThat(unmatched.takeProgress(SEVEN, 15, 30)).containsExactly(20L, 30L);
        assertThat(unmatched.takeProgress(SEVEN, 0, 100)).containsExactly(10L, 40L);
    }

    @Test
    void isNewEvent_again_isNot() {
        assertThat(unmatched.isNewEvent("e-1")).isTrue();
        assertThat(unmatched.isNewEvent("e-1")).isFalse();
        unmatched.clear();
        assertThat(unmatched.isNewEvent("e-1")).isTrue();
    }

    @Test
    void streamed_veryMuch_forgetsTheOldest() {
        for (int i = 0; i < 300; i++) {
            unmatched.streamed(timed("{\"result\":{},\"id\":" + i + "}", 10), 1, true);
        }
        assertThat(unmatched.takeAnswer(SEVEN, 0)).isNull();
        assertThat(unmatched.takeAnswer(new RpcId("299", true), 0)).isNotNull();
    }

    private static TimedMessage timed(String json, long atNanos) {
        return new TimedMessage(message(json), Direction.RESPONSE, atNanos);
    }

    private static JsonRpcMessage message(String json) {
        return JsonRpcReader.read(json.getBytes(StandardCharsets.UTF_8)).get(0);
    }
}
