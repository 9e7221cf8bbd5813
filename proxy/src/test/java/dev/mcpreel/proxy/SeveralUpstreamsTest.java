package dev.mcpreel.proxy;

import static dev.mcpreel.proxy.testkit.Wire.lines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mcpreel.captures.exchange.UpstreamChoice;
import dev.mcpreel.captures.exchange.UpstreamPick;
import dev.mcpreel.proxy.relay.RelayLimits;
import dev.mcpreel.proxy.testkit.Backlog;
import dev.mcpreel.proxy.testkit.CollectingTap;
import dev.mcpreel.proxy.testkit.FakeUpstream;
import dev.mcpreel.proxy.testkit.SeenExchange;
import dev.mcpreel.proxy.testkit.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One proxy in front of two servers: which of them serves an exchange, and that the capture says so. */
@Timeout(60)
class SeveralUpstreamsTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private final CollectingTap tap = new CollectingTap();
    private FakeUpstream one;
    private FakeUpstream two;
    private RecordingProxy proxy;

    @BeforeEach
    void listen() throws IOException {
        one = new FakeUpstream();
        two = new FakeUpstream();
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close(Duration.ZERO);
        one.close();
        two.close();
    }

    private Wire start(String balance) throws IOException {
        proxy = RecordingProxy.start(
                ProxyConfig.of("127.0.0.1:0", one.url(), two.url())
                        .withBalance(balance)
                        .withLoops(1),
                tap);
        return Wire.connect(proxy.address());
    }

    private static String get(String field) {
        return lines("GET /mcp HTTP/1.1", "Host: h", field, "", "");
    }

    private static void serve(Wire upstream, Wire client, String request, String response) throws IOException {
        assertThat(upstream.read(request.length())).isEqualTo(request);
        upstream.send(response);
        assertThat(client.read(response.length())).isEqualTo(response);
    }

    private static UpstreamPick pick(FakeUpstream upstream, UpstreamChoice choice) {
        return new UpstreamPick(upstream.url(), choice, "");
    }

    @Test
    void roundRobin_alternatesOnOneClientConnection_andKeepsBothUpstreamConnections() throws IOException {
        String request = get("A: 1");
        Wire client = start("round-robin").send(request);
        Wire first = one.accept();
        serve(first, client, request, OK);
        client.send(request);
        Wire second = two.accept();
        serve(second, client, request, OK);
        client.send(request);
        serve(first, client, request, OK);
        client.send(request);
        serve(second, client, request, OK);
        assertThat(tap.ended(3).picks()).containsExactly(pick(two, UpstreamChoice.BALANCED));
        assertThat(tap.ended(3).events()).contains("reused");
        client.close();
        assertThat(first.readToEnding()).isEqualTo("<FIN>");
        assertThat(second.readToEnding()).isEqualTo("<FIN>");
    }

    @Test
    void idleUpstreamThatCloses_costsTheClientNothing() throws IOException {
        String request = get("A: 1");
        Wire client = start("round-robin").send(request);
        Wire first = one.accept();
        serve(first, client, request, OK);
        first.send("HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n").close();
        client.send(request);
        Wire second = two.accept();
        serve(second, client, request, OK);
        second.close();
        await().until(() -> proxy.stats().openConnections() == 1);
        client.send(request);
        serve(one.accept(), client, request, OK);
        assertThat(tap.ended(2).ending()).isEqualTo("COMPLETE by UPSTREAM");
    }

    @Test
    void idleUpstreamThatSwitchesProtocols_costsTheClientNothing() throws IOException {
        String request = get("A: 1");
        Wire client = start("round-robin").send(request);
        Wire first = one.accept();
        serve(first, client, request, OK);
        client.send(request);
        Wire second = two.accept();
        assertThat(second.read(request.length())).isEqualTo(request);
        first.send("HTTP/1.1 101 Switching Protocols\r\n\r\nframes");
        assertThat(first.readToEnding()).isIn("<FIN>", "<RST>");
        second.send(OK);
        assertThat(client.read(OK.length())).isEqualTo(OK);
        assertThat(tap.ended(1).ending()).isEqualTo("COMPLETE by UPSTREAM");
    }

    @Test
    void bodyThatEndsWithTheConnection_endsForTheClientToo() throws IOException {
        String request = get("A: 1");
        Wire client = start("round-robin").send(request);
        Wire first = one.accept();
        first.read(request.length());
        String response = "HTTP/1.0 200 OK\r\n\r\nall of it";
        first.send(response).close();
        assertThat(client.readToEnding()).isEqualTo(response + "<FIN>");
        assertThat(tap.ended(0).ending()).isEqualTo("COMPLETE by UPSTREAM");
    }

    @Test
    void upstreamThatSaysClose_andCloses_isSeenToByTheClient() throws IOException {
        String request = get("A: 1");
        Wire client = start("round-robin").send(request);
        Wire first = one.accept();
        first.read(request.length());
        String response = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok";
        first.send(response).close();
        assertThat(client.readToEnding()).isEqualTo(response + "<FIN>");
    }

    @Test
    void upstreamThatSpeaksWhileAnotherIsBeingConnected_answersNothing() throws IOException {
        String request = get("A: 1");
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            List<Socket> crowd = Backlog.fill(full);
            proxy = RecordingProxy.start(
                    ProxyConfig.of("127.0.0.1:0", one.url(), "http://127.0.0.1:" + full.getLocalPort())
                            .withLimits(RelayLimits.DEFAULT.withConnectTimeout(Duration.ofMillis(1_500)))
                            .withLoops(1),
                    tap);
            Wire client = Wire.connect(proxy.address()).send(request);
            Wire first = one.accept();
            serve(first, client, request, OK);
            client.send(request);
            await().until(() -> tap.exchanges().size() == 2);
            first.send("HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n")
                    .close();
            serve(one.accept(), client, request, OK);
            assertThat(tap.ended(1).ending()).isEqualTo("COMPLETE by UPSTREAM");
            assertThat(tap.ended(1).events())
                    .containsSubsequence("failed", "connected", "200")
                    .doesNotContain("408");
            for (Socket socket : crowd) {
                socket.close();
            }
        }
    }

    @Test
    void unaskedByteBehindAnEarlyAnswer_endsThePair() throws IOException {
        String request = lines("POST / HTTP/1.1", "Host: h", "Content-Length: 10", "", "12345");
        Wire client = start("round-robin").send(request);
        Wire first = one.accept();
        first.read(request.length());
        String early = "HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\n\r\nbig";
        first.send(early);
        assertThat(client.read(early.length())).isEqualTo(early);
        first.send("HTTP/1.1 200 OK\r\n\r\n");
        assertThat(client.readToEnding()).isEqualTo("<FIN>");
        assertThat(tap.ended(0).ending()).isEqualTo("COMPLETE by UPSTREAM");
    }

    @Test
    void session_staysWhereItBegan_andMovesWhenThatIsGone() throws IOException {
        String open = get("A: 1");
        String inSession = get("Mcp-Session-Id: s-1");
        String issued = "HTTP/1.1 200 OK\r\nMcp-Session-Id: s-1\r\nContent-Length: 2\r\n\r\nok";
        Wire client = start("session").send(open);
        Wire first = one.accept();
        serve(first, client, open, issued);
        for (int i = 0; i < 3; i++) {
            client.send(inSession);
            serve(first, client, inSession, OK);
        }
        assertThat(tap.ended(3).picks()).containsExactly(pick(one, UpstreamChoice.BOUND));
        one.stopListening();
        first.close();
        await().until(() -> proxy.stats().openConnections() == 1);
        String gone = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n";
        client.send(inSession);
        Wire second = two.accept();
        serve(second, client, inSession, gone);
        SeenExchange moved = tap.ended(4);
        assertThat(moved.picks())
                .containsExactly(
                        pick(one, UpstreamChoice.BOUND),
                        new UpstreamPick(two.url(), UpstreamChoice.REBOUND, one.url()));
        assertThat(moved.events()).containsSubsequence("failed", "connected");
        assertThat(proxy.upstreams().get(0).up()).isFalse();
        client.send(inSession);
        serve(second, client, inSession, gone);
        assertThat(tap.ended(5).picks()).containsExactly(pick(two, UpstreamChoice.BOUND));
    }

    @Test
    void legacySseSession_staysWhereItsStreamIs() throws IOException {
        String sse = lines("GET /sse HTTP/1.1", "Host: h", "", "");
        Wire stream = start("session").send(sse);
        Wire first = one.accept();
        assertThat(first.read(sse.length())).isEqualTo(sse);
        String event = "event: endpoint\ndata: /message?sessionId=7\n\n";
        String head = lines("HTTP/1.1 200 OK", "Content-Type: text/event-stream", "", "");
        first.send(head + event);
        assertThat(stream.read(head.length() + event.length())).isEqualTo(head + event);
        String post = lines("POST /message?sessionId=7 HTTP/1.1", "Host: h", "Content-Length: 2", "", "{}");
        for (int i = 0; i < 3; i++) {
            Wire client = Wire.connect(proxy.address()).send(post);
            Wire served = one.accept();
            serve(served, client, post, OK);
            client.close();
        }
    }

    @Test
    void bothDown_is502AfterEachWasTried() throws IOException {
        one.stopListening();
        two.stopListening();
        Wire client = start("round-robin").send(get("A: 1"));
        assertThat(client.readToEnding()).startsWith("HTTP/1.1 502 ").contains("connection refused");
        assertThat(tap.ended(0).ending()).isEqualTo("CONNECT_FAILED by UPSTREAM");
        assertThat(tap.ended(0).picks()).extracting(UpstreamPick::instance).containsExactly(one.url(), two.url());
    }

    @ParameterizedTest
    @ValueSource(strings = {"least", "client-ip", "header:X-Tenant"})
    void everyStrategy_servesAndIsRecorded(String balance) throws IOException {
        String request = get("X-Tenant: t");
        Wire client = start(balance).send(request);
        await().until(() ->
                !tap.exchanges().isEmpty() && !tap.exchanges().get(0).picks().isEmpty());
        UpstreamPick pick = tap.exchanges().get(0).picks().get(0);
        serve((pick.instance().equals(one.url()) ? one : two).accept(), client, request, OK);
        assertThat(pick.choice()).isIn(UpstreamChoice.BALANCED, UpstreamChoice.BOUND);
    }
}
