package dev.mcpreel.proxy;

import static dev.mcpreel.proxy.testkit.Wire.lines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mcpreel.proxy.testkit.SeenExchange;
import dev.mcpreel.proxy.testkit.Wire;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How connections end: what one side does, the other sees, and the capture says who it was. */
@Timeout(120)
class EndingTest {
    private static final String GET = "GET /mcp HTTP/1.1\r\nHost: h\r\n\r\n";
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

    private void beginStream(Transport transport) throws IOException {
        begin(transport, GET);
        upstream.send(STREAM + "8\r\ndata: 1\n\r\n");
        client.readThrough("data: 1\n\r\n");
    }

    @ParameterizedTest
    @EnumSource
    void clientCloses_midStream_upstreamSeesItAtOnce(Transport transport) throws IOException {
        beginStream(transport);
        client.close();
        assertThat(upstream.readToEnding()).isEqualTo("<FIN>");
        upstream.close();
        assertThat(rig.ended(0).ending()).isEqualTo("CLOSED by CLIENT");
    }

    @ParameterizedTest
    @EnumSource
    void clientCloses_beforeAnyResponse_upstreamSeesItAtOnce(Transport transport) throws IOException {
        begin(transport, GET);
        client.close();
        assertThat(upstream.readToEnding()).isEqualTo("<FIN>");
        upstream.close();
        assertThat(rig.ended(0).ending()).isEqualTo("CLOSED by CLIENT");
    }

    @ParameterizedTest
    @EnumSource
    void clientCloses_midRequest_upstreamSeesTheCut(Transport transport) throws IOException {
        begin(transport, lines("POST / HTTP/1.1", "Host: h", "Content-Length: 10", "", "12345"));
        client.close();
        assertThat(upstream.readToEnding()).isEqualTo("<FIN>");
        upstream.close();
        assertThat(rig.ended(0).ending()).isEqualTo("CLOSED by CLIENT");
        assertThat(rig.ended(0).events()).doesNotContain("requestEnd");
    }

    @ParameterizedTest
    @EnumSource
    void clientResets_midStream_upstreamIsReset(Transport transport) throws IOException {
        beginStream(transport);
        client.reset();
        assertThat(upstream.readToEnding()).isEqualTo("<RST>");
        assertThat(rig.ended(0).ending()).isEqualTo("RESET by CLIENT");
    }

    @ParameterizedTest
    @EnumSource
    void clientSendsAndLeaves_requestStillArrives(Transport transport) throws IOException {
        rig = new ProxyRig(transport);
        String delete = lines("DELETE /mcp HTTP/1.1", "Host: h", "Mcp-Session-Id: s", "Content-Length: 2", "", "{}");
        rig.client().send(delete).close();
        upstream = rig.upstream.accept();
        assertThat(upstream.readToEnding()).isEqualTo(delete + "<FIN>");
        upstream.close();
        assertThat(rig.ended(0).ending()).isEqualTo("CLOSED by CLIENT");
        assertThat(rig.ended(0).events()).contains("requestEnd");
    }

    @ParameterizedTest
    @EnumSource
    void upstreamCloses_midChunkedBody_clientSeesTheCut(Transport transport) throws IOException {
        beginStream(transport);
        upstream.send("8\r\ndata: 2\n\r\n").close();
        assertThat(client.readToEnding()).isEqualTo("8\r\ndata: 2\n\r\n<FIN>");
        assertThat(rig.ended(0).ending()).isEqualTo("CLOSED by UPSTREAM");
        assertThat(rig.ended(0).events()).doesNotContain("responseEnd");
    }

    @ParameterizedTest
    @EnumSource
    void upstreamCloses_midSizedBody_clientSeesTheCut(Transport transport) throws IOException {
        begin(transport, GET);
        String cut = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345";
        upstream.send(cut).close();
        assertThat(client.readToEnding()).isEqualTo(cut + "<FIN>");
        assertThat(rig.ended(0).ending()).isEqualTo("CLOSED by UPSTREAM");
    }

    @ParameterizedTest
    @EnumSource
    void upstreamCloses_beforeAnyResponse_clientSeesNothingButTheEnd(Transport transport) throws IOException {
        begin(transport, GET);
        upstream.close();
        assertThat(client.readToEnding()).isEqualTo("<FIN>");
        assertThat(rig.ended(0).ending()).isEqualTo("CLOSED by UPSTREAM");
    }

    @ParameterizedTest
    @EnumSource
    void upstreamCloses_withinTheResponseHead_clientSeesNothingButTheEnd(Transport transport) throws IOException {
        begin(transport, GET);
        upstream.send("HTTP/1.1 200 OK\r\nContent-Le").close();
        assertThat(client.readToEnding()).isEqualTo("<FIN>");
        assertThat(rig.ended(0).ending()).isEqualTo("CLOSED by UPSTREAM");
    }

    @ParameterizedTest
    @EnumSource
    void upstreamResets_midStream_clientIsReset(Transport transport) throws IOException {
        beginStream(transport);
        upstream.reset();
        assertThat(client.readToEnding()).isEqualTo("<RST>");
        assertThat(rig.ended(0).ending()).isEqualTo("RESET by UPSTREAM");
        assertThat(rig.ended(0).detail()).containsIgnoringCase("reset");
    }

