package dev.mcpreel.captures.redact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.exchange.Headers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HeaderRedactionTest {
    private final HeaderRedaction redaction =
            new HeaderRedaction(SecretHash.of("0123456789abcdef".getBytes(StandardCharsets.UTF_8)));

    @Test
    void apply_authorization_keepsSchemeAndHidesValue() {
        Headers out = redaction.apply(Headers.of("AUTHORIZATION", "Bearer s3cret-token", "Accept", "*/*"));

        assertThat(out.first("authorization")).matches("Bearer redacted:[0-9a-f]{24}");
        assertThat(out.fields().get(0).name()).isEqualTo("AUTHORIZATION");
        assertThat(out.first("accept")).isEqualTo("*/*");
    }

    @Test
    void apply_sameSecretAnywhere_givesSameHash() {
        String bearer =
                redaction.apply(Headers.of("Authorization", "Bearer abc")).first("Authorization");
        String bare = redaction.apply(Headers.of("Proxy-Authorization", "abc")).first("Proxy-Authorization");
        String cookie = redaction.apply(Headers.of("Cookie", "a=1; token=abc")).first("Cookie");
        String setCookie = redaction
                .apply(Headers.of("Set-Cookie", "token=\"abc\"; Path=/; HttpOnly"))
                .first("Set-Cookie");

        String hash = String.valueOf(bare);
        assertThat(bearer).isEqualTo("Bearer " + hash);
        assertThat(cookie).endsWith("; token=" + hash).startsWith("a=redacted:");
        assertThat(setCookie).isEqualTo("token=" + hash + "; Path=/; HttpOnly");
    }

    @Test
    void apply_differentKeys_giveDifferentHashes() {
        HeaderRedaction other = new HeaderRedaction(SecretHash.random());

        assertThat(other.apply(Headers.of("Cookie", "t=abc")))
                .isNotEqualTo(redaction.apply(Headers.of("Cookie", "t=abc")));
        assertThat(other.fork().apply(Headers.of("Cookie", "t=abc")))
                .isEqualTo(other.apply(Headers.of("Cookie", "t=abc")));
    }

    @Test
    void apply_oddValues_neverLeak() {
        assertThat(redaction.apply(Headers.of("Cookie", "no-equals-sign")).first("Cookie"))
                .doesNotContain("no-equals-sign");
        assertThat(redaction.apply(Headers.of("Authorization", "nospace")).first("Authorization"))
                .doesNotContain("nospace");
        assertThat(redaction.apply(Headers.of("Set-Cookie", "justvalue")).first("Set-Cookie"))
                .doesNotContain("justvalue");
    }

    @Test
    void apply_unknownSchemeWithBlank_isHashedWhole() {
        String value = redaction
                .apply(Headers.of("Authorization", "s3cret-part-one part-two"))
                .first("Authorization");

        assertThat(value).matches("redacted:[0-9a-f]{24}");
    }

    @Test
    void apply_knownSchemeInAnyCase_staysReadable() {
        String masked = redaction.apply(Headers.of("Authorization", "abc")).first("Authorization");

        for (String scheme : List.of("bEARER", "Basic", "AWS4-HMAC-SHA256", "apikey", "DPoP")) {
            assertThat(redaction
                            .apply(Headers.of("Authorization", scheme + "\t abc"))
                            .first("Authorization"))
                    .isEqualTo(scheme + " " + masked);
        }
    }

    @Test
    void apply_nothingSecret_returnsTheSameHeaders() {
        Headers headers = Headers.of("Host", "x", "Accept", "y");

        assertThat(redaction.apply(headers)).isSameAs(headers);
    }
}
