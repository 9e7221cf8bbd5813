package dev.mcpreel.captures.redact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class KnownSecretsTest {
    private final KnownSecrets known = new KnownSecrets();

    @Test
    void find_valuesAnywhere_alsoWhereTheyOverlap() {
        learn("abcdefgh-abcdefgh-1");
        learn("gh-12345678901234");

        assertThat(find("x abcdefgh-abcdefgh-12345678901234 y abcdefgh-abcdefgh-1"))
                .containsExactlyInAnyOrder("2-21", "17-34", "37-56");
        assertThat(find("abcdefgh-abcdefgh")).isEmpty();
        assertThat(find("")).isEmpty();
    }

    @Test
    void learn_whatWouldTearMessagesApart_isLeftAlone() {
        for (String value : List.of(
                "short-1",
                "aaaaaaaaaaaa",
                "tools/call",
                "notifications",
                "resources/",
                "international",
                "get_weather",
                "Dashboard",
                "2025-06-18",
                "2026-07-28",
                "modelPreferences",
                "stopReason",
                "redacted:0123456789abcdef01234567",
                "x".repeat(9000))) {
            learn(value);
        }
        byte[] halfCharacter = "\u00e9 and more".getBytes(StandardCharsets.UTF_8);
        known.learn(Arrays.copyOfRange(halfCharacter, 1, halfCharacter.length), "m", false);

        assertThat(known.isEmpty()).isTrue();
    }

    @Test
    void learn_thousandsThatBeginAlike_areAllFound() {
        for (int i = 0; i < 20_000; i++) {
            learn("eyJhbGciOiJIUzI1NiJ9." + i + "-signed");
        }

        assertThat(known.size()).isEqualTo(20_000);
        assertThat(find("x eyJhbGciOiJIUzI1NiJ9.4711-signed y")).containsExactly("2-34");
        assertThat(find("x eyJhbGciOiJIUzI1NiJ9.19999-signed y")).containsExactly("2-35");
    }

    @Test
    void learn_moreThanTheBound_forgetsWhatWasNotMetForLongest() {
        Random random = new Random(7);
        List<String> values = new ArrayList<>();
        for (int i = 0; i < 150_000; i++) {
            values.add(Long.toHexString(random.nextLong() | (1L << 62)) + "-" + i);
            learn(values.get(i));
            learn(values.get(0));
        }

        assertThat(known.size()).isEqualTo(65_536);
        assertThat(find(values.get(0))).isNotEmpty();
        assertThat(find(values.get(149_999))).isNotEmpty();
        assertThat(find(values.get(149_999 - 65_000))).isNotEmpty();
        assertThat(find(values.get(1))).isEmpty();
    }

    @Test
    void find_textMadeToBeSlow_givesUp() {
        String tail = "0123".repeat(1000);
        for (int i = 0; i < 32; i++) {
            learn("0123".repeat(1000) + (char) ('A' + i) + "bcdefgh" + tail);
        }

        assertThatThrownBy(() -> find("0123".repeat(500_000))).isInstanceOf(OverBudgetException.class);
    }

    private void learn(String value) {
        known.learn(value.getBytes(StandardCharsets.UTF_8), "mask", false);
    }

    private List<String> find(String text) {
        List<String> found = new ArrayList<>();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        known.find(bytes, 0, bytes.length, new Budget(bytes.length), (from, to, mask) -> found.add(from + "-" + to));
        return found;
    }

    @Test
    void find_shortValueInsideOfALongerWord_isNotIt() {
        learn("session-1");
        learn("a-longer-session-17");

        assertThat(find("session-12 xsession-1 session-1a")).isEmpty();
        assertThat(find("session-1")).containsExactly("0-9");
        assertThat(find("(session-1)_session-1-\u00e9session-1\u00e9")).hasSize(3);
        assertThat(find("q=%3Dsession-1%20 \\nsession-1\\n \\u003dsession-1")).hasSize(3);
        assertThat(find("xa-longer-session-17x")).containsExactly("1-20");
    }

    @Test
    void find_valueWithAMarkBesideIt_isStillIt() {
        learn("3d38dfc8-c733-4ce5-b19d-c442ae77adc6");
        learn("sess-4711x");

        for (String mark : List.of("-", "_", ".", ":", "/", "~", "@", "#")) {
            for (String value : List.of("3d38dfc8-c733-4ce5-b19d-c442ae77adc6", "sess-4711x")) {
                String behind = value + mark + "0";
                String before = "req" + mark + value;
                assertThat(find(behind)).as(behind).containsExactly("0-" + value.length());
                assertThat(find(before)).as(before).containsExactly("4-" + before.length());
            }
        }
    }

    @Test
    void find_compareThatFailsAtOnce_costsNearlyNothing() {
        String tail = "0123".repeat(1000);
        for (int i = 0; i < 32; i++) {
            learn((char) ('A' + i) + "bcdefgh" + tail);
        }

        assertThat(find("0123".repeat(500_000))).isEmpty();
    }
}
