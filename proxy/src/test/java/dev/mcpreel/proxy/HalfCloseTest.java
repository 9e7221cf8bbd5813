package dev.mcpreel.proxy;

import static dev.mcpreel.proxy.testkit.Wire.lines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mcpreel.proxy.testkit.Wire;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A client that sends nothing more: the upstream hears of it as it would without a proxy, and decides what that means. */
@Timeout(60)
class HalfCloseTest {
    private static final String GET = "GET /mcp HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final String STREAM =
            lines("HTTP/1.1 200 OK", "Content-Type: text/event-stream", "Transfer-Encoding: chunked", "", "");

    private ProxyRig rig;
    private Wire client;
    private Wire upstream;

    @AfterEach
    void stop() throws IOException {
        rig.close();
    }

    private void begin(Transport transport, String request) throws IOException {
        rig = new ProxyRig(transport);
        client = rig.client().send(request);
        upstream = rig.upstream.accept();
        upstream.read(request.length());
    }

    @ParameterizedTest
    @EnumSource
    void clientThatOnlyListens_stillGetsItsAnswer(Transport transport) throws IOException {
        begin(transport, GET);
        client.socket().shutdownOutput();
        assertThat(upstream.readToEnd()).isEmpty();
        upstream.send(OK);
        assertThat(client.readToEnding()).isEqualTo(OK + "<FIN>");
        assertThat(rig.ended(0).ending()).isEqualTo("COMPLETE by UPSTREAM");
    }

    @ParameterizedTest
    @EnumSource
    void clientThatOnlyListens_beforeTheUpstreamIsConnected_stillGetsItsAnswer(Transport transport) throws IOException {
        rig = new ProxyRig(transport);
        client = rig.client().send(GET);
        client.socket().shutdownOutput();
        upstream = rig.upstream.accept();
        assertThat(upstream.readToEnd()).isEqualTo(GET);
        upstream.send(OK);
        assertThat(client.readToEnding()).isEqualTo(OK + "<FIN>");
    }

    @ParameterizedTest
    @EnumSource
    void everyPipelinedRequest_isServedBeforeTheEndIsPassedOn(Transport transport) throws IOException {
        begin(transport, GET);
        client.send(GET.replace("/mcp", "/second"));
        client.socket().shutdownOutput();
        upstream.send(OK);
        assertThat(upstream.readToEnd()).isEqualTo(GET.replace("/mcp", "/second"));
        upstream.send(OK);
        assertThat(client.readToEnding()).isEqualTo(OK + OK + "<FIN>");
        assertThat(rig.ended(1).ending()).isEqualTo("COMPLETE by UPSTREAM");
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNoRequest_doesNotKeepTheEndFromTheUpstream(Transport transport) throws IOException {
        begin(transport, GET);
        client.send("nonsense\r\n\r\n" + GET);
        client.socket().shutdownOutput();
        assertThat(upstream.readToEnd()).isEmpty();
        upstream.send(OK);
        assertThat(client.readToEnding()).startsWith(OK + "HTTP/1.1 400 ").endsWith("<FIN>");
        assertThat(rig.ended(0).ending()).isEqualTo("COMPLETE by UPSTREAM");
    }

    @ParameterizedTest
    @EnumSource
    void endWithinTheRequest_isTheUpstreamsToJudge(Transport transport) throws IOException {
        begin(transport, lines("POST / HTTP/1.1", "Host: h", "Content-Length: 10", "", "12345"));
        client.socket().shutdownOutput();
        assertThat(upstream.readToEnd()).isEmpty();
        String answer = lines("HTTP/1.1 400 Bad Request", "Content-Length: 0", "", "");
        upstream.send(answer).close();
        assertThat(client.readToEnding()).isEqualTo(answer + "<FIN>");
        assertThat(rig.ended(0).ending()).isEqualTo("COMPLETE by UPSTREAM");
    }

    @ParameterizedTest
    @EnumSource
    void upstreamThatClosesToo_endsTheExchangeAtTheClientsLeaving(Transport transport) throws IOException {
        begin(transport, GET);
        client.close();
        assertThat(upstream.readToEnd()).isEmpty();
        long left = System.nanoTime();
        await().until(() -> System.nanoTime() - left > 20_000_000);
        upstream.close();
        assertThat(rig.ended(0).ending()).isEqualTo("CLOSED by CLIENT");
        List<Long> times = rig.ended(0).times();
        assertThat(times.get(times.size() - 1)).isLessThanOrEqualTo(left);
    }

    @ParameterizedTest
    @EnumSource
    void upstreamThatGoesOnTalkingToAClientThatIsGone_isReset(Transport transport) throws IOException {
        begin(transport, GET);
        upstream.send(STREAM + "8\r\ndata: 1\n\r\n");
        client.readThrough("data: 1\n\r\n");
        client.close();
        assertThat(upstream.readToEnd()).isEmpty();
        await().until(() -> isReset(upstream));
        assertThat(rig.ended(0).ending()).endsWith("by CLIENT");
        await().until(() -> rig.proxy.stats().openConnections() == 0);
    }

    /** Whether one event more is one too many. */
    private static boolean isReset(Wire wire) {
        try {
            wire.send("8\r\ndata: 2\n\r\n");
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusal_toAClientThatOnlyListens_isRead(Transport transport) throws IOException {
        rig = new ProxyRig(transport);
        rig.upstream.stopListening();
        client = rig.client().send(GET);
        client.socket().shutdownOutput();
        assertThat(client.readToEnding()).startsWith("HTTP/1.1 502 ").endsWith("<FIN>");
        await().until(() -> rig.proxy.stats().openConnections() == 0);
    }
}
