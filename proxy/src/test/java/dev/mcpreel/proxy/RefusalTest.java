package dev.mcpreel.proxy;

import static dev.mcpreel.proxy.testkit.Wire.lines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mcpreel.proxy.relay.RelayLimits;
import dev.mcpreel.proxy.testkit.Backlog;
import dev.mcpreel.proxy.testkit.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers of the proxy's own: upstreams that cannot be reached, and bytes that are not HTTP. */
@Timeout(60)
class RefusalTest {
    private static final String GET = "GET /mcp HTTP/1.1\r\nHost: h\r\n\r\n";

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
    void refusedUpstream_is502ThatNamesIt() throws IOException {
        rig.upstream.stopListening();
        String response = rig.client().send(GET).readToEnding();
        assertThat(response)
                .startsWith("HTTP/1.1 502 Bad Gateway\r\n")
                .containsIgnoringCase("\r\nconnection: close\r\n")
                .endsWith("mcp-reel: no connection to upstream " + rig.upstream.url() + ": connection refused\n<FIN>");
        assertThat(rig.ended(0).ending()).isEqualTo("CONNECT_FAILED by UPSTREAM");
        assertThat(rig.ended(0).detail()).contains(rig.upstream.url(), "connection refused");
        assertThat(rig.ended(0).events()).containsExactly("GET /mcp", "failed", "end");
    }

    @Test
    void refusedUpstream_withABodyStillComing_isStillReadable() throws IOException {
        rig.upstream.stopListening();
        Wire client = rig.client().send(lines("POST / HTTP/1.1", "Host: h", "Content-Length: 4000000", "", ""));
        client.send(new byte[2_000_000]);
        assertThat(client.readToEnding()).startsWith("HTTP/1.1 502 ").endsWith("<FIN>");
    }

    @Test
    void refusedUpstream_forHead_answersWithoutBody() throws IOException {
        rig.upstream.stopListening();
        String response = rig.client().send(GET.replace("GET", "HEAD")).readToEnding();
        assertThat(response).startsWith("HTTP/1.1 502 ").endsWith("\r\n\r\n<FIN>");
    }

    @Test
    void unresolvableUpstream_is502() throws IOException {
        RecordingProxy proxy =
                RecordingProxy.start(ProxyConfig.of("127.0.0.1:0", "http://no-such-host.invalid:80"), rig.tap);
        try {
            Wire client = Wire.connect(proxy.address());
            assertThat(client.send(GET).readToEnding())
                    .startsWith("HTTP/1.1 502 ")
                    .contains("http://no-such-host.invalid:80: the host name cannot be resolved");
            assertThat(rig.ended(0).ending()).isEqualTo("CONNECT_FAILED by UPSTREAM");
        } finally {
            proxy.close(Duration.ZERO);
        }
    }

