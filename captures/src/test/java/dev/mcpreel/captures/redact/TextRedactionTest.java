package dev.mcpreel.captures.redact;

import static dev.mcpreel.captures.redact.Redacting.mask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.exchange.Bytes;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TextRedactionTest {
    private final Redacting redacting = Redacting.standard();

    @Test
    void body_keysAndValues_areFoundInEveryNotation() {
        for (String text : List.of(
                "set PASSWORD=% now",
                "export API_KEY='%'",
                "password: %",
                "the password is set, password: %, user: joe",
                "\"client_secret\" : \"%\"",
                "{'token': '%', x}",
                "API key: %",
                "Session ID: %.",
                "curl --token % https://h/",
                "curl -H \"X-Api-Key: %\" https://h/",
                "Server=db;User=joe;Password=%;Timeout=5",
                "log: \\\"token\\\":\\\"%\\\",\\\"a\\\":1",
                "secret => '%',",
                "token := %",
                "<input name=x password=\"%\">",
                "user[password]=%&x=1",
                "https://h/cb?x=1&code=%#top",
                "https://h/cb#access_token=%&x=1",
                "see (https://h/?token=%).",
                "a &password=\"%\" b",
                "<td>password: %</td>",
                "a\nset-cookie: sid=%; Path=/\nb",
                "a\nAuthorization: Bearer %\nb",
                "postgres://joe:%@db.example/x",
                "https://%@git.example/x.git")) {
            assertThat(redacting.body(text.replace("%", "h4nter-two")))
                    .as(text)
                    .isEqualTo(text.replace("%", mask("h4nter-two")));
        }
    }

    @Test
    void body_bracketsAroundAValue_stay() {
        for (String text : List.of(
                "Driver=x;UID=joe;PWD={%};Server=y",
                "password=[%]", "password=<%> rest", "token: [%], x", "token: <%>", "secret: {%}")) {
            assertThat(redacting.body(text.replace("%", "h4nter-two")))
                    .as(text)
                    .isEqualTo(text.replace("%", mask("h4nter-two")));
        }
        assertThat(redacting.body("PWD={a b;c}")).isEqualTo("PWD={" + mask("a b;c") + "}");
        String prose = "password: <b> password={{ x }} token: [] secret: {a} password=< x";
        assertThat(redacting.body(prose)).isEqualTo(prose);
    }

    @Test
    void body_namesOfSoftware_areKnown() {
        for (String text : List.of(
                "AccountName=x;AccountKey=%;EndpointSuffix=y",
                "DD-APPLICATION-KEY: %",
                "X-Auth: %",
                "x-parse-master-key: %",
                "{\"pass\":\"%\",\"apiKeys\":[\"%\"],\"secretString\":\"%\"}",
                "{\"recovery_codes\":[\"%\"],\"mnemonic\":\"%\"}",
                "\"pass\": \"%\", cut",
                "https://h/?key=%&auth=%&pass=%",
                "Cookie2: a=%")) {
            assertThat(redacting.body(text.replace("%", "ab==34")))
                    .as(text)
                    .isEqualTo(text.replace("%", mask("ab==34")));
        }
        String connection = "Server=db;Password=x1;Key=abc";
        assertThat(redacting.body("CONNECTION_STRING=" + connection + " next"))
                .isEqualTo("CONNECTION_STRING=" + mask(connection) + " next");
        assertThat(redacting.body("pass: 12, fail: 0, key=7")).isEqualTo("pass: 12, fail: 0, key=7");
    }

    @Test
    void body_keysThatStandOut_areKeys() {
        for (String text : List.of(
                "**API Key:** %",
                "**API Key**: % and more",
                "*token*: %",
                "__Password:__ %",
                "__Password__: %",
                "- **Password:** `%`",
                "**Password:** **%**",
                "`Password:` %",
                "- `token`: `%`")) {
            assertThat(redacting.body(text.replace("%", "h4nter-two")))
                    .as(text)
                    .isEqualTo(text.replace("%", mask("h4nter-two")));
        }
    }

    @Test
    void body_quotesInCredentialsAndCookies_doNotEndThem() {
        for (String text : List.of(
                "Authorization: Token token=\"%\"",
                "Authorization: Bearer \"%\"",
                "Authorization: Bearer '%'",
                "Authorization: Digest username=\"joe\", response=\"%\"",
                "Authorization: OAuth oauth_token=\"%\"",
                "Cookie: a=\"%\"",
                "Set-Cookie: sid=\"%\"; Path=/",
                "Cookie: it's=1; b=%",
                "log: Cookie: a=\\\"%\\\"; b=2")) {
            assertThat(redacting.body(text.replace("%", "h4nter-two")))
                    .as(text)
                    .contains(": ")
                    .doesNotContain("h4nter-two");
        }
        assertThat(redacting.body("Set-Cookie: sid=\"abc\"; Path=/"))
                .isEqualTo("Set-Cookie: sid=" + mask("abc") + "; Path=/");
        assertThat(redacting.body("Authorization: Bearer 'abc'")).isEqualTo("Authorization: Bearer " + mask("abc"));
    }

    @Test
    void body_quoteAroundAHeader_endsIt() {
        assertThat(redacting.body("curl -H 'Cookie: a=b' -H \"Authorization: Bearer abc\" https://h/x"))
                .isEqualTo("curl -H 'Cookie: a=" + mask("b") + "' -H \"Authorization: Bearer " + mask("abc")
                        + "\" https://h/x");
        assertThat(redacting.body("{\\\"c\\\":\\\"Cookie: a=b\\\",x"))
                .isEqualTo("{\\\"c\\\":\\\"Cookie: a=" + mask("b") + "\\\",x");
    }

    @Test
    void body_ordinaryProse_stays() {
        for (String text : List.of(
                "The tokens: 12, code=5, at 12:30 on 2024-01-01; exit code: 1",
                "PWD=/home/joe/src OLDPWD=/tmp",
                "Basic authentication and Bearer authentication are schemes",
                "Bearer realm=\"mcp\", resource_metadata=\"https://h/.well-known/oauth-protected-resource/mcp1\"",
                "see https://github.com/x/y/commit/9fceb02d0ae598e95dc970b74767f19372d61af8",
                "https://h/docs/my-long-document-title-of-2024-edition2/v1.2.3-beta4?page=2&q=a%20b",
                "token: ${TOKEN} password: <your password>, secret: {",
                "std::token::Kind a token, and the password",
                "sk-learn-is-a-library-without-any-digits",
                "see file:///etc/secrets/app.yaml and https://h/oauth/token/reset-it",
                "max_tokens=100&progressToken=17",
                "git@github.com:x/y.git http://localhost:3000/mcp")) {
            assertThat(redacting.body(text)).isEqualTo(text);
        }
    }

    @Test
    void body_valueWithMarks_isTakenWhole() {
        assertThat(redacting.body("PASSWORD=a,b;c!d rest")).isEqualTo("PASSWORD=" + mask("a,b;c!d") + " rest");
        assertThat(redacting.body("password: \"a b\\\"c\" rest"))
                .isEqualTo("password: \"" + mask("a b\"c") + "\" rest");
        assertThat(redacting.body("token: true1234")).isEqualTo("token: " + mask("true1234"));
    }

    @Test
    void body_marksInAValue_endItOnlyBeforeSomethingElse() {
        assertThat(redacting.body("PASSWORD=a&b<5>d\"e'f rest"))
                .isEqualTo("PASSWORD=" + mask("a&b<5>d\"e'f") + " rest");
        assertThat(redacting.body("{\\\"a\\\":\\\"token=abc1\\\",x"))
                .isEqualTo("{\\\"a\\\":\\\"token=" + mask("abc1") + "\\\",x");
    }

    @Test
    void body_shapes_areFoundByNoNameAtAll() {
        for (String secret : List.of(
                "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl",
                "sk-proj-abcdef0123456789ABCDEF",
                "sk_live_abcdef0123456789",
                "ghp_abcdefghijklmnopqrstuvwxyz0123456789",
                "github_pat_11ABCDEFG0123456789_abcdefghij",
                "glpat-abcdefghij0123456789",
                "xoxb-123456789012-abcdefghijkl",
                "AKIAIOSFODNN7EXAMPLE",
                "AIzaSyA1234567890abcdefghijklmnopqrstuv",
                "npm_abcdefghijklmnopqrstuvwxyz0123456789",
                "hf_abcdefghijklmnopqrstuvwxyz01234567",
                "ya29.a0AfB_byC1234567890abcdefghij")) {
            assertThat(redacting.body("a (" + secret + "), b"))
                    .as(secret)
                    .startsWith("a (redacted:")
                    .endsWith("), b")
                    .doesNotContain(secret.substring(secret.length() - 6));
        }
    }

    @Test
    void body_schemesInProse_keepTheWord() {
        assertThat(redacting.body("use Bearer abcd1234efgh, not basic am9lOmh1bnRlcjI="))
                .isEqualTo("use Bearer " + mask("abcd1234efgh") + ", not basic " + mask("am9lOmh1bnRlcjI="));
    }

    @Test
    void body_privateKey_isOneSecretAlsoWithoutItsEnd() {
        String key = "-----BEGIN RSA PRIVATE KEY-----\nMIIEow\nIBAAKC\n-----END RSA PRIVATE KEY-----";

        assertThat(redacting.body("x\n" + key + "\ny")).isEqualTo("x\n" + mask(key) + "\ny");
        assertThat(redacting.body("x\n" + key.substring(0, 45))).startsWith("x\nredacted:");
        assertThat(redacting.body("{\"t\":\"" + key.replace("\n", "\\n") + "\"}"))
                .isEqualTo("{\"t\":\"" + mask(key) + "\"}");
        String certificate = "-----BEGIN CERTIFICATE-----\nMIIEow\n-----END CERTIFICATE-----";
        assertThat(redacting.body(certificate)).isEqualTo(certificate);
    }

    @Test
    void body_shapeSwitchedOff_stays() {
        String text = "AKIAIOSFODNN7EXAMPLE postgres://joe:hunter2@db/";

        assertThat(new Redacting(
                                RedactionPolicy.standard().without("aws-key-id").without("userinfo"))
                        .body(text))
                .isEqualTo(text);
    }

    @Test
    void form_fields_areDecodedBeforeTheyAreHashed() {
        assertThat(redacting.form(
                        "grant_type=authorization_code&code=a%2Fb+c&client%5Fsecret=x%79z&u%5Bpassword%5D=q&state=s"))
                .isEqualTo("grant_type=authorization_code&code=" + mask("a/b c") + "&client%5Fsecret=" + mask("xyz")
                        + "&u%5Bpassword%5D=" + mask("q") + "&state=s");
        assertThat(redacting.body("code=abc&grant_type=authorization_code"))
                .isEqualTo("code=" + mask("abc") + "&grant_type=authorization_code");
    }

    @Test
    void form_urlInAValue_isLookedInto() {
        assertThat(redacting.form("redirect=https%3A%2F%2Fh%2F%3Fa%3D1%26token%3Dabc%2541"))
                .isEqualTo("redirect=https%3A%2F%2Fh%2F%3Fa%3D1%26token%3D" + mask("abcA"));
    }

    @Test
    void body_unquotedProseWithoutDigits_isNotLookedForElsewhere() {
        redacting.body("password: required-by-policy");
        redacting.body("password=correct-horse-battery");

        assertThat(redacting.body("it is required-by-policy")).isEqualTo("it is required-by-policy");
        assertThat(redacting.body("say correct-horse-battery")).isEqualTo("say " + mask("correct-horse-battery"));
    }

    @Test
    void body_wideCharacters_areNotReadable() {
        String text = "{\"token\":\"abc\"}";
        for (Charset wide : List.of(
                StandardCharsets.UTF_16,
                StandardCharsets.UTF_16LE,
                StandardCharsets.UTF_16BE,
                Charset.forName("UTF-32LE"),
                Charset.forName("UTF-32BE"))) {
            byte[] bytes = text.getBytes(wide);
            assertThat(redacting.redaction.body(Bytes.copyOf(bytes, 0, bytes.length), MediaType.TEXT))
                    .as(wide.name())
                    .isNull();
            assertThat(redacting.redaction.event(Bytes.copyOf(bytes, 0, bytes.length)))
                    .isNull();
        }
        assertThat(MediaType.of("application/json; charset=\"UTF-16\"")).isEqualTo(MediaType.UNREADABLE);
    }
}
