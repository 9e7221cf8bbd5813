package dev.mcpreel.proxy;

import static dev.mcpreel.proxy.testkit.Wire.lines;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.proxy.testkit.SeenExchange;
import dev.mcpreel.proxy.testkit.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is around MCP, and what is rare in HTTP, passes byte for byte in both directions. */
@Timeout(60)
class TransparencyTest {
    private ProxyRig rig;
    private Wire client;
    private Wire upstream;

    @BeforeEach
    void start() throws IOException {
        rig = new ProxyRig();
        client = rig.client();
    }

    @AfterEach
    void stop() throws IOException {
        rig.close();
    }

    /** Sends a request and its response, and holds both ends against what the other sent. */
    private void assertPasses(String request, String response) throws IOException {
        client.send(request);
        upstream = upstream == null ? rig.upstream.accept() : upstream;
        assertThat(upstream.read(request.length())).isEqualTo(request);
        upstream.send(response);
        assertThat(client.read(response.length())).isEqualTo(response);
    }

    private static String ok(String... fields) {
        return "HTTP/1.1 200 OK\r\n" + String.join("\r\n", fields) + "\r\nContent-Length: 2\r\n\r\n{}";
    }

    @Test
    void authorization_fromTheChallengeToTheToken_isLeftToTheTwoEnds() throws IOException {
        String host = "Host: " + rig.host();
        String origin = "http://127.0.0.1:" + rig.upstream.port();
        assertPasses(
                lines("POST /mcp HTTP/1.1", host, "Content-Length: 2", "", "{}"),
                lines(
                        "HTTP/1.1 401 Unauthorized",
                        "WWW-Authenticate: Bearer resource_metadata=\"" + origin
                                + "/.well-known/oauth-protected-resource/mcp\", scope=\"a b\"",
                        "Content-Length: 0",
                        "",
                        ""));
        String metadata = "{\"resource\":\"" + origin + "/mcp\",\"authorization_servers\":[\"" + origin + "\"]}";
        assertPasses(
                lines("GET /.well-known/oauth-protected-resource/mcp HTTP/1.1", host, "", ""),
                lines("HTTP/1.1 200 OK", "Content-Length: " + metadata.length(), "", metadata));
        assertPasses(
                lines("GET /.well-known/openid-configuration/tenant HTTP/1.1", host, "", ""),
                lines("HTTP/1.1 404 Not Found", "Content-Type: text/html", "Content-Length: 4", "", "none"));
        assertPasses(
                lines("GET /authorize?redirect_uri=http%3A%2F%2Flocalhost%3A1%2Fcb&state=a%20b HTTP/1.1", host, "", ""),
                lines(
                        "HTTP/1.1 302 Found",
                        "Location: " + origin + "/consent?x=%2F",
                        "Set-Cookie: login=1; Path=/",
                        "Content-Length: 0",
                        "",
                        ""));
        String form = "grant_type=authorization_code&code=a%2Bb&resource=http%3A%2F%2Fh%2Fmcp";
        assertPasses(
                lines(
                        "POST /token HTTP/1.1",
                        host,
                        "Authorization: Basic YTpi",
                        "Content-Type: application/x-www-form-urlencoded",
                        "Content-Length: " + form.length(),
                        "",
                        form),
                ok("Cache-Control: no-store"));
        assertThat(rig.ended(4).events()).contains("POST /token");
    }

    @ParameterizedTest
    @CsvSource({"GET", "DELETE", "HEAD", "OPTIONS", "PROPFIND", "QUERY", "get", "A-METHOD.OF~MY_OWN"})
    void method_withABody_passes(String method) throws IOException {
        String answer = method.equals("HEAD") ? "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n" : ok("X-Y: z");
        assertPasses(lines(method + " /mcp HTTP/1.1", "Host: h", "Content-Length: 3", "", "abc"), answer);
        assertPasses(
                lines(method + " /mcp HTTP/1.1", "Host: h", "Transfer-Encoding: chunked", "", "2", "de", "0", "", ""),
                answer);
        assertThat(rig.ended(1).requestBytes()).asString().isEqualTo("de");
        assertThat(rig.ended(1).ending()).isEqualTo("COMPLETE by UPSTREAM");
    }

