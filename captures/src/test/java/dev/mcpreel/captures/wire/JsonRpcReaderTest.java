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

    @Test
    void read_idOfFiveMebibytes_doesNotThrow() {
        String huge = "x".repeat(5 * 1024 * 1024);
        RpcId id = id("\"" + huge + "\"");
        assertThat(id).isEqualTo(new RpcId(huge, false));
        assertThat(read("{\"id\":" + "1".repeat(5 * 1024 * 1024) + ",\"result\":{}}"))
                .isEmpty();
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
