package dev.mcpreel.captures.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.exchange.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class JsonRpcReaderTest {
    @Test
    void read_idLastInObject_isFound() {
        JsonRpcMessage message = one("{\"result\":{\"id\":9,\"content\":[]},\"jsonrpc\":\"2.0\",\"id\":2}");
        assertThat(message).isInstanceOfSatisfying(JsonRpcMessage.Response.class, response -> {
            assertThat(response.id()).isEqualTo(new RpcId("2", true));
            assertThat(response.isError()).isFalse();
        });
    }

    @Test
    void read_batch_isReadAsItsMessages() {
        List<JsonRpcMessage> messages = read(
                "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"},7,[],"
                        + "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"},{\"id\":\"1\",\"result\":{}},{\"id\":3}]");
        assertThat(messages)
                .extracting(message -> message.getClass().getSimpleName())
                .containsExactly("Request", "Notification", "Response");
        assertThat(((JsonRpcMessage.Response) messages.get(2)).id()).isEqualTo(new RpcId("1", false));
    }

    @Test
    void read_idNull_isAResponseToNobody() {
        JsonRpcMessage message = one("{\"id\":null,\"error\":{\"code\":-32700,\"message\":\"Parse error\"}}");
        assertThat(message).isInstanceOfSatisfying(JsonRpcMessage.Response.class, response -> {
            assertThat(response.id()).isNull();
            assertThat(response.errorCode()).isEqualTo(-32700);
            assertThat(response.errorMessage()).isEqualTo("Parse error");
        });
        assertThat(one("{\"id\":null,\"method\":\"ping\"}")).isInstanceOf(JsonRpcMessage.Request.class);
    }

    @Test
    void read_stringAndNumberIds_differ() {
        assertThat(id("1")).isNotEqualTo(id("\"1\""));
        assertThat(id("12345678901234567890").text()).isEqualTo("12345678901234567890");
        assertThat(id("{}")).isNull();
        assertThat(id("true")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5", "1e999999999", "\"-32000\"", "null", "99999999999", "{}"})
    void errorCode_noInteger_isZero(String code) {
        JsonRpcMessage message = one("{\"id\":1,\"error\":{\"code\":" + code + "}}");
        assertThat(((JsonRpcMessage.Response) message).errorCode()).isZero();
    }

    @Test
    void read_resultThatIsNoObject_isNoToolError() {
        JsonRpcMessage.Response response = (JsonRpcMessage.Response) one("{\"id\":1,\"result\":[1]}");
        assertThat(response.isToolError()).isFalse();
        assertThat(response.isError()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "null", "1", "\"x\"", "<html>", "{\"a\":", "{} {}", "[", "{\"id\":1}", "\u0000", "NaN"})
    void read_noMessage_isEmpty(String text) {
        assertThat(read(text)).isEmpty();
    }

    @Test
    void read_invalidUtf8_isEmpty() {
        byte[] body = "{\"id\":1,\"result\":{\"t\":\"x\"}}".getBytes(StandardCharsets.UTF_8);
        body[23] = (byte) 0xC3;
        assertThat(JsonRpcReader.read(body)).isEmpty();
        body[23] = (byte) 0xFF;
        assertThat(JsonRpcReader.read(body)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {10_000, 1_000_000})
    void read_deepNesting_isEmptyOrRead(int depth) {
        String deep = "[".repeat(depth) + "]".repeat(depth);
        assertThat(read(deep)).isEmpty();
        assertThat(read("{\"id\":1,\"result\":" + deep + "}")).isEmpty();
        assertThat(read("{\"id\":1,\"result\":" + "{\"a\":".repeat(depth) + "1" + "}".repeat(depth) + "}"))
                .isEmpty();
        assertThat(Json.parse(deep)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, RpcId.LONGEST + 1, 5 * 1024 * 1024})
    void body_idOfAnyLength_isReadOnlyWithinTheBound(int length) {
        String quoted = "\"" + "x".repeat(length) + "\"";
        boolean readable = length <= RpcId.LONGEST;
        assertUnreadable("{\"result\":{},\"id\":" + quoted + "}", !readable);
        assertUnreadable("{\"error\":{\"code\":1,\"message\":\"m\"},\"id\":" + quoted + "}", !readable);
        assertUnreadable("{\"method\":\"ping\",\"id\":" + quoted + "}", !readable);
        assertUnreadable("{\"method\":" + quoted + ",\"id\":1}", !readable);
    }

    @Test
    void body_nothingAndNoMessage_differ() {
        assertThat(body("")).isEqualTo(new JsonRpcBody(List.of(), 0, false));
        assertThat(body(" \n")).isEqualTo(new JsonRpcBody(List.of(), 0, false));
        assertThat(body("[]")).isEqualTo(new JsonRpcBody(List.of(), 0, true));
        assertThat(body("{\"id\":1}")).isEqualTo(new JsonRpcBody(List.of(), 1, false));
        assertThat(body("[7,{\"method\":\"a\"},[1]]").unreadable()).isEqualTo(2);
        assertThat(body("[{\"method\":\"a\"}").messages()).isEmpty();
    }

    @Test
    void body_hugeBatch_keepsTheFirstAndCountsTheRest() {
        String ping = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"},";
        JsonRpcBody body = body("[" + ping.repeat(99_999) + "{\"method\":\"a\"}]");
        assertThat(body.messages()).hasSize(JsonRpcReader.MOST_MESSAGES);
        assertThat(body.unreadable()).isEqualTo(100_000 - JsonRpcReader.MOST_MESSAGES);
        assertThat(body.batch()).isTrue();
    }

    @Test
    void body_millionsOfEmptyValues_areUnreadable() {
        assertUnreadable("[" + "{},".repeat(2_000_000) + "1]", true);
        assertUnreadable("{\"id\":1,\"result\":[" + "[],".repeat(2_000_000) + "1]}", true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "-1e-999999999"})
    void body_numberWithHugeExponent_isReadAtNoCost(String number) {
        JsonRpcMessage message =
                one("{\"id\":" + number + ",\"result\":{\"isError\":" + number + ",\"n\":" + number + "}}");
        assertThat(message).isInstanceOfSatisfying(JsonRpcMessage.Response.class, response -> {
            assertThat(response.id()).isNotNull();
            assertThat(response.isToolError()).isFalse();
            assertThat(Json.write(response.node())).hasSizeLessThan(200);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"1E+2147483648", "1e-2147483649", "1e99999999999999999999"})
    void body_exponentNoDecimalHas_isUnreadable(String number) {
        assertUnreadable("{\"id\":" + number + ",\"result\":{}}", true);
        assertUnreadable("{\"id\":1,\"result\":" + number + "}", true);
        assertThat(Json.parse(number)).isEmpty();
        assertThat(Json.parse(number.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    @Test
    void body_numberOfTenThousandDigits_isUnreadable() {
        assertUnreadable("{\"id\":1,\"result\":" + "7".repeat(1_000) + "}", false);
        assertUnreadable("{\"id\":1,\"result\":" + "7".repeat(10_000) + "}", true);
        assertUnreadable("{\"id\":1,\"result\":0." + "7".repeat(10_000) + "}", true);
        assertUnreadable("{\"id\":" + "7".repeat(10_000) + ",\"result\":1}", true);
    }

    @Test
    void body_duplicateMembers_theLastCounts() {
        JsonRpcMessage message = one("{\"id\":1,\"id\":2,\"result\":{\"isError\":true},\"result\":{}}");
        assertThat(message).isInstanceOfSatisfying(JsonRpcMessage.Response.class, response -> {
            assertThat(response.id()).isEqualTo(new RpcId("2", true));
            assertThat(response.isToolError()).isFalse();
        });
    }

    @Test
    void body_loneSurrogatesAndNuls_areReadAndWrittenAsTheyWere() {
        String json = "{\"id\":\"a\\uD800b\\u0000\",\"result\":{\"a\":\"\\uDC00\\uD83D\"}}";
        assertThat(new String(Json.write(one(json).node()), StandardCharsets.UTF_8))
                .isEqualTo(json);
        assertUnreadable("{\"id\":1,\"result\":{\"\\uDC00\":1}}", true);
        assertUnreadable("{\"id\":1,\"result\":\"a\u0000b\"}", true);
    }

    @Test
    void body_byteOrderMark_isSkipped() {
        assertThat(read("\uFEFF{\"id\":1,\"result\":{}}")).hasSize(1);
    }

    @Test
    void event_dataOfAMessage_areUnreadableWhenTheyAreNone() {
        assertThat(event("data: {\"id\":1,\"result\":{}}\n\n").messages()).hasSize(1);
        assertThat(event("data: {\"id\":1,\n\n")).isEqualTo(JsonRpcBody.UNREADABLE);
        assertThat(event("data: {}\n\n")).isEqualTo(JsonRpcBody.UNREADABLE);
        assertThat(event("event: message\ndata: x\n\n")).isEqualTo(JsonRpcBody.UNREADABLE);
    }

    @Test
    void event_withoutDataOrOfAnotherName_holdsNothing() {
        assertThat(event(": keepalive\n\n")).isEqualTo(JsonRpcBody.EMPTY);
        assertThat(event("id: 1\ndata:\n\n")).isEqualTo(JsonRpcBody.EMPTY);
        assertThat(event("event: ping\ndata: 2026-11-21\n\n")).isEqualTo(JsonRpcBody.EMPTY);
        assertThat(event("event: endpoint\ndata: /message?sessionId=1\n\n")).isEqualTo(JsonRpcBody.EMPTY);
        assertThat(event("event: other\ndata: {\"id\":1,\"result\":{}}\n\n").messages())
                .hasSize(1);
    }

    @Test
    void event_dataThatAreNoUtf8_areUnreadable() {
        String text = "data: {\"id\":1,\"result\":\"x?\"}\n\n";
        byte[] block = Bytes.utf8(text).toByteArray();
        block[text.indexOf('?')] = (byte) 0xFF;
        assertThat(JsonRpcReader.event(SseEvent.parse(Bytes.owned(block)))).isEqualTo(JsonRpcBody.UNREADABLE);
        assertThat(event("data: {\"id\":1,\"result\":\"\uFFFD\"}\n\n").messages())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 31, 314})
    void read_anyBytes_neverThrows(long seed) {
        Random random = new Random(seed);
        byte[] seedBody = "{\"jsonrpc\":\"2.0\",\"id\":-1.5e3,\"result\":{\"a\":[true,null,\"\\u00e9\u20ac\"]}}"
                .getBytes(StandardCharsets.UTF_8);
        for (int round = 0; round < 20_000; round++) {
            byte[] body = seedBody.clone();
            for (int i = 1 + random.nextInt(4); i > 0; i--) {
                body[random.nextInt(body.length)] = (byte) random.nextInt(256);
            }
            Bytes bytes = Bytes.copyOf(body, 0, 1 + random.nextInt(body.length));
            assertThat(JsonRpcReader.read(bytes))
                    .as("seed %d round %d", seed, round)
                    .hasSizeLessThan(2);
        }
    }

    private static void assertUnreadable(String text, boolean unreadable) {
        JsonRpcBody body = body(text);
        assertThat(body.messages()).hasSize(unreadable ? 0 : 1);
        assertThat(body.unreadable()).isEqualTo(unreadable ? 1 : 0);
    }

    private static JsonRpcBody body(String text) {
        return JsonRpcReader.body(Bytes.utf8(text));
    }

    private static JsonRpcBody event(String block) {
        return JsonRpcReader.event(SseEvent.parse(Bytes.utf8(block)));
    }

    private static RpcId id(String json) {
        return ((JsonRpcMessage.Response) one("{\"result\":{},\"id\":" + json + "}")).id();
    }

    private static JsonRpcMessage one(String text) {
        List<JsonRpcMessage> messages = read(text);
        assertThat(messages).hasSize(1);
        return messages.get(0);
    }

    private static List<JsonRpcMessage> read(String text) {
        return JsonRpcReader.read(Bytes.utf8(text));
    }
}