    @ParameterizedTest
    @EnumSource
    void upstreamResets_bodyThatEndsWithTheConnection_isNoCleanEnd(Transport transport) throws IOException {
        begin(transport, GET);
        upstream.send("HTTP/1.1 200 OK\r\n\r\nhalf");
        client.readThrough("half");
        upstream.reset();
        assertThat(client.readToEnding()).isEqualTo("<RST>");
        assertThat(rig.ended(0).ending()).isEqualTo("RESET by UPSTREAM");
        assertThat(rig.ended(0).events()).doesNotContain("responseEnd");
    }

    @ParameterizedTest
    @EnumSource
    void upstreamCloses_betweenExchanges_clientIsClosed(Transport transport) throws IOException {
        begin(transport, GET);
        upstream.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        client.readHead();
        upstream.close();
        assertThat(client.readToEnding()).isEqualTo("<FIN>");
        assertThat(rig.tap.exchanges()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void clientCloses_betweenExchanges_upstreamIsClosed(Transport transport) throws IOException {
        begin(transport, GET);
        upstream.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        client.readHead();
        client.close();
        assertThat(upstream.readToEnding()).isEqualTo("<FIN>");
        assertThat(rig.tap.exchanges()).hasSize(1);
        await().until(() -> rig.proxy.stats().openConnections() == 0);
    }

    @ParameterizedTest
    @EnumSource
    void unaskedResponse_onIdleConnection_isNotRelayed(Transport transport) throws IOException {
        begin(transport, GET);
        upstream.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        client.readHead();
        upstream.send("HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n")
                .close();
        assertThat(client.readToEnding()).isEqualTo("<FIN>");
    }

    @ParameterizedTest
    @EnumSource
    void earlyResponse_whileTheClientStillSends_reachesIt(Transport transport) throws IOException {
        begin(transport, lines("POST / HTTP/1.1", "Host: h", "Content-Length: 100000000", "", "12345"));
        String response = lines("HTTP/1.1 413 Too Large", "Connection: close", "Content-Length: 3", "", "big");
        upstream.send(response).close();
        assertThat(client.readToEnding()).isEqualTo(response + "<FIN>");
        client.close();
        assertThat(rig.ended(0).ending()).isEqualTo("COMPLETE by UPSTREAM");
        assertThat(rig.ended(0).events()).doesNotContain("requestEnd");
    }

    @ParameterizedTest
    @EnumSource
    void earlyResponse_withTheRestOfTheBodyLater_completes(Transport transport) throws IOException {
        begin(transport, lines("POST / HTTP/1.1", "Host: h", "Content-Length: 6", "", "123"));
        String response = lines("HTTP/1.1 200 OK", "Content-Length: 2", "", "ok");
        upstream.send(response);
        assertThat(client.read(response.length())).isEqualTo(response);
        client.send("456");
        assertThat(upstream.read(3)).isEqualTo("456");
        assertThat(rig.ended(0).ending()).isEqualTo("COMPLETE by UPSTREAM");
        client.send(GET);
        assertThat(upstream.readHead()).isEqualTo(GET);
    }

    @ParameterizedTest
    @EnumSource
    void pipelinedRequests_whoseTurnNeverCame_areRecordedAsCut(Transport transport) throws IOException {
        begin(transport, GET);
        client.send(GET.replace("/mcp", "/second"));
        upstream.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n123");
        client.readThrough("123");
        client.reset();
        assertThat(upstream.readToEnding()).isEqualTo("<RST>");
        assertThat(rig.ended(1).ending()).isEqualTo("RESET by CLIENT");
        assertThat(rig.ended(1).events()).containsExactly("GET /second", "end");
    }

    @ParameterizedTest
    @EnumSource
    void earlyResponse_fromAnUpstreamThatResetsTheBody_reachesTheClient(Transport transport) throws Exception {
        begin(transport, lines("POST / HTTP/1.1", "Host: h", "Content-Length: 100000000", "", ""));
        CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> {
            try {
                for (int i = 0; i < 100; i++) {
                    client.send(new byte[1_000_000]);
                }
            } catch (IOException e) {
                // The proxy closed: nobody wants the rest.
            }
        });
        upstream.readBytes(3_000_000);
        String response = lines("HTTP/1.1 413 Too Large", "Content-Length: 3", "", "big");
        upstream.send(response).close();
        assertThat(client.readToEnding()).startsWith(response);
        client.close();
        sending.get();
        assertThat(rig.ended(0).ending()).isEqualTo("COMPLETE by UPSTREAM");
    }

    @ParameterizedTest
    @EnumSource
    void floodOfPipelinedRequests_isBounded(Transport transport) throws IOException {
        begin(transport, GET);
        client.send("GET / HTTP/1.1\r\n\r\n".repeat(50_000)).close();
        upstream.close();
        await().until(() -> rig.proxy.stats().equals(new ProxyStats(0, 0, 0, 0, 0)));
        assertThat(rig.tap.exchanges()).hasSizeBetween(1, 10_000).allMatch(SeenExchange::isEnded);
    }
}