    @Test
    void upstreamThatDoesNotAnswer_is504() throws IOException {
        List<Socket> crowd = new ArrayList<>();
        RecordingProxy proxy = null;
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            crowd.addAll(Backlog.fill(full));
            RelayLimits hasty = RelayLimits.DEFAULT.withConnectTimeout(Duration.ofMillis(200));
            String url = "http://127.0.0.1:" + full.getLocalPort();
            proxy = RecordingProxy.start(ProxyConfig.of("127.0.0.1:0", url).withLimits(hasty), rig.tap);
            assertThat(Wire.connect(proxy.address()).send(GET).readToEnding())
                    .startsWith("HTTP/1.1 504 ")
                    .contains("no connection to upstream " + url + ": no answer within the connect timeout");
            assertThat(rig.ended(0).ending()).isEqualTo("CONNECT_FAILED by UPSTREAM");
        } finally {
            if (proxy != null) {
                proxy.close(Duration.ZERO);
            }
            for (Socket socket : crowd) {
                socket.close();
            }
        }
    }

    @Test
    void namedUpstream_isTriedAtEachOfItsAddresses() throws IOException {
        URI named = URI.create("http://localhost:" + rig.upstream.port());
        RecordingProxy proxy = RecordingProxy.start(ProxyConfig.of("127.0.0.1:0", named.toString()), rig.tap);
        try {
            Wire client = Wire.connect(proxy.address()).send(GET);
            Wire upstream = rig.upstream.accept();
            assertThat(upstream.readHead()).isEqualTo(GET);
            client.close();
            upstream.close();
            assertThat(rig.ended(0).connected()).startsWith(named + " 127.0.0.1:");
        } finally {
            proxy.close(Duration.ZERO);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    no colon            | GET / HTTP/1.1~Host h~~                                              | 400
                    two lengths         | POST / HTTP/1.1~Host: h~Content-Length: 1~Content-Length: 2~~x       | 400
                    length and chunked  | POST / HTTP/1.1~Host: h~Content-Length: 1~Transfer-Encoding: chunked~~0~~ | 400
                    space before colon  | GET / HTTP/1.1~Host : h~~                                            | 400
                    chunked not last    | POST / HTTP/1.1~Host: h~Transfer-Encoding: chunked, gzip~~           | 400
                    http 2              | GET / HTTP/2.0~Host: h~~                                             | 505
                    connect             | CONNECT h:1 HTTP/1.1~Host: h~~                                       | 400
                    folded field        | GET / HTTP/1.1~Host: h~X: a~ b~~                                     | 400
                    folded by a tab     | GET / HTTP/1.1~Host: h~X: a~{TAB}b~~                                    | 400
                    NUL in a field      | GET / HTTP/1.1~Host: h~X: a{NUL}b~~                                     | 400
                    chunked twice       | POST / HTTP/1.1~Host: h~Transfer-Encoding: chunked, chunked~~0~~     | 400
                    signed length       | POST / HTTP/1.1~Host: h~Content-Length: +1~~x                        | 400
                    negative length     | POST / HTTP/1.1~Host: h~Content-Length: -1~~                         | 400
                    length no number    | POST / HTTP/1.1~Host: h~Content-Length: 0x1~~x                       | 400
                    chunked in HTTP/1.0 | POST / HTTP/1.0~Host: h~Transfer-Encoding: chunked~Content-Length: 1~~0~~ | 400
                    bare CR in a field  | GET / HTTP/1.1~Host: h~X: a{CR}b~~                                     | 400
                    bare LF in a head   | GET / HTTP/1.1~Host: h{LF}X: a~~                                       | 400
                    space in the name   | GET / HTTP/1.1~Host: h~X Y: a~~                                      | 400
                    target with a space | GET /a b HTTP/1.1~Host: h~~                                          | 400
                    """)
    void requestThatIsNotHttp_isRefusedAndRecorded(String what, String request, int status) throws IOException {
        Wire client = rig.client()
                .send(request.replace("~", "\r\n")
                        .replace("{TAB}", "\t")
                        .replace("{CR}", "\r")
                        .replace("{LF}", "\n")
                        .replace("{NUL}", "\0"));
        assertThat(client.readToEnding())
                .as(what)
                .startsWith("HTTP/1.1 " + status + " ")
                .endsWith("\n<FIN>");
        assertThat(rig.ended(0).ending()).isEqualTo("BAD_REQUEST by CLIENT");
        assertThat(rig.tap.exchanges()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense\r\n\r\n",
                "\0GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\nHost: h\n\n",
                "\u0016\u0003\u0001\r\n"
            })
    void bytesWithoutAHead_areRefusedAndRecorded(String bytes) throws IOException {
        assertThat(rig.client().send(bytes).readToEnding())
                .startsWith("HTTP/1.1 400 Bad Request\r\n")
                .endsWith("<FIN>");
        assertThat(rig.ended(0).ending()).isEqualTo("BAD_REQUEST by CLIENT");
        assertThat(rig.ended(0).events()).containsExactly("- -", "end");
        assertThat(rig.tap.exchanges()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GE", "GET / HTTP/1.1", "GET / HTTP/1.1\r\nHost", "GET / HTTP/1.1\r\nHost: h\r\n"})
    void halfAHead_isRecordedWhenTheClientLeaves(String half) throws IOException {
        rig.client().send(half).close();
        assertThat(rig.ended(0).ending()).isEqualTo("CLOSED by CLIENT");
        assertThat(rig.ended(0).events()).containsExactly("- -", "end");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "zz\r\n",
                "-1\r\n",
                "0x1\r\n",
                "1 \u0000\r\n",
                "ffffffffffffffff1\r\n",
                "2\r\nabcd\r\n",
                "\r\n",
                "+1\r\na\r\n"
            })
    void badChunk_isRefused(String chunk) throws IOException {
        Wire client = rig.client().send(lines("POST / HTTP/1.1", "Host: h", "Transfer-Encoding: chunked", "", chunk));
        assertThat(client.readToEnding()).startsWith("HTTP/1.1 400 ");
        assertThat(rig.ended(0).ending()).isEqualTo("BAD_REQUEST by CLIENT");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1~Host: h~Content-Length: hush-me~~",
                "POST / HTTP/1.1~Host: h~Content-Length: hush-me, hush-me~~",
                "GET / hush-me~Host: h~~",
                "hush-me~~",
                "GET / HTTP/1.1~Host: h~hush me~~",
                "POST / HTTP/1.1~Host: h~Transfer-Encoding: chunked~~hush-me~~"
            })
    void whatIsWrong_isSaidWithoutQuotingTheClient(String request) throws IOException {
        String answer = rig.client().send(request.replace("~", "\r\n")).readToEnding();
        assertThat(answer).contains("mcp-reel: not HTTP that can be relayed: ").doesNotContainIgnoringCase("hush");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 200 OK~Content-Length: hush-me~~", "hush-me 200 OK~~", "HTTP/1.1 hush-me OK~~"})
    void whatIsWrong_isSaidWithoutQuotingTheUpstream(String response) throws IOException {
        Wire client = rig.client().send(GET);
        Wire upstream = rig.upstream.accept();
        upstream.readHead();
        upstream.send(response.replace("~", "\r\n"));
        assertThat(client.readToEnding()).startsWith("HTTP/1.1 502 ").doesNotContainIgnoringCase("hush");
    }

    @Test
    void tooLargeHeader_is431() throws IOException {
        String big = lines("GET / HTTP/1.1", "Host: h", "X: " + "x".repeat(64 * 1024), "", "");
        assertThat(rig.client().send(big).readToEnding()).startsWith("HTTP/1.1 431 ");
        assertThat(rig.ended(0).ending()).isEqualTo("BAD_REQUEST by CLIENT");
    }

    @Test
    void headerJustWithinTheLimit_passes() throws IOException {
        String large = lines("GET /" + "p".repeat(15_000) + " HTTP/1.1", "Host: h", "X: " + "x".repeat(60_000), "", "");
        rig.client().send(large);
        assertThat(rig.upstream.accept().read(large.length())).isEqualTo(large);
    }

    @Test
    void tooLongRequestLine_is414() throws IOException {
        String longLine = "GET /" + "x".repeat(16 * 1024) + " HTTP/1.1\r\nHost: h\r\n\r\n";
        assertThat(rig.client().send(longLine).readToEnding()).startsWith("HTTP/1.1 414 ");
    }

    @Test
    void brokenChunk_afterTheHeadWentOut_is400AndTheUpstreamIsCut() throws IOException {
        Wire client =
                rig.client().send(lines("POST / HTTP/1.1", "Host: h", "Transfer-Encoding: chunked", "", "zz", ""));
        Wire upstream = rig.upstream.accept();
        assertThat(upstream.readToEnding()).endsWith("\r\n\r\n<FIN>");
        assertThat(client.readToEnding()).startsWith("HTTP/1.1 400 ");
        assertThat(rig.ended(0).ending()).isEqualTo("BAD_REQUEST by CLIENT");
    }

    @Test
    void badRequest_behindAGoodOne_waitsForItsTurn() throws IOException {
        Wire client = rig.client().send(GET + "nonsense\r\n\r\n");
        Wire upstream = rig.upstream.accept();
        upstream.readHead();
        upstream.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        assertThat(client.readToEnding())
                .startsWith("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 400 ")
                .endsWith("<FIN>");
        assertThat(rig.ended(0).ending()).isEqualTo("COMPLETE by UPSTREAM");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH\r\n\r\n",
                "HTTP/1.1 abc\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n"
            })
    void responseThatCannotBeRelayed_is502(String response) throws IOException {
        Wire client = rig.client().send(GET);
        Wire upstream = rig.upstream.accept();
        upstream.readHead();
        upstream.send(response);
        assertThat(client.readToEnding())
                .startsWith("HTTP/1.1 502 ")
                .contains("upstream " + rig.upstream.url() + " cannot be relayed: ")
                .endsWith("<FIN>");
        assertThat(upstream.readToEnding()).isEqualTo("<FIN>");
        assertThat(rig.ended(0).ending()).isEqualTo("BAD_RESPONSE by UPSTREAM");
    }

    @Test
    void brokenChunk_inTheResponse_cutsTheClient() throws IOException {
        Wire client = rig.client().send(GET);
        Wire upstream = rig.upstream.accept();
        upstream.readHead();
        String begun = lines("HTTP/1.1 200 OK", "Transfer-Encoding: chunked", "", "2", "ok", "");
        upstream.send(begun + "zz\r\n");
        assertThat(client.readToEnding()).isEqualTo(begun + "<FIN>");
        assertThat(rig.ended(0).ending()).isEqualTo("BAD_RESPONSE by UPSTREAM");
    }

    @Test
    void limits_thatMakeNoSense_areRejected() {
        RelayLimits d = RelayLimits.DEFAULT;
        Duration timeout = Duration.ofSeconds(1);
        assertThatThrownBy(() -> new RelayLimits(0, 1, timeout, timeout, 1, 1, 2))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RelayLimits(1, 1, timeout, timeout, 1, 3, 2))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> d.withConnectTimeout(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> d.withRequestTimeout(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> d.withMaxConnections(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
