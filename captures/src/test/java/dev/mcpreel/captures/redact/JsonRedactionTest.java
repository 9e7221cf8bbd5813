package dev.mcpreel.captures.redact;

import static dev.mcpreel.captures.redact.Redacting.mask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.exchange.Bytes;
import dev.mcpreel.captures.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class JsonRedactionTest {
    private final Redacting redacting = Redacting.standard();

    @Test
    void body_secretMember_isHashedAndAllElseStaysAsItWas() {
        String body = "{ \"id\" : 7,\n\t\"params\":{\"Api-Key\" : \"hunter2\", \"n\":1.50e1 ,\"é\":\"ü\"} }\r\n";

        assertThat(redacting.body(body)).isEqualTo(body.replace("hunter2", mask("hunter2")));
    }

    @Test
    void body_nothingSecret_isTheSameObject() {
        Bytes body =
                Bytes.utf8("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\",\"params\":{\"cursor\":\"abc\"}}");

        assertThat(redacting.redaction.body(body, MediaType.TEXT)).isSameAs(body);
    }

    @Test
    void body_namesInAnySpelling_areFound() {
        for (String name : List.of(
                "password",
                "Password",
                "user_password",
                "PASS-WORD",
                "client.secret",
                "GITHUB_TOKEN",
                "accessToken",
                "refresh_token",
                "api key",
                "x-api-key",
                "Mcp-Session-Id",
                "requestState",
                "AWS_SECRET_ACCESS_KEY",
                "p\\u0061ssword")) {
            assertThat(redacting.body("{\"" + name + "\":\"abc\"}"))
                    .as(name)
                    .isEqualTo("{\"" + name + "\":\"" + mask("abc") + "\"}");
        }
    }

    @Test
    void body_namesThatOnlyLookAlike_stay() {
        for (String body : List.of(
                "{\"_meta\":{\"progressToken\":\"abc123def456\"}}",
                "{\"result\":{\"nextCursor\":\"abc123\",\"nextPageToken\":\"abc123\"}}",
                "{\"usage\":{\"max_tokens\":100,\"inputTokens\":5,\"tokens\":\"12345678\"}}",
                "{\"error\":{\"code\":-32601,\"message\":\"x\"}}",
                "{\"code\":\"ABC\",\"key\":\"PROJ-1\",\"signature\":\"void f(int)\",\"pwd\":\"/home/me\",\"OLDPWD\":\"~/x\"}")) {
            assertThat(redacting.body(body)).isEqualTo(body);
        }
    }

    @Test
    void body_numbersUnderASecretName_becomeStringsAndLiteralsStay() {
        assertThat(redacting.body("{\"otp\":123456,\"secret\":null,\"token\":true,\"password\":\"\"}"))
                .isEqualTo("{\"otp\":\"" + mask("123456") + "\",\"secret\":null,\"token\":true,\"password\":\"\"}");
    }

    @Test
    void body_containerUnderASecretName_losesEveryValueAndKeepsItsShape() {
        assertThat(redacting.body(
                        "{\"credentials\":{\"user\":\"joe\",\"pin\":[12,\"x\",null,{\"a\":\"b\"}]},\"z\":\"joe\"}"))
                .isEqualTo("{\"credentials\":{\"user\":\"" + mask("joe") + "\",\"pin\":[\"" + mask("12") + "\",\""
                        + mask("x") + "\",null,{\"a\":\"" + mask("b") + "\"}]},\"z\":\"joe\"}");
    }

    @Test
    void body_schemaOfASecret_staysButForValuesInIt() {
        String schema =
                "{\"inputSchema\":{\"type\":\"object\",\"properties\":{\"password\":{\"type\":[\"string\",\"null\"],"
                        + "\"description\":\"your password\",\"minLength\":8,\"x-mcp-header\":\"Pw\"%s},\"user\":{\"type\":\"string\"}},"
                        + "\"required\":[\"password\"]}}";
        String secret = mask("s3cret");
        String given = ",\"default\":\"s3cret\",\"enum\":[\"s3cret\"],\"examples\":[\"s3cret\"],\"const\":\"s3cret\"";

        assertThat(redacting.body(schema.formatted(""))).isEqualTo(schema.formatted(""));
        assertThat(redacting.body(schema.formatted(given)))
                .isEqualTo(schema.formatted(given.replace("s3cret", secret)));
        assertThat(redacting.body("{\"properties\":{\"token\":\"s3cret\",\"secret\":{\"value\":\"s3cret\"}}}"))
                .doesNotContain("s3cret");
    }

    @Test
    void body_nestedSchemas_staySchemas() {
        String schema =
                "{\"properties\":{\"credentials\":{\"type\":\"object\",\"properties\":{\"user\":{\"type\":\"string\","
                        + "\"default\":\"%s\"}},\"anyOf\":[{\"title\":\"a\",\"const\":\"%s\"}]}}}";

        assertThat(redacting.body(schema.formatted("joe", "jim")))
                .isEqualTo(schema.formatted(mask("joe"), mask("jim")));
    }

    @Test
    void body_jsonInText_isRedactedAtEveryDepth() {
        String inner = "{\"token\":\"abc\\\\u0031\"}";
        String outer = "{\"text\":\"" + inner.replace("\\", "\\\\").replace("\"", "\\\"") + "\"}";
        String outermost = "[\"" + outer.replace("\\", "\\\\").replace("\"", "\\\"") + "\"]";

        assertThat(redacting.body(outer))
                .isEqualTo("{\"text\":\"{\\\"token\\\":\\\"" + mask("abc\\u0031") + "\\\"}\"}");
        assertThat(redacting.body(outermost)).contains(mask("abc\\u0031")).doesNotContain("abc");
    }

    @Test
    void body_secretWithEscapes_isHashedAsItIsMeant() {
        assertThat(redacting.body("{\"secret\":\"a\\n\\u00e9\\ud83d\\ude00\\/b\"}"))
                .isEqualTo("{\"secret\":\"" + mask("a\n\u00e9\ud83d\ude00/b") + "\"}");
    }

    @Test
    void body_secretNamedAtTheEnd_isGoneFromTheBeginning() {
        String body =
                "{\"note\":\"use zebra-4711 here\",\"n\":48151623,\"zebra-4711\":1,\"a\":[{\"password\":\"zebra-4711\"},"
                        + "{\"pwd\":\"48151623\"}]}";

        assertThat(redacting.body(body))
                .doesNotContain("zebra-4711")
                .doesNotContain("48151623")
                .startsWith("{\"note\":\"use " + mask("zebra-4711") + " here\",\"n\":\"" + mask("48151623") + "\"");
    }

    @Test
    void body_credentialsUnderHeaderNames_hashAsHeadersDo() {
        assertThat(redacting.body("{\"headers\":{\"Authorization\":\"Bearer abc\",\"cookie\":\"a=b; c=d\"}}"))
                .isEqualTo("{\"headers\":{\"Authorization\":\"Bearer " + mask("abc") + "\",\"cookie\":\"a=" + mask("b")
                        + "; c=" + mask("d") + "\"}}");
    }

    @Test
    void body_valueBesideASecretName_isHashed() {
        assertThat(redacting.body("[{\"name\":\"API_KEY\",\"value\":\"abc\"},{\"value\":\"abc\",\"name\":\"region\"},"
                        + "{\"key\":\"password\",\"type\":\"x\",\"value\":{\"a\":\"b\"}},{\"value\":\"abc\"}]"))
                .isEqualTo("[{\"name\":\"API_KEY\",\"value\":\"" + mask("abc")
                        + "\"},{\"value\":\"abc\",\"name\":\"region\"},"
                        + "{\"key\":\"password\",\"type\":\"x\",\"value\":{\"a\":\"" + mask("b")
                        + "\"}},{\"value\":\"abc\"}]");
    }

    @Test
    void body_masks_stayAsTheyAre() {
        String once = redacting.body("{\"password\":\"hunter2\",\"text\":\"token=abc12345\"}");

        assertThat(redacting.body(once)).isEqualTo(once);
    }

    @Test
    void body_linesOfJson_areRedactedEach() {
        assertThat(redacting.body("{\"token\":\"abc\"}\n{\"token\":\"abc\"}\n"))
                .isEqualTo("{\"token\":\"" + mask("abc") + "\"}\n{\"token\":\"" + mask("abc") + "\"}\n");
    }

    @Test
    void body_cutShortOrBroken_isSearchedAsText() {
        for (String broken : List.of(
                "{\"token\":\"s3cret",
                "{\"a\":[1,{\"token\": \"s3cret\"}",
                "{\"p\\u0061ssword\":\"s3cret\",}",
                "{'token': 's3cret'}",
                "{token: s3cret, a: 1}",
                "{\"credentials\":{\"user\":\"s3cret\"",
                "{\"a\":\"{\\\"token\\\":\\\"s3cret\\\"",
                ")]}',\n{\"token\":\"s3cret\"}")) {
            assertThat(redacting.body(broken))
                    .as(broken)
                    .doesNotContain("s3cret")
                    .contains("redacted:");
        }
    }

    @Test
    void body_pointer_findsItsPlaceInMessagesAndBatches() {
        Redacting pointing = new Redacting(RedactionPolicy.standard()
                .with("/params/arguments/ssn")
                .with("/params/list/*/a~1b")
                .with("/result"));
        String message = "{\"id\":1,\"params\":{\"arguments\":{\"ssn\":\"123\",\"other\":{\"ssn\":\"4\"}},"
                + "\"list\":[{\"x\":1},{\"a/b\":5}]}}";
        String expected = message.replace("\"123\"", '"' + mask("123") + '"').replace(":5}", ":\"" + mask("5") + "\"}");

        assertThat(pointing.body(message)).isEqualTo(expected);
        assertThat(pointing.body("[" + message + "," + message + "]")).isEqualTo("[" + expected + "," + expected + "]");
        assertThat(pointing.body("{\"result\":{\"a\":[true,\"x\"]}}"))
                .isEqualTo("{\"result\":{\"a\":[true,\"" + mask("x") + "\"]}}");
    }

    @Test
    void body_loneSurrogatesAndBrokenUtf8_surviveUntouched() {
        byte[] bytes = "{\"a\":\"\\ud800 token=abc12345 \\udc00\",\"b\":\"?\"}".getBytes(StandardCharsets.US_ASCII);
        bytes[bytes.length - 3] = (byte) 0xC3;
        Bytes redacted = redacting.redaction.body(Bytes.copyOf(bytes, 0, bytes.length), MediaType.TEXT);
        byte[] out = redacted == null ? new byte[0] : redacted.toByteArray();
        String text = new String(out, StandardCharsets.ISO_8859_1);

        assertThat(text).isEqualTo("{\"a\":\"\\ud800 token=" + mask("abc12345") + " \\udc00\",\"b\":\"\u00c3\"}");
    }

    @Test
    void body_numbersInTextsOfJson_leaveEveryTextValid() {
        String inner = "{\"session_id\":42,\"list\":[48151623],\"pin\":4711}";
        redacting.body("{\"password\":\"48151623\"}");
        Redacting pattern = new Redacting(RedactionPolicy.standard().with("regex:^4711$"));
        for (Redacting each : List.of(redacting, pattern)) {
            String text = inner;
            for (int depth = 0; depth < 4; depth++) {
                String redacted = each.body(text);
                assertThat(redacted).doesNotContain(":42");
                for (int i = 0; i < depth; i++) {
                    redacted = Json.parse(redacted).orElseThrow().get("text").asString();
                }
                assertThat(Json.parse(redacted))
                        .as("depth %d: %s", depth, redacted)
                        .isPresent();
                text = "{\"text\":" + Json.mapper().writeValueAsString(text) + "}";
            }
        }
        String data = Json.mapper().writeValueAsString(inner);
        assertThat(redacting.event("data: {\"text\":" + data + "}\n\n"))
                .contains("{\\\"session_id\\\":\\\"" + mask("42") + "\\\"")
                .contains("[\\\"" + mask("48151623") + "\\\"]");
    }

    @Test
    void body_jsonThatIsWrittenCarelessly_isJsonAllTheSame() {
        Redacting pointing = new Redacting(RedactionPolicy.standard().with("/params/arguments/pin"));
        for (String odd : List.of(
                "{\"x\":NaN,%s}",
                "{\"x\":[Infinity,-Infinity,+1,.5,0x1F,1_000],%s}",
                "{\"x\":True,\"y\":None,\"z\":undefined,%s}",
                "{\"x\":[1,2,],\"y\":{\"z\":1,},%s,}",
                "\u001e{\"x\":1}\n\u001e{%s}\n",
                "{\"x\":1}\0{%s}\0")) {
            String message = odd.formatted("\"params\":{\"arguments\":{\"pin\":\"s3cret\"}}");
            assertThat(pointing.body(message)).isEqualTo(message.replace("s3cret", mask("s3cret")));
        }
    }

    @Test
    void body_bareWords_areSecretsByNameAndByLooks() {
        assertThat(redacting.body(
                        "{\"token\":abc-12, \"password\":None, \"x\":[ghp_0123456789abcdefghijABCDEFGHIJ456789]}"))
                .isEqualTo("{\"token\":\"" + mask("abc-12") + "\", \"password\":None, \"x\":["
                        + mask("ghp_0123456789abcdefghijABCDEFGHIJ456789") + "]}");
        assertThat(redacting.body("[INFO] Bearer abcdef123456 and more"))
                .isEqualTo("[INFO] Bearer " + mask("abcdef123456") + " and more");
    }

    @Test
    void body_schemasOfManyKinds_stayAndTeachNoWords() {
        for (String members : List.of("properties", "$defs", "definitions", "patternProperties", "dependentSchemas")) {
            String schema = "{\"" + members + "\":{\"Credentials\":{\"type\":\"object\",\"title\":\"Credentials\","
                    + "\"properties\":{\"user\":{\"type\":\"string\"}},\"required\":[\"user\"],"
                    + "\"dependentRequired\":{\"password\":[\"username\"]}}}}";
            assertThat(redacting.body(schema)).isEqualTo(schema);
        }
        String requires = "{\"dependentRequired\":{\"password\":[\"user\"]},\"dependencies\":{\"token\":[\"user\"]}}";
        assertThat(redacting.body(requires)).isEqualTo(requires);
        redacting.body(
                "{\"properties\":{\"token\":{\"enumNames\":[\"Production servers\"],\"x-order\":\"second of all\","
                        + "\"default\":\"zebra-4711\"}}}");
        assertThat(redacting.body("Production servers, second of all, zebra-4711"))
                .isEqualTo("Production servers, second of all, " + mask("zebra-4711"));
    }

    @Test
    void body_valueBehindContainers_isJudgedByTheNameInFrontOfThem() {
        assertThat(redacting.body("{\"name\":\"API_KEY\",\"labels\":{\"name\":\"x\"},\"l\":[[]],\"value\":\"abc\"}"))
                .contains("\"value\":\"" + mask("abc"));
        String inner = "{\"name\":\"API_KEY\",\"labels\":{\"value\":\"abc\"}}";
        assertThat(redacting.body(inner)).isEqualTo(inner);
    }

    @Test
    void body_wordsOfTheProtocol_areNeverReplacedByKnownValues() {
        redacting.body("{\"password\":\"x/custom-method-1\"}");
        redacting.header("Authorization", "Bearer 2031-01-17");
        String message =
                "{\"jsonrpc\":\"2.0\",\"method\":\"x/custom-method-1\",\"params\":{\"protocolVersion\":\"2031-01-17\","
                        + "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2031-01-17\"},\"arguments\":{%s}}}";
        String said = "\"method\":\"x/custom-method-1\",\"v\":\"2031-01-17\"";

        assertThat(redacting.body(message.formatted(said)))
                .isEqualTo(message.formatted(
                        "\"method\":\"" + mask("x/custom-method-1") + "\",\"v\":\"" + mask("2031-01-17") + "\""));
        assertThat(redacting.header("MCP-Protocol-Version", "2031-01-17")).isEqualTo("2031-01-17");
        assertThat(redacting.header("Mcp-Method", "x/custom-method-1")).isEqualTo("x/custom-method-1");
        assertThat(redacting.header("X-Other", "2031-01-17")).isEqualTo(mask("2031-01-17"));
    }
}
