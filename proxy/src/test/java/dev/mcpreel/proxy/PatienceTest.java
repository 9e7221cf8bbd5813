package dev.mcpreel.proxy;

import static dev.mcpreel.proxy.testkit.Wire.lines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mcpreel.proxy.testkit.Wire;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that keep a request unfinished are not waited for without end; all others are. */
@Timeout(60)
class PatienceTest {
    private static final Duration SHORT = Duration.ofMillis(150);
    /** For what has to be ready to send before it is over. */
    private static final Duration LONGER = Duration.ofSeconds(1);

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private ProxyRig rig;

    private void start(Duration timeout) throws IOException {
        rig = new ProxyRig(
                Transport.best(), config -> config.withLimits(config.limits().withRequestTimeout(timeout)));
    }

    @AfterEach
    void stop() throws IOException {
        rig.close();
    }

    @Test
    void headThatNeverEnds_is408() throws IOException {
        start(SHORT);
        Wire client = rig.client().send("POST /mcp HTTP/1.1\r\nHo");
        assertThat(client.readToEnding())
                .startsWith("HTTP/1.1 408 Request Timeout\r\n")
                .contains("the request's head did not come within 150 ms")
                .endsWith("<FIN>");
        assertThat(rig.ended(0).ending()).isEqualTo("TIMED_OUT by CLIENT");
        assertThat(rig.ended(0).events()).containsExactly("- -", "end");
    }

    @Test
    void headThatDrips_is408AllTheSame() throws IOException {
        start(SHORT);
        Wire client = rig.client().send("GET / HTTP/1.1\r\n");
        await().pollInterval(Duration.ofMillis(20)).ignoreExceptions().until(() -> {
            client.send("X: 1\r\n");
            return rig.tap.exchanges().size() == 1;
        });
        assertThat(rig.ended(0).ending()).isEqualTo("TIMED_OUT by CLIENT");
    }

    @Test
    void bodyThatStops_is408() throws IOException {
        start(SHORT);
        Wire client = rig.client().send(lines("POST / HTTP/1.1", "Host: h", "Content-Length: 9", "", "1234"));
        Wire upstream = rig.upstream.accept();
        assertThat(upstream.readToEnding()).endsWith("1234<FIN>");
        assertThat(client.readToEnding())
                .startsWith("HTTP/1.1 408 ")
                .contains("body")
                .endsWith("<FIN>");
        assertThat(rig.ended(0).ending()).isEqualTo("TIMED_OUT by CLIENT");
    }

    @Test
    void connectionThatNeverSaysAnything_isClosedAndNoExchange() throws IOException {
        start(SHORT);
        assertThat(rig.client().readToEnding()).isEqualTo("<FIN>");
        assertThat(rig.tap.exchanges()).isEmpty();
    }

    @Test
    void silentCallAndIdleConnection_lastAsLongAsTheyLike() throws IOException {
        start(SHORT);
        String request = lines("POST / HTTP/1.1", "Host: h", "Content-Length: 2", "", "{}");
        Wire client = rig.client().send(request);
        Wire upstream = rig.upstream.accept();
        upstream.read(request.length());
        outlast(SHORT);
        upstream.send(OK);
        assertThat(client.read(OK.length())).isEqualTo(OK);
        outlast(SHORT);
        client.send(request);
        upstream.read(request.length());
        upstream.send(OK);
        assertThat(client.read(OK.length())).isEqualTo(OK);
    }

    @Test
    void clientThatWaitsToBeToldToGoOn_isNotHurried() throws IOException {
        start(SHORT);
        Wire client = rig.client()
                .send(lines("POST / HTTP/1.1", "Host: h", "Expect: 100-continue", "Content-Length: 2", "", ""));
        Wire upstream = rig.upstream.accept();
        upstream.readHead();
        outlast(SHORT);
        upstream.send("HTTP/1.1 100 Continue\r\n\r\n");
        client.readHead();
        client.send("{}");
        assertThat(upstream.read(2)).isEqualTo("{}");
        upstream.send(OK);
        assertThat(client.read(OK.length())).isEqualTo(OK);
    }

    @Test
    void clientThatWasToldToGoOn_andDoesNot_is408() throws IOException {
        start(SHORT);
        Wire client = rig.client()
                .send(lines("POST / HTTP/1.1", "Host: h", "Expect: 100-continue", "Content-Length: 2", "", ""));
        Wire upstream = rig.upstream.accept();
        upstream.readHead();
        upstream.send("HTTP/1.1 100 Continue\r\n\r\n");
        client.readHead();
        assertThat(client.readToEnding()).startsWith("HTTP/1.1 408 ");
        assertThat(rig.ended(0).ending()).isEqualTo("TIMED_OUT by CLIENT");
    }

    @Test
    void clientHeldBackByASlowUpstream_isNotBlamed() throws Exception {
        start(LONGER);
        int size = 40_000_000;
        Wire client = rig.client().send(lines("POST / HTTP/1.1", "Host: h", "Content-Length: " + size, "", ""));
        Wire upstream = rig.upstream.accept();
        upstream.readHead();
        Thread sender = new Thread(() -> {
            try {
                client.send(new byte[size]);
            } catch (IOException e) {
                // The assertions say so.
            }
        });
        sender.start();
        outlast(LONGER);
        assertThat(upstream.readBytes(size)).hasSize(size);
        upstream.send(OK);
        assertThat(client.read(OK.length())).isEqualTo(OK);
        sender.join();
    }

    @Test
    void zero_isNoLimit() throws IOException {
        start(Duration.ZERO);
        Wire client = rig.client().send("GET / HTTP");
        outlast(SHORT);
        client.send("/1.1\r\nHost: h\r\n\r\n");
        assertThat(rig.upstream.accept().readHead()).startsWith("GET / HTTP/1.1");
    }

    /** More than twice the time. */
    private static void outlast(Duration time) {
        long begun = System.nanoTime();
        await().until(() -> System.nanoTime() - begun > time.toNanos() * 5 / 2);
    }
}
