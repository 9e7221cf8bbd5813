package dev.mcpreel.captures.redact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.exchange.EndCause;
import dev.mcpreel.captures.exchange.EndedBy;
import dev.mcpreel.captures.exchange.ExchangeEnd;
import dev.mcpreel.captures.exchange.Headers;
import dev.mcpreel.captures.exchange.RequestHead;
import dev.mcpreel.captures.exchange.ResponseHead;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HeadRedactionTest {
    private final Redaction redaction = new Redaction(
            RedactionPolicy.standard(), SecretHash.of("0123456789abcdef".getBytes(StandardCharsets.UTF_8)));

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
        Redaction other = new Redaction(RedactionPolicy.standard(), SecretHash.random());

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
                    .isEqualTo(scheme + "\t " + masked);
        }
    }

    @Test
    void apply_nothingSecret_returnsTheSameHeaders() {
        Headers headers = Headers.of("Host", "x", "Accept", "y");

        assertThat(redaction.apply(headers)).isSameAs(headers);
    }

    @Test
    void apply_everyKindOfCredentialHeader_isHashed() {
        for (String name : List.of(
                "Mcp-Session-Id",
                "X-Api-Key",
                "Api-Key",
                "X-Auth-Token",
                "X-Access-Token",
                "X-Amz-Security-Token",
                "X-Goog-Api-Key",
                "Private-Token",
                "X-Vault-Token",
                "Ocp-Apim-Subscription-Key",
                "X-Functions-Key",
                "X-Forwarded-Access-Token",
                "Cf-Access-Jwt-Assertion",
                "X-Goog-Iap-Jwt-Assertion",
                "X-Amzn-Oidc-Data",
                "X-Amzn-Oidc-Accesstoken",
                "X-Csrf-Token",
                "X-My-Client-Secret")) {
            assertThat(redaction.apply(Headers.of(name, "abc")).first(name))
                    .as(name)
                    .isEqualTo(Redacting.mask("abc"));
        }
    }

    @Test
    void apply_headersThatCarryUrls_areSearched() {
        Headers out = redaction.apply(Headers.of(
                "Location", "/cb/token/abc1?code=def",
                "Referer", "https://h/s/550e8400-e29b-41d4-a716-446655440000?x=1",
                "Link", "<https://h/?api_key=abc>; rel=\"next\"",
                "WWW-Authenticate", "Bearer realm=\"x\", error=\"invalid_token\""));

        assertThat(out)
                .isEqualTo(Headers.of(
                        "Location", "/cb/token/" + Redacting.mask("abc1") + "?code=" + Redacting.mask("def"),
                        "Referer", "https://h/s/" + Redacting.mask("550e8400-e29b-41d4-a716-446655440000") + "?x=1",
                        "Link", "<https://h/?api_key=" + Redacting.mask("abc") + ">; rel=\"next\"",
                        "WWW-Authenticate", "Bearer realm=\"x\", error=\"invalid_token\""));
    }

    @Test
    void apply_mirroredArguments_areJudgedByTheirName() {
        String coded = "=?base64?" + base64("p\u00e4ss") + "?=";

        assertThat(redaction.apply(Headers.of("Mcp-Param-Password", coded)).first("Mcp-Param-Password"))
                .isEqualTo(Redacting.mask("p\u00e4ss"));
        assertThat(redaction.apply(Headers.of("Mcp-Param-Region", coded)))
                .isEqualTo(Headers.of("Mcp-Param-Region", coded));
        assertThat(redaction
                        .apply(Headers.of("Mcp-Param-Note", "=?base64?" + base64("token=\u00e4b") + "?="))
                        .first("Mcp-Param-Note"))
                .isEqualTo("=?base64?" + base64("token=" + Redacting.mask("\u00e4b")) + "?=");
    }

    @Test
    void apply_codedValueWithoutSecrets_staysAsItIs() {
        for (String value : List.of("=?base64?YWI?=", "=?base64?YWJ=?=")) {
            assertThat(redaction.apply(Headers.of("X-Any", value)).first("X-Any"))
                    .isEqualTo(value);
        }
    }

    @Test
    void apply_basicCredentialsWithoutAPassword_teachTheUser() {
        Headers out = redaction.apply(
                Headers.of("Referer", "/x?q=hunter-22", "Authorization", "Basic " + base64("hunter-22:")));

        assertThat(out.first("Referer")).isEqualTo("/x?q=" + Redacting.mask("hunter-22"));
    }

    @Test
    void apply_basicCredentials_teachThePasswordInThem() {
        Headers out = redaction.apply(
                Headers.of("Referer", "/x?q=hunter-22", "Authorization", "Basic " + base64("joe:hunter-22")));

        assertThat(out.first("Referer")).isEqualTo("/x?q=" + Redacting.mask("hunter-22"));
    }

    @Test
    void apply_requestHead_headerTeachesTheTarget() {
        RequestHead head = new RequestHead(
                1, 1, 1, "p:1", "GET", "/x/abcdef-99", "HTTP/1.1", Headers.of("Cookie", "theme=%61bcdef-99"));

        assertThat(((RequestHead) redaction.apply(head)).target()).startsWith("/x/redacted:");
    }

    @Test
    void apply_linesForPeople_loseKnownSecrets() {
        redaction.apply(Headers.of("X-Api-Key", "abcdef-99"));
        ExchangeEnd end = new ExchangeEnd(1, 1, 1, EndCause.RESET, EndedBy.CLIENT, 0, 0, 0, 0, "bad abcdef-99 here");
        ResponseHead head = new ResponseHead(1, 1, 1, 400, "no abcdef-99", "HTTP/1.1", Headers.EMPTY);

        assertThat(((ExchangeEnd) redaction.apply(end)).detail())
                .isEqualTo("bad " + Redacting.mask("abcdef-99") + " here");
        assertThat(((ResponseHead) redaction.apply(head)).reason()).isEqualTo("no " + Redacting.mask("abcdef-99"));
    }

    @Test
    void apply_masksSentBack_stayAsTheyAre() {
        Headers once = redaction.apply(Headers.of(
                "Authorization", "Bearer abc", "Cookie", "a=b", "Mcp-Session-Id", "x", "Referer", "/?token=q"));

        assertThat(redaction.apply(once)).isSameAs(once);
    }

    @Test
    void apply_valueBeyondAscii_hashesAsTheSameBytesInABody() {
        String latin1 = new String("p\u00e4ssword".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);

        assertThat(redaction.apply(Headers.of("X-Api-Key", latin1)).first("X-Api-Key"))
                .isEqualTo(Redacting.mask("p\u00e4ssword"));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
