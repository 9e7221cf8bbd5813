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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ShutdownTest {
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
        assertThat(rig.proxy.stats()).isEqualTo(new ProxyStats(0, 0, 0));
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
