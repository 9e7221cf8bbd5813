package dev.mcpreel.proxy.relay;

import static dev.mcpreel.proxy.testkit.Wire.lines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mcpreel.proxy.testkit.EchoHandler;
import dev.mcpreel.proxy.testkit.Mutator;
import dev.mcpreel.proxy.testkit.PairingTap;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Mutated byte streams, one connection each, cut into pieces at random: no exception escapes, nothing leaks or hangs, the
 * upstream is sent nothing but HTTP, and nobody gets another's answer. As many as fit into some seconds;
 * {@code -Dmcpreel.fuzz.streams=1000000 -Dmcpreel.fuzz.seconds=3600} for a long run.
 */
@Timeout(2 * 3600)
class StreamFuzzTest {
    private static final int STREAMS = Integer.getInteger("mcpreel.fuzz.streams", 200_000);
    private static final int SECONDS = Integer.getInteger("mcpreel.fuzz.seconds", 15);
    private static final int LEAST_STREAMS = 500;
    private static final int BATCH = 50;
    private static final int PATIENCE_SECONDS = 30;

    private static final List<String> STREAMS_TO_BREAK = List.of(
            lines("GET /broken HTTP/1.1", "Host: h", "", ""),
            lines("GET /plain HTTP/1.1", "Host: h", "Accept: text/event-stream", "", ""),
            lines("HEAD /plain HTTP/1.1", "Host: h", "", "GET /2 HTTP/1.1", "Host: h", "", ""),
            lines("POST /plain HTTP/1.1", "Host: h", "Content-Length: 4", "", "{  }"),
            lines("POST /c HTTP/1.1", "Host: h", "Transfer-Encoding: chunked", "", "2", "{}", "0", "T: 1", "", ""),
            lines("POST /c HTTP/1.1", "Transfer-Encoding: chunked", "", "1;x=y", "{", "1", "}", "0", "", "GET /"),
            lines("GET /1 HTTP/1.1", "Host: h", "", "GET /2 HTTP/1.1", "Mcp-Session-Id: s", "", ""),
            lines("GET /1 HTTP/1.1", "Host: h", "", "GET /broken HTTP/1.1", "Host: h", "", ""),
            lines("POST /1 HTTP/1.1", "Expect: 100-continue", "Content-Length: 2", "", "{}GET /2 HTTP/1.1", "", ""),
            lines("GET /sse HTTP/1.0", "Connection: Upgrade, x", "Upgrade: h2c", "", ""));

    private final PairingTap tap = new PairingTap();

    @Test
    void mutatedStreams_neverEscapeLeakHangOrMisplace() throws Exception {
        long seed = Long.getLong("mcpreel.fuzz.seed", System.nanoTime());
        String replay = "run again with -Dmcpreel.fuzz.seed=" + seed;
        LocalRig rig = new LocalRig(tap, seed, tap.faults());
        SplittableRandom random = new SplittableRandom(seed);
        Mutator mutator = new Mutator(random.nextLong());
        long begun = System.nanoTime();
        int done = 0;
        try {
            while (done < STREAMS && System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(SECONDS)) {
                done += batch(rig, mutator, random, done, replay);
                assertThat(tap.faults()).as(replay).isEmpty();
            }
            awaitQuiet(rig, replay);
            assertThat(done).isGreaterThan(LEAST_STREAMS);
            assertThat(tap.begun()).isGreaterThan(done / 2);
            awaitReleased(rig, replay);
        } finally {
            rig.close();
        }
        System.getLogger("fuzz")
                .log(
                        System.Logger.Level.INFO,
                        done + " streams, " + tap.begun() + " exchanges in "
                                + (System.nanoTime() - begun) / 1_000_000_000 + " s, seed " + seed);
    }

    private static int batch(LocalRig rig, Mutator mutator, SplittableRandom random, int number, String replay)
            throws Exception {
        List<FuzzedClient> streams = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
            String whole = STREAMS_TO_BREAK
                    .get((number + i) % STREAMS_TO_BREAK.size())
                    .replace("GET /", "GET /s" + (number + i) + "/");
            streams.add(new FuzzedClient(mutator.mutate(whole), random.split()));
        }
        rig.loop().submit(() -> streams.forEach(stream -> stream.start(rig))).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        awaitQuiet(rig, replay);
        streams.forEach(FuzzedClient::judge);
        assertOwnAnswer(rig, number, replay);
        return BATCH;
    }

    /** Every client has closed, so every pair must. */
    private static void awaitQuiet(LocalRig rig, String replay) throws Exception {
        long begun = System.nanoTime();
        while (!rig.loop()
                .submit(() -> rig.counters.openConnections() == 0 && rig.counters.exchangesInFlight() == 0)
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            assertThat(System.nanoTime() - begun)
                    .as("ns that a connection hung; " + replay)
                    .isLessThan(TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS));
        }
    }

    /**
     * While the loop still runs: a connection to the upstream may stay for a moment after its client's, and what such a one
     * holds when the loop is stopped is not always released.
     */
    private static void awaitReleased(LocalRig rig, String replay) {
        await().atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(rig.bytesHeld())
                        .as("bytes that leaked; " + replay)
                        .isZero());
    }

    private static void assertOwnAnswer(LocalRig rig, int number, String replay) throws Exception {
        String line = "GET /own/" + number;
        FuzzedClient own =
                new FuzzedClient((line + " HTTP/1.1\r\nHost: h\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1), null);
        rig.loop().submit(() -> own.start(rig)).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        awaitQuiet(rig, replay);
        assertThat(own.received()).as(replay).endsWith("\r\n\r\n" + EchoHandler.echo(line));
    }
}
