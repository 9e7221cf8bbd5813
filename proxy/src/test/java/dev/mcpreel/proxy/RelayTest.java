package dev.mcpreel.proxy;

import static dev.mcpreel.proxy.testkit.Wire.lines;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.proxy.testkit.SeenExchange;
import dev.mcpreel.proxy.testkit.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RelayTest {
    private ProxyRig rig;

    @BeforeEach
    void start() throws IOException {
        rig = new ProxyRig();
    }

    @AfterEach
    void stop() throws IOException {
        rig.close();
    }

    @Test
    void exchange_withLengths_isRelayedAndTold() throws IOException {
        String request = "POST /mcp?x=1 HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello";
        String response = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";
        Wire client = rig.client().send(request);
        Wire upstream = rig.upstream.accept();

        assertThat(upstream.read(request.length())).isEqualTo(request);
        upstream.send(response);
        assertThat(client.read(response.length())).isEqualTo(response);

        SeenExchange seen = rig.ended(0);
        assertThat(seen.events())
                .containsExactly(
                        "POST /mcp?x=1",
                        "connected",
                        "requestBody",
                        "requestEnd",
                        "200",
                        "responseBody",
                        "responseEnd",
                        "end");
        assertThat(seen.ending()).isEqualTo("COMPLETE by UPSTREAM");
        assertThat(seen.requestBytes()).asString().isEqualTo("hello");
        assertThat(seen.responseBytes()).asString().isEqualTo("{}");
        assertThat(seen.connected()).isEqualTo(rig.upstream.url() + " 127.0.0.1:" + rig.upstream.port());
        assertThat(seen.peer()).isEqualTo("127.0.0.1:" + client.socket().getLocalPort());
        assertThat(seen.times())
                .allMatch(time ->
                        time >= seen.times().get(0) && time <= seen.times().get(7));
        assertThat(seen.toldOffLoop()).isFalse();
    }

    @Test
    void secondRequest_onKeptConnection_takesTheSameUpstreamConnection() throws IOException {
        Wire client = rig.client();
        Wire upstream = null;
        for (int i = 0; i < 3; i++) {
            client.send("GET /" + i + " HTTP/1.1\r\nHost: h\r\n\r\n");
            upstream = upstream == null ? rig.upstream.accept() : upstream;
            assertThat(upstream.readHead()).startsWith("GET /" + i + " ");
            upstream.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n" + i);
            client.readHead();
            assertThat(client.read(1)).isEqualTo(String.valueOf(i));
        }
        assertThat(rig.ended(0).events()).contains("connected");
        assertThat(rig.ended(1).events()).contains("reused");
        assertThat(rig.ended(2).events()).contains("reused");
        assertThat(rig.ended(2).connectionId()).isEqualTo(rig.ended(0).connectionId());
    }

    @Test
    void secondClient_hasAnUpstreamConnectionOfItsOwn() throws IOException {
        rig.client().send("GET /a HTTP/1.1\r\nHost: h\r\n\r\n");
        Wire first = rig.upstream.accept();
        rig.client().send("GET /b HTTP/1.1\r\nHost: h\r\n\r\n");
        Wire second = rig.upstream.accept();
        assertThat(first.readHead()).startsWith("GET /a ");
        assertThat(second.readHead()).startsWith("GET /b ");
        assertThat(rig.proxy.stats().openConnections()).isEqualTo(2);
        assertThat(rig.proxy.stats().exchangesInFlight()).isEqualTo(2);
    }

    @Test
    void chunkedBodies_passBothWaysWithTrailers() throws IOException {
        String request = lines(
                "POST / HTTP/1.1", "Host: h", "Transfer-Encoding: chunked", "", "5", "hello", "0", "X-Sum: 1", "", "");
        String response = lines(
                "HTTP/1.1 200 OK", "Transfer-Encoding: chunked", "", "3", "abc", "0", "X-Took: 2", "x-Odd: 3", "", "");
        Wire client = rig.client().send(request);
        Wire upstream = rig.upstream.accept();
        assertThat(upstream.read(request.length())).isEqualTo(request);
        upstream.send(response);
        assertThat(client.read(response.length())).isEqualTo(response);
        assertThat(rig.ended(0).requestBytes()).asString().isEqualTo("hello");
        assertThat(rig.ended(0).responseBytes()).asString().isEqualTo("abc");
    }

    @Test
    void fields_passInOrderAndCaseWithEveryByte() throws IOException {
        String request = lines(
                "POST /a%20b?q=\u00e9&r=//x HTTP/1.1",
                "hOST: EXAMPLE.com:1",
                "X-b: 2",
                "x-A: 1",
                "X-b:  \t 3 ",
                "Empty:",
                "Te: trailers",
                "Connection: keep-alive, X-b",
                "Mcp-Param-x: =?base64?w6k=?=",
                "X-Latin: caf\u00e9",
                "X-Odd~Name.|^`: \"q\\\"\"",
                "content-length: 0",
                "",
                "");
        Wire client = rig.client().send(request);
        Wire upstream = rig.upstream.accept();
        String expected = request.replace("X-b:  \t 3 ", "X-b: 3").replace("Empty:", "Empty: ");
        assertThat(upstream.read(expected.length())).isEqualTo(expected);

        String response = lines(
                "HTTP/1.1 299 Fancy Reason",
                "set-cookie: a=1",
                "X-z: 1",
                "Set-Cookie: b=2",
                "X-a: \u00e4",
                "Keep-Alive: timeout=5",
                "content-LENGTH: 0",
                "",
                "");
        upstream.send(response);
        assertThat(client.read(response.length())).isEqualTo(response);
        assertThat(rig.tap.exchanges().get(0).requestFields()).startsWith("hOST: EXAMPLE.com:1", "X-b: 2", "x-A: 1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 42\r\nX: 1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nA: 1\r\nTransfer-Encoding: chunked\r\nB: 1\r\n\r\n",
                "HTTP/1.1 404 Not Found\r\n\r\n"
            })
    void headResponse_hasItsFieldsAndNoBody(String response) throws IOException {
        assertBodiless("HEAD", response);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 204 No Content\r\nX: 1\r\n\r\n",
                "HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 304 Not Modified\r\nContent-Length: 42\r\nETag: \"x\"\r\n\r\n",
                "HTTP/1.1 205 Reset Content\r\nContent-Length: 0\r\n\r\n"
            })
    void bodilessStatus_passesAsItIs(String response) throws IOException {
        assertBodiless("GET", response);
    }

    private void assertBodiless(String method, String response) throws IOException {
        Wire client = rig.client();
        Wire upstream = null;
        for (int i = 0; i < 2; i++) {
            client.send(method + " /" + i + " HTTP/1.1\r\nHost: h\r\n\r\n");
            upstream = upstream == null ? rig.upstream.accept() : upstream;
            upstream.readHead();
            upstream.send(response);
            assertThat(client.read(response.length())).isEqualTo(response);
            assertThat(rig.ended(i).ending()).isEqualTo("COMPLETE by UPSTREAM");
        }
        client.send("GET /after HTTP/1.1\r\nHost: h\r\n\r\n");
        upstream.readHead();
        String whole = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nend";
        upstream.send(whole);
        assertThat(client.read(whole.length())).isEqualTo(whole);
    }

    @Test
    void expectContinue_headGoesFirstAndInterimComesBack() throws IOException {
        String head = "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n";
        Wire client = rig.client().send(head);
        Wire upstream = rig.upstream.accept();
        assertThat(upstream.read(head.length())).isEqualTo(head);
        String hints = "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n";
        String proceed = "HTTP/1.1 100 Continue\r\n\r\n";
        upstream.send(hints + proceed);
        assertThat(client.read(hints.length() + proceed.length())).isEqualTo(hints + proceed);
        client.send("body");
        assertThat(upstream.read(4)).isEqualTo("body");
        String last = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
        upstream.send(last);
        assertThat(client.read(last.length())).isEqualTo(last);
        assertThat(rig.ended(0).events())
                .containsExactly("POST /", "connected", "requestBody", "requestEnd", "200", "responseEnd", "end");
    }

    @Test
    void pipelinedRequests_areServedOneAfterTheOther() throws IOException {
        StringBuilder requests = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            requests.append("POST /").append(i).append(" HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n\r\nx");
        }
        Wire client = rig.client().send(requests.toString());
        Wire upstream = rig.upstream.accept();
        for (int i = 0; i < 200; i++) {
            assertThat(upstream.readHead()).startsWith("POST /" + i + " ");
            assertThat(upstream.read(1)).isEqualTo("x");
            assertThat(upstream.socket().getInputStream().available()).isZero();
            upstream.send("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n" + (100 + i));
        }
        for (int i = 0; i < 200; i++) {
            client.readHead();
            assertThat(client.read(3)).isEqualTo(String.valueOf(100 + i));
        }
        assertThat(rig.ended(199).events()).startsWith("POST /199", "reused");
    }

    @Test
    void http10_withoutLength_endsWithTheConnection() throws IOException {
        Wire client = rig.client().send("GET / HTTP/1.0\r\n\r\n");
        Wire upstream = rig.upstream.accept();
        assertThat(upstream.readHead()).isEqualTo("GET / HTTP/1.0\r\n\r\n");
        String response = "HTTP/1.0 200 OK\r\nServer: old\r\n\r\nbody until the end";
        upstream.send(response).close();
        assertThat(client.readToEnding()).isEqualTo(response + "<FIN>");
        assertThat(rig.ended(0).ending()).isEqualTo("COMPLETE by UPSTREAM");
    }

    @Test
    void connectionClose_isLeftToTheTwoEnds() throws IOException {
        Wire client = rig.client().send("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
        Wire upstream = rig.upstream.accept();
        assertThat(upstream.readHead()).contains("Connection: close\r\n");
        String response = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok";
        upstream.send(response).close();
        assertThat(client.readToEnding()).isEqualTo(response + "<FIN>");
        assertThat(rig.ended(0).ending()).isEqualTo("COMPLETE by UPSTREAM");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"OPTIONS * HTTP/1.1", "PURGE /x HTTP/1.1", "GET http://elsewhere HTTP/1.1", "M-SEARCH / HTTP/1.1"
            })
    void anyMethodAndTarget_passesAsItIs(String line) throws IOException {
        rig.client().send(line + "\r\nHost: h\r\n\r\n");
        assertThat(rig.upstream.accept().readHead()).isEqualTo(line + "\r\nHost: h\r\n\r\n");
    }

    @Test
    void compressedBody_passesByteForByte() throws IOException {
        byte[] body = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0};
        Wire client = rig.client().send("GET / HTTP/1.1\r\nHost: h\r\nAccept-Encoding: gzip, br\r\n\r\n");
        Wire upstream = rig.upstream.accept();
        assertThat(upstream.readHead()).contains("Accept-Encoding: gzip, br\r\n");
        upstream.send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 20\r\n\r\n")
                .send(body);
        assertThat(client.readHead()).contains("Content-Encoding: gzip\r\nContent-Length: 20\r\n");
        assertThat(client.readBytes(20)).isEqualTo(body);
        assertThat(rig.ended(0).responseBytes()).isEqualTo(body);
    }

    @Test
    void body_sentWithTheHead_waitsForTheUpstreamConnection() throws IOException {
        byte[] body = new byte[300_000];
        Wire client = rig.client().send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 300000\r\n\r\n");
        client.send(body);
        Wire upstream = rig.upstream.accept();
        upstream.readHead();
        assertThat(upstream.readBytes(300_000)).isEqualTo(body);
        upstream.send("HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n");
        client.readHead();
        assertThat(rig.ended(0).requestBytes()).hasSize(300_000);
    }

    @Test
    void sloppyUpstream_withBareLineFeeds_isUnderstood() throws IOException {
        Wire client = rig.client().send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
        Wire upstream = rig.upstream.accept();
        upstream.readHead();
        upstream.send("HTTP/1.1 200 OK\nContent-Length: 2\n\nok".getBytes(StandardCharsets.US_ASCII));
        assertThat(client.readHead()).isEqualTo("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n");
        assertThat(client.read(2)).isEqualTo("ok");
    }
}
