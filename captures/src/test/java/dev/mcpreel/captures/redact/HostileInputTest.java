package dev.mcpreel.captures.redact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.mcpreel.captures.exchange.Bytes;
import dev.mcpreel.captures.exchange.Headers;
import dev.mcpreel.captures.wire.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileInputTest {
    private static final int BIG = 1 << 20;
    private static final String[] SCRAPS = {
        "{",
        "}",
        "[",
        "]",
        "\"",
        "'",
        "\\",
        "\\\"",
        ":",
        ",",
        "=",
        "&",
        "?",
        "%",
        "%4",
        "%41",
        "/",
        "//",
        "://",
        "@",
        ";",
        "#",
        " ",
        "\n",
        "\r",
        "data:",
        "event: endpoint",
        "id:",
        "token",
        "password",
        "cookie",
        "authorization",
        "Bearer ",
        "Basic ",
        "am9lOng=",
        "eyJ",
        "eyJhbGciOiJIUzI1NiJ9.",
        "-----BEGIN PRIVATE KEY-----",
        "-----END ",
        "--token ",
        "sk-",
        "AKIA",
        "ghp_",
        "\\u0041",
        "\\ud83d",
        "\u00e9",
        "\uFEFF",
        "redacted:",
        "0123456789",
        "abcdefgh",
        "true",
        "null",
        "-1",
        "properties",
        "$ref",
        "redacted:0123456789abcdef01234567",
        "x",
        "A",
        "~1",
        "<",
        ">",
        "=?base64?",
        "?="
    };

    private final Redacting redacting = Redacting.standard();

    @Test
    void anyInput_isRedactedWithoutAFault() {
        for (int seed = 0; seed < 5000; seed++) {
            Random random = new Random(seed);
            byte[] bytes =
                    scraps(random).getBytes(random.nextBoolean() ? StandardCharsets.UTF_8 : StandardCharsets.UTF_16BE);
            if (random.nextInt(4) == 0 && bytes.length > 0) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            Bytes body = Bytes.copyOf(bytes, 0, bytes.length);
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            try {
                Bytes once = redacting.redaction.event(body);
                for (MediaType type : MediaType.values()) {
                    redacting.redaction.body(body, type);
                }
                redacting.redaction.target(text);
                redacting.redaction.apply(
                        Headers.of("Cookie", text, "X-Any", text, "Authorization", text, "Set-Cookie", text));
                if (once != null) {
                    redacting.redaction.event(once);
                }
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    @Test
    void validJson_staysValidJson() {
        for (int seed = 0; seed < 3000; seed++) {
            Random random = new Random(seed);
            String text = scraps(random);
            String json = "{\"password\":" + quoted(scraps(random)) + ",\"a\":[" + quoted(text) + ",{" + quoted(text)
                    + ":" + quoted("{\"token\":" + quoted(text) + ",\"otp\":" + seed + "}") + ",\"note\":"
                    + quoted(text + " {\"otp\":" + seed + ",\"token\":" + quoted(text) + "} " + text) + "}]}";
            assertThat(Json.parse(json)).as("seed %d", seed).isPresent();
            assertThat(Json.parse(redacting.body(json)))
                    .as("seed %d: %s", seed, json)
                    .isPresent();
        }
    }

    @Test
    void bigInput_costsTimeInProportion() {
        redacting.body("{\"password\":\"abcdefgh-1\",\"token\":\"0101010101010102\"}");
        for (String unit : List.of(
                "[",
                "{\"a\":",
                "\"",
                "\\\"",
                "=",
                ":",
                "a=",
                "a=%41",
                "&a=%41",
                "token=",
                "token=\"",
                "token:'a",
                "x[",
                "x[a,",
                "x {\"a\":[",
                "x {\"a\":\"[1]\"}",
                "a=[",
                "\0",
                "://",
                "http://a@",
                "/",
                "/token",
                "eyJ",
                "Bearer ",
                "-----BEGIN PRIVATE KEY-----\n",
                "data:\n",
                "\r",
                "a:",
                "key ",
                "[]=",
                "%41",
                "+&x=+",
                "password,a ",
                "password=,",
                ";a",
                "01",
                "\\",
                "--token ",
                "cookie=;",
                "token={",
                "code=\n",
                "a=b=%",
                "?a=http://x?a=%25")) {
            assertLinear(unit, unit.repeat(BIG / unit.length()));
        }
        assertLinear("string", "{\"a\":\"" + "\\u0041".repeat(BIG / 6) + "\"}");
        assertLinear("members", "{" + "\"a\":1,".repeat(BIG / 6) + "\"b\":\"abcdefgh-1\"}");
        assertLinear("nested text", nested(8));
        assertLinear("nested prose", nested(8).replace("{", "x {"));
    }

    @Test
    void wordsThatBeginAsTokens_costTimeInProportion() {
        for (String unit :
                List.of("eyJ.", "eyJa.a-", "bearer.", "basic/", "AKIA.", "sk-.", "ya29.", "xoxb-.", "--a.")) {
            String text = unit.repeat(4 * BIG / unit.length());
            assertTimeoutPreemptively(Duration.ofSeconds(20), () -> redacting.body(text), unit);
        }
    }

    @Test
    void quotesThatNeverClose_costTimeInProportion() {
        StringBuilder text = new StringBuilder();
        for (int slashes = 1; text.length() < BIG; slashes++) {
            text.append(" token=").append("\\".repeat(slashes)).append('\'');
        }
        String hostile = text + "x".repeat(7 * BIG - text.length());

        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> redacting.body(hostile));
    }

    @Test
    void inputMadeToUseUpMemory_keepsNothingInClear() {
        for (String hostile : List.of(
                "[".repeat(200_000),
                "{\"token\":\"a\"},".repeat(250_000),
                "{\"a\":\"" + "\\n".repeat(2_200_000) + "\"}")) {
            assertThatThrownBy(() -> redacting.body(hostile)).isInstanceOf(OverBudgetException.class);
        }
        assertThat(redacting.body("[".repeat(50_000))).hasSize(50_000);
    }

    private void assertLinear(String what, String text) {
        Bytes body = Bytes.utf8(text);
        for (MediaType type : List.of(MediaType.TEXT, MediaType.FORM, MediaType.EVENTS)) {
            long begin = System.nanoTime();
            try {
                redacting.redaction.body(body, type);
            } catch (OverBudgetException e) {
                // Kept as its length and hash: bounded as well.
            }
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .as("%s as %s", what, type)
                    .isLessThan(Duration.ofSeconds(5));
        }
    }

    private static String nested(int depth) {
        String text = "{\"token\":\"abc\"}" + "x".repeat(1000);
        for (int i = 0; i < depth; i++) {
            text = "{\"a\":" + quoted(text) + "}";
        }
        return text;
    }

    private static String scraps(Random random) {
        StringBuilder text = new StringBuilder();
        int count = random.nextInt(24);
        for (int i = 0; i < count; i++) {
            text.append(SCRAPS[random.nextInt(SCRAPS.length)]);
        }
        return text.toString();
    }

    private static String quoted(String text) {
        return Json.mapper().writeValueAsString(text);
    }
}
