package dev.mcpreel.proxy;

import static dev.mcpreel.proxy.testkit.Wire.lines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mcpreel.proxy.testkit.CollectingTap;
import dev.mcpreel.proxy.testkit.EchoUpstream;
import dev.mcpreel.proxy.testkit.Mutator;
import dev.mcpreel.proxy.testkit.SeenExchange;
import dev.mcpreel.proxy.testkit.Wire;
import io.netty.buffer.ByteBufAllocator;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Broken requests and broken responses by the thousand: nothing hangs, leaks, or gets another's answer. */
@Timeout(180)
class FuzzTest {
    private static final int ROUNDS = Integer.getInteger("mcpreel.fuzz.rounds", 1500);
    /** A connection that hangs does so for ever; a busy machine needs a moment. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final List<String> REQUESTS = List.of(
            lines("GET /broken HTTP/1.1", "Host: h", "", ""),
            lines("GET /plain HTTP/1.1", "Host: h", "Accept: text/event-stream", "", ""),
            lines("HEAD /broken HTTP/1.1", "Host: h", "", ""),
            lines("POST /plain HTTP/1.1", "Host: h", "Content-Length: 4", "", "{  }"),
            lines("POST /broken HTTP/1.1", "Host: h", "Transfer-Encoding: chunked", "", "2", "{}", "0", "T: 1", "", ""),
            lines("GET /1 HTTP/1.1", "Host: h", "", "GET /broken HTTP/1.1", "Host: h", "", ""));

    @ParameterizedTest
    @EnumSource
    void brokenMessages_neverHangLeakOrMisplace(Transport transport) throws IOException {
        long seed = Long.getLong("mcpreel.fuzz.seed", System.nanoTime());
        CollectingTap tap = new CollectingTap();
        EchoUpstream upstream = new EchoUpstream(seed);
        RecordingProxy proxy = RecordingProxy.start(
                ProxyConfig.of("127.0.0.1:0", upstream.url()).withLoops(2), tap, System::nanoTime, transport);
        try {
            Mutator mutator = new Mutator(seed);
            for (int i = 0; i < ROUNDS; i++) {
                Wire fuzzed = Wire.connect(proxy.address());
                sendBroken(fuzzed, mutator.mutate(REQUESTS.get(i % REQUESTS.size())), mutator.chance(0.5));
                if (i % 10 == 0) {
                    assertOwnAnswer(proxy, i);
                }
                if (mutator.chance(0.2)) {
                    fuzzed.reset();
                } else {
                    fuzzed.close();
                }
            }
            await().atMost(PATIENCE).until(() -> proxy.stats().equals(new ProxyStats(0, 0, 0, 0, 0)));
            assertThat(tap.exchanges())
                    .hasSizeGreaterThan(ROUNDS / 4)
                    .allMatch(SeenExchange::isEnded)
                    .noneMatch(SeenExchange::toldOffLoop)
                    .noneMatch(seen -> seen.ending().endsWith("RECORDER"));
            sweepLeaks();
        } catch (AssertionError | IOException | ConditionTimeoutException e) {
            throw new AssertionError("run again with -Dmcpreel.fuzz.seed=" + seed, e);
        } finally {
            proxy.close(Duration.ZERO);
            upstream.close();
        }
    }

    /** Sends, and sometimes waits a moment for whatever comes back. */
    private static void sendBroken(Wire wire, byte[] bytes, boolean wait) throws IOException {
        try {
            wire.send(bytes);
            if (bytes.length % 4 == 0) {
                wire.socket().shutdownOutput();
            }
            if (wait) {
                wire.socket().setSoTimeout(5);
                wire.readBytes(1);
            }
        } catch (SocketException | SocketTimeoutException | EOFException e) {
            // Any answer is right, also none.
        }
    }

    private static void assertOwnAnswer(RecordingProxy proxy, int number) throws IOException {
        String line = "GET /own/" + number + " HTTP/1.1";
        Wire client = Wire.connect(proxy.address()).send(line + "\r\nHost: h\r\n\r\n");
        client.readHead();
        assertThat(client.read(line.length())).isEqualTo(line);
        client.close();
    }

    /** The detector reports what the collector found when the next buffer is taken; the build fails on its report. */
    private static void sweepLeaks() {
        for (int i = 0; i < 5; i++) {
            System.gc();
            ByteBufAllocator.DEFAULT.buffer(16).release();
        }
    }
}
