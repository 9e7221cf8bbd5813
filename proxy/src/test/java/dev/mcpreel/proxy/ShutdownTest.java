package dev.mcpreel.proxy;

import static dev.mcpreel.proxy.testkit.Wire.lines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mcpreel.proxy.testkit.Wire;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ShutdownTest {
    private static final String GET = "GET /mcp HTTP/1.1\r\nHost: h\r\n\r\n";

    private static final String POST = "POST /mcp HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n";

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
    void close_letsARunningCallFinish_closesTheIdle_andCutsTheHeldStream() throws Exception {
        Wire idle = rig.client().send(GET);
        Wire idleUpstream = rig.upstream.accept();
        idleUpstream.readHead();
        idleUpstream.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        idle.readHead();
        Wire call = rig.client().send(GET);
        Wire callUpstream = rig.upstream.accept();
        callUpstream.readHead();
        Wire stream = rig.client().send(GET);
        Wire streamUpstream = rig.upstream.accept();
        streamUpstream.readHead();
        streamUpstream.send(lines("HTTP/1.1 200 OK", "Transfer-Encoding: chunked", "", "8", "data: 1\n", ""));
        stream.readThrough("data: 1\n\r\n");

        CompletableFuture<Void> closing = CompletableFuture.runAsync(() -> rig.proxy.close(Duration.ofSeconds(2)));
        assertThat(idle.readToEnding()).isEqualTo("<FIN>");
        assertThat(idleUpstream.readToEnding()).isEqualTo("<FIN>");
        assertThatThrownBy(() -> Wire.connect(rig.proxy.address())).isInstanceOf(ConnectException.class);
        String response = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
        callUpstream.send(response);
        assertThat(call.readToEnding()).isEqualTo(response + "<FIN>");
        assertThat(closing).isNotDone();
        assertThat(stream.readToEnding()).isEqualTo("<FIN>");
        assertThat(streamUpstream.readToEnding()).isEqualTo("<FIN>");
        closing.get();

        assertThat(rig.ended(1).ending()).isEqualTo("COMPLETE by UPSTREAM");
        assertThat(rig.ended(2).ending()).isEqualTo("SHUTDOWN by RECORDER");
        assertThat(rig.proxy.stats()).isEqualTo(new ProxyStats(0, 0, 0, 0, 0));
    }

    @Test
    void close_withNothingInFlight_doesNotWaitForTheGrace() throws IOException {
        rig.client().send(GET);
        Wire upstream = rig.upstream.accept();
        upstream.readHead();
        upstream.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        rig.ended(0);
        long begun = System.nanoTime();
        rig.proxy.close(Duration.ofHours(1));
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/event-stream", "Text/Event-Stream; charset=utf-8"})
    void close_withOnlyStandingStreamsLeft_cutsThemAtOnce(String type) throws IOException {
        Wire client = rig.client();
        Wire upstream = openStream(client, GET, type);
        assertThat(rig.proxy.stats()).isEqualTo(new ProxyStats(1, 1, 1, 0, 0));
        assertThat(rig.proxy.stats().calls()).isZero();
        long begun = System.nanoTime();
        rig.proxy.close(Duration.ofHours(1));
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
        assertThat(client.readToEnding()).isEqualTo("<FIN>");
        assertThat(upstream.readToEnding()).isEqualTo("<FIN>");
        assertThat(rig.ended(0).ending()).isEqualTo("SHUTDOWN by RECORDER");
        assertThat(rig.proxy.stats()).isEqualTo(new ProxyStats(0, 0, 0, 0, 0));
    }

    @Test
    void close_withACallBesideAStandingStream_waitsForTheCallAlone() throws Exception {
        Wire stream = rig.client();
        openStream(stream, GET, "text/event-stream");
        Wire call = rig.client();
        Wire callUpstream = openStream(call, POST, "text/event-stream");
        assertThat(rig.proxy.stats()).isEqualTo(new ProxyStats(2, 2, 1, 0, 0));
        assertThat(rig.proxy.stats().calls()).isEqualTo(1);

        CompletableFuture<Void> closing = CompletableFuture.runAsync(() -> rig.proxy.close(Duration.ofHours(1)));
        await().during(Duration.ofMillis(300))
                .until(() -> !closing.isDone() && !rig.tap.exchanges().get(0).isEnded());
        callUpstream.send("0\r\n\r\n");
        assertThat(call.readToEnding()).isEqualTo("0\r\n\r\n<FIN>");
        assertThat(stream.readToEnding()).isEqualTo("<FIN>");
        closing.get(10, TimeUnit.SECONDS);
        assertThat(rig.ended(0).ending()).isEqualTo("SHUTDOWN by RECORDER");
        assertThat(rig.ended(1).ending()).isEqualTo("COMPLETE by UPSTREAM");
    }

    @Test
    void close_whenAResponseTurnsOutToBeAStream_waitsNoLonger() throws Exception {
        Wire client = rig.client().send(GET);
        Wire upstream = rig.upstream.accept();
        upstream.readHead();
        CompletableFuture<Void> closing = CompletableFuture.runAsync(() -> rig.proxy.close(Duration.ofHours(1)));
        await().during(Duration.ofMillis(100)).until(() -> !closing.isDone());
        upstream.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n");
        closing.get(10, TimeUnit.SECONDS);
        assertThat(client.readToEnding()).endsWith("<FIN>");
        assertThat(rig.ended(0).ending()).isEqualTo("SHUTDOWN by RECORDER");
    }

    @Test
    void streamThatEnded_isNoLongerCounted() throws IOException {
        Wire client = rig.client();
        Wire upstream = openStream(client, GET, "text/event-stream");
        upstream.send("0\r\n\r\n");
        rig.ended(0);
        await().until(() -> rig.proxy.stats().equals(new ProxyStats(1, 0, 0, 0, 0)));
        client.send(GET);
        upstream.readHead();
        assertThat(rig.proxy.stats()).isEqualTo(new ProxyStats(1, 1, 0, 0, 0));
    }

    /** The upstream's end, once the client has the head of an event stream. */
    private Wire openStream(Wire client, String request, String type) throws IOException {
        client.send(request);
        Wire upstream = rig.upstream.accept();
        upstream.readHead();
        upstream.send(lines("HTTP/1.1 200 OK", "Content-Type: " + type, "Transfer-Encoding: chunked", "", ""));
        client.readHead();
        return upstream;
    }

    @Test
    void close_interrupted_cutsTheGraceShort() throws Exception {
        rig.client().send(GET);
        rig.upstream.accept().readHead();
        Thread closer = new Thread(() -> rig.proxy.close(Duration.ofHours(1)));
        closer.start();
        await().until(() -> closer.getState() == Thread.State.TIMED_WAITING);
        closer.interrupt();
        closer.join(10_000);
        assertThat(closer.isAlive()).isFalse();
        assertThat(rig.ended(0).ending()).isEqualTo("SHUTDOWN by RECORDER");
    }

    @Test
    void close_again_isHarmless() {
        rig.proxy.close(Duration.ZERO);
        rig.proxy.close(Duration.ZERO);
    }
}
