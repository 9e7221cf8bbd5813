package dev.mcpreel.proxy.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class MetadataTest {
    private static final String WELL_KNOWN = "/.well-known/oauth-protected-resource";
    private static final String JSON = "Content-Type: application/json";
    private static final String DOCUMENT = "{\"resource\":\"http://127.0.0.1:3001/mcp\"}";
    private static final String CHANGED = "{\"resource\":\"https://mcp.example/mcp\"}";

    /** «» surround what is to be replaced; the text is UTF-8. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"resource\":\"«http://127.0.0.1:3001»/mcp\"}",
                "{\"resource\":\"«http://127.0.0.1:3001»\"}",
                "{\"resource\":\"«https://known-to-itself.example:8443»/mcp?x=http://127.0.0.1:3001\"}",
                " \r\n{\t\"a\" : [ 1.50 , {\"resource\":\"http://127.0.0.1:3001/\"} ] ,\n \"resource\" :\t"
                        + "\"«http://127.0.0.1:3001»/\" , \"authorization_servers\":[\"http://127.0.0.1:3001\"] }\n",
                "{\"resource\":\"«http:\\/\\/127.0.0.1:3001»\\/mcp\"}",
                "{\"resource\":\"«\\u0068ttp\\u003a//127.0.0.1:300\\u0031»\\u002fmcp\\n\\\"\\\\\"}",
                "{\"r\\u0065source\":\"«http://h»/x\"}",
                "{\"ü\":\"ü\",\"resource\":\"«http://bücher.example»/ü\",\"z\":\"😀\"}",
                "\uFEFF{\"resource\":\"«http://127.0.0.1:3001»/mcp\"}",
                "{\"resource\":\"«http://a»/x\",\"resource\":\"«http://b»/y\"}",
                "{\"resource\":\" «http://a»/x\"}",
                "{\"Resource\":\"http://127.0.0.1:3001/mcp\"}",
                "{\"resource\":\"https://mcp.example/mcp\"}",
                "{\"resource\":\"https://MCP.EXAMPLE:443/mcp\"}",
                "{\"resource\":\"urn:example:mcp\"}",
                "{\"resource\":\"/mcp\"}",
                "{\"resource\":\"http://u@127.0.0.1:3001/mcp\"}",
                "{\"resource\":\"http://\"}",
                "{\"resource\":\"\"}",
                "{\"resource\":null,\"resource_name\":\"http://h/\"}",
                "{\"resource\":[\"http://127.0.0.1:3001/mcp\"]}",
                "{\"resource\":{\"resource\":\"http://127.0.0.1:3001/mcp\"}}",
                "[{\"resource\":\"http://127.0.0.1:3001/mcp\"}]",
                "\"resource\"",
                "{\"resource\":\"http://127.0.0.1:3001/mcp\"",
                "{\"resource\":\"http://127.0.0.1:3001/mcp\"} x",
                "{\"resource\":\"http://127.0.0.1:3001/mcp\"}{}",
                "{\"resource\":\"http://127.0.0.1:3001/mcp\",}",
                "{\"resource\":\"http://127.0.0.1:3001/\\x\"}",
                "{'resource':'http://127.0.0.1:3001/mcp'}",
                "<html>resource</html>",
                "{}",
                ""
            })
    void document_hasItsResourceReplaced_andNothingElse(String marked) {
        String sent = latin(marked.replace("«", "").replace("»", ""));
        String expected = latin(marked.replaceAll("«[^»]*»", "https://mcp.example"));
        RewriteRig rig = new RewriteRig().get(WELL_KNOWN);
        rig.head(200, "A: 1", "content-length: " + sent.length(), JSON)
                .body(sent)
                .last("");
        assertThat(rig.text()).isEqualTo(expected);
        assertThat(rig.fields()).containsExactly("A: 1", "content-length: " + expected.length(), JSON);
        rig.done();
    }

    @Test
    void otherEncodings_pass() {
        for (var charset : new java.nio.charset.Charset[] {
            StandardCharsets.UTF_16, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE
        }) {
            String sent = new String(DOCUMENT.getBytes(charset), StandardCharsets.ISO_8859_1);
            RewriteRig rig = new RewriteRig().get(WELL_KNOWN).head(200, JSON).last(sent);
            assertThat(rig.done()).isEqualTo(sent);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                WELL_KNOWN,
                WELL_KNOWN + "/",
                WELL_KNOWN + "/mcp/a",
                WELL_KNOWN + "?x",
                WELL_KNOWN + "/mcp?x=/y",
                "http://proxy.local:8080" + WELL_KNOWN + "/mcp"
            })
    void wellKnownTarget_isRewritten(String target) {
        assertThat(answered(new RewriteRig().get(target))).isEqualTo(CHANGED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/mcp",
                WELL_KNOWN + "s",
                "/x" + WELL_KNOWN,
                "/mcp?" + WELL_KNOWN,
                "/.well-known/oauth-authorization-server",
                "http://proxy.local:8080",
                "*"
            })
    void otherTarget_isNot(String target) {
        assertThat(answered(new RewriteRig().get(target))).isEqualTo(DOCUMENT);
    }

    @Test
    void placeThatAChallengeNamed_isRewritten() {
        RewriteRig rig = new RewriteRig().get("/meta?tenant=1");
        assertThat(answered(rig)).isEqualTo(DOCUMENT);
        rig.get("/mcp")
                .head(401, "WWW-Authenticate: Bearer resource_metadata=\"http://127.0.0.1:3001/meta?tenant=1\"")
                .last("")
                .done();
        assertThat(answered(rig.get("/meta?tenant=1"))).isEqualTo(CHANGED);
        assertThat(answered(rig.get("/meta/1"))).isEqualTo(DOCUMENT);
    }

    @ParameterizedTest
    @CsvSource({"404", "203", "206", "304", "401"})
    void otherStatus_passesAtOnce(int status) {
        passesAtOnce(new RewriteRig().get(WELL_KNOWN).head(status, JSON));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: text/plain",
                "Content-Type: application/jsonp",
                "Content-Type: application/problem+json",
                "A: 1",
                "Content-Encoding: gzip",
                "Content-Encoding: identity, br"
            })
    void otherContent_passesAtOnce(String field) {
        RewriteRig rig = new RewriteRig().get(WELL_KNOWN);
        passesAtOnce(field.startsWith("Content-Enc") ? rig.head(200, JSON, field) : rig.head(200, field));
    }

    @Test
    void otherMethods_passAtOnce_andAHeadKeepsItsLength() {
        RewriteRig rig = new RewriteRig();
        passesAtOnce(rig.asking(HttpMethod.POST, WELL_KNOWN, "h").head(200, JSON));
        rig.asking(HttpMethod.HEAD, WELL_KNOWN, "h").head(200, JSON, "Content-Length: 41");
        assertThat(rig.fields()).contains("Content-Length: 41");
        rig.last("").done();
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json;charset=utf-8", "Application/JSON ; charset=UTF-8"})
    void typeWithParameters_isJson(String type) {
        RewriteRig rig = new RewriteRig().get(WELL_KNOWN);
        assertThat(rig.head(200, "Content-Type: " + type, "Content-Encoding: Identity")
                        .last(DOCUMENT)
                        .done())
                .isEqualTo(CHANGED);
    }

    @Test
    void chunkedBody_staysChunked() {
        RewriteRig rig = new RewriteRig().get(WELL_KNOWN);
        rig.head(200, JSON, "Transfer-Encoding: chunked").body(DOCUMENT).last("", "X-Trailer: t");
        assertThat(rig.fields()).containsExactly(JSON, "Transfer-Encoding: chunked");
        assertThat(rig.trailers()).containsExactly("X-Trailer: t");
        assertThat(rig.done()).isEqualTo(CHANGED);
    }

    @Test
    void digests_goWithTheBytesTheyWereOf_andStayWithThoseTheyAreOf() {
        String[] fields = {
            JSON, "ETag: \"1\"", "Content-MD5: x", "digest: x", "Content-Digest: sha-256=:x:", "Repr-Digest: x", "B: 2"
        };
        RewriteRig rig = new RewriteRig().get(WELL_KNOWN);
        rig.head(200, fields).body(DOCUMENT).last("", "Content-Digest: sha-256=:x:", "T: 1");
        assertThat(rig.fields()).containsExactly(JSON, "ETag: \"1\"", "B: 2");
        assertThat(rig.trailers()).containsExactly("T: 1");
        rig.done();
        rig.head(200, fields).body("{}").last("", "Content-Digest: x");
        assertThat(rig.fields()).containsExactly(fields);
        assertThat(rig.trailers()).containsExactly("Content-Digest: x");
        rig.done();
    }

    @Test
    void head_waitsForTheBody() {
        RewriteRig rig = new RewriteRig().get(WELL_KNOWN).head(200, JSON).body("{\"resource\":");
        assertThat(rig.fields()).isEmpty();
        assertThat(rig.body("\"http://h/\"").fields()).isEmpty();
        assertThat(rig.last("}").done()).isEqualTo("{\"resource\":\"https://mcp.example/\"}");
    }

    @Test
    void bodyOverTheBound_passesAsItIs_fromThereAtOnce() {
        String whole = padded(MetadataBody.BOUND);
        RewriteRig rig = new RewriteRig()
                .get(WELL_KNOWN)
                .head(200, JSON, "Content-Length: 1")
                .body(whole);
        assertThat(rig.fields()).isEmpty();
        assertThat(rig.body("x").text()).isEqualTo(whole + "x");
        assertThat(rig.passedLastBuffer()).isTrue();
        assertThat(rig.fields()).containsExactly(JSON, "Content-Length: 1");
        assertThat(rig.body("y").passedLastBuffer()).isTrue();
        assertThat(rig.last("z").done()).isEqualTo(whole + "xyz");
    }

    @Test
    void bodyOfTheBound_isRewritten() {
        String whole = padded(MetadataBody.BOUND);
        RewriteRig rig = new RewriteRig().get(WELL_KNOWN).head(200, JSON).last(whole);
        assertThat(rig.done()).isEqualTo(whole.replace("http://127.0.0.1:3001", "https://mcp.example"));
        RewriteRig long1 = new RewriteRig(
                        new Rewriting(HostMode.PRESERVE, PublicUrl.of("https://" + "a".repeat(200)), false, false),
                        "http://h:1")
                .get(WELL_KNOWN);
        assertThat(long1.head(200, JSON).last(whole).done())
                .isEqualTo(whole.replace("http://127.0.0.1:3001", "https://" + "a".repeat(200)));
    }

    @Test
    void cut_givesOutWhatCame() {
        RewriteRig rig = new RewriteRig().get(WELL_KNOWN);
        assertThat(rig.head(200, JSON, "Content-Length: 99")
                        .body(DOCUMENT)
                        .cut()
                        .done())
                .isEqualTo(DOCUMENT);
        assertThat(rig.fields()).containsExactly(JSON, "Content-Length: 99");
        assertThat(rig.head(200, JSON).cut().done()).isEmpty();
        rig.head(200, JSON).last(DOCUMENT);
        assertThat(rig.done()).isEqualTo(CHANGED);
    }

    private static void passesAtOnce(RewriteRig rig) {
        assertThat(rig.fields()).isNotEmpty();
        assertThat(rig.body(DOCUMENT).passedLastBuffer()).isTrue();
        assertThat(rig.last("").done()).isEqualTo(DOCUMENT);
    }

    private static String answered(RewriteRig rig) {
        return rig.head(200, JSON).body(DOCUMENT).last("").done();
    }

    private static String padded(int length) {
        return DOCUMENT + " ".repeat(length - DOCUMENT.length());
    }

    /** A character for each byte of UTF-8. */
    private static String latin(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