    @Test
    void conditionalRequest_isAnsweredAsTheServerSees() throws IOException {
        String fresh = lines("HTTP/1.1 200 OK", "ETag: W/\"1-\u00e9\"", "Content-Length: 4", "", "body");
        String known = lines("HTTP/1.1 304 Not Modified", "ETag: W/\"1-\u00e9\"", "Vary: Accept, Origin", "", "");
        assertPasses(lines("GET /doc HTTP/1.1", "Host: h", "", ""), fresh);
        assertPasses(lines("GET /doc HTTP/1.1", "Host: h", "If-None-Match: W/\"1-\u00e9\"", "", ""), known);
        assertPasses(lines("GET /doc HTTP/1.1", "Host: h", "If-None-Match: \"other\"", "", ""), fresh);
        assertPasses(
                lines("GET /doc HTTP/1.1", "Host: h", "Range: bytes=1-2", "", ""),
                lines("HTTP/1.1 206 Partial Content", "Content-Range: bytes 1-2/4", "Content-Length: 2", "", "od"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"417 Expectation Failed", "401 Unauthorized", "413 Content Too Large"})
    void expectContinue_refused_reachesAClientThatStillHoldsItsBody(String status) throws IOException {
        assertPasses(
                lines("POST /mcp HTTP/1.1", "Host: h", "Content-Length: 1000000", "Expect: 100-continue", "", ""),
                lines("HTTP/1.1 " + status, "Content-Length: 0", "", ""));
        client.close();
        assertThat(upstream.readToEnding()).isEqualTo("<FIN>");
    }

    @Test
    void trailers_announcedBothWays_pass() throws IOException {
        assertPasses(
                lines(
                        "POST / HTTP/1.1",
                        "Host: h",
                        "TE: trailers",
                        "Trailer: X-Sum, x-who",
                        "Transfer-Encoding: chunked",
                        "",
                        "1",
                        "a",
                        "0",
                        "X-Sum: 9",
                        "x-who: me",
                        "",
                        ""),
                lines(
                        "HTTP/1.1 200 OK",
                        "Trailer: Server-Timing",
                        "Transfer-Encoding: chunked",
                        "",
                        "1",
                        "b",
                        "0",
                        "Server-Timing: db;dur=53",
                        "",
                        ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "br", "zstd", "deflate, gzip", "x-unknown"})
    void codedBody_whateverItsBytes_isNotTouched(String coding) throws IOException {
        byte[] body = new byte[200_000];
        new SplittableRandom(coding.hashCode()).nextBytes(body);
        String bytes = new String(body, StandardCharsets.ISO_8859_1);
        String coded = lines("Content-Encoding: " + coding, "Content-Length: " + body.length, "", bytes);
        assertPasses("PUT / HTTP/1.1\r\nHost: h\r\n" + coded, "HTTP/1.1 200 OK\r\n" + coded);
        SeenExchange seen = rig.ended(0);
        assertThat(seen.requestBytes()).isEqualTo(body);
        assertThat(seen.responseBytes()).isEqualTo(body);
    }

    @Test
    void eventStream_withEveryLineEndAndOddity_isNotTouched() throws IOException {
        String events = "\u00ef\u00bb\u00bfevent: endpoint\rdata: http://127.0.0.1:" + rig.upstream.port()
                + "/messages?sessionId=1\r\r: keepalive\n\nretry: 10\r\nid: 7\r\ndata: \r\n\r\ndata:{\ndata: }\n\ndata: unfinished";
        assertPasses(
                lines("GET /sse HTTP/1.1", "Host: h", "Accept: text/event-stream", "Last-Event-ID: 6", "", ""),
                lines(
                        "HTTP/1.1 200 OK",
                        "Content-Type: text/event-stream",
                        "X-Accel-Buffering: no",
                        "Transfer-Encoding: chunked",
                        "",
                        Integer.toHexString(events.length()),
                        events,
                        "0",
                        "",
                        ""));
        assertThat(rig.ended(0).responseBytes()).isEqualTo(events.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void responsesOfLittle_pass() throws IOException {
        String request = lines("GET / HTTP/1.1", "Host: h", "", "");
        assertPasses(request, "HTTP/1.1 200 \r\nContent-Length: 0\r\n\r\n");
        assertPasses(request, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
        assertPasses(request, "HTTP/1.1 999 Beyond\r\nContent-Length: 1\r\n\r\nx");
        assertThat(rig.ended(2).events()).contains("999");
    }
}
