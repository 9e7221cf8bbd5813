package dev.mcpreel.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.mcpreel.captures.exchange.ExchangeEnd;
import dev.mcpreel.captures.store.Accounting;
import dev.mcpreel.captures.store.CaptureReader;
import dev.mcpreel.captures.store.CaptureStore;
import dev.mcpreel.captures.store.CaptureVerifier;
import dev.mcpreel.captures.store.VerifyReport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The recorder is killed under load, again and again, and started anew at once in the same store. */
@Timeout(300)
class RecorderKillTest {
    private static final int KILLS = Integer.getInteger("mcpreel.kills", 10);
    private static final String ANSWER = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"content\":[]}}";

    @TempDir
    private Path folder;

    private HttpServer upstream;

    @BeforeEach
    void startUpstream() throws IOException {
        upstream = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        upstream.setExecutor(Executors.newFixedThreadPool(8));
        byte[] answer = ANSWER.getBytes(StandardCharsets.UTF_8);
        upstream.createContext("/mcp", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        upstream.start();
    }

    @AfterEach
    void stopUpstream() {
        upstream.stop(0);
    }

    @Test
    void kill_underLoad_keepsEveryAcknowledgedExchangeAndRecordsOnAtOnce() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        boolean namespaces = ChildCommand.canHaveOwnPidNamespace();
        if (!namespaces) {
            System.out.println("no process id namespaces here: every recorder gets a process id of its own");
        }
        Path store = folder.resolve("store");
        URI target = URI.create("http://127.0.0.1:" + upstream.getAddress().getPort());
        for (int round = 0; round < KILLS; round++) {
            Path acks = folder.resolve("acks-" + round);
            // Every second round with the process id of the round before, as a container gives it.
            ChildRecorder recorder = ChildRecorder.start(target, store, acks, namespaces && round % 2 == 1);
            long enough = 40L + random.nextInt(400);
            Load load = new Load(recorder.address().resolve("/mcp"), 4);
            try {
                Awaitility.await()
                        .atMost(Duration.ofSeconds(30))
                        .pollInterval(Duration.ofMillis(5))
                        .until(() -> acknowledged(acks).size() >= enough);
                recorder.kill();
            } finally {
                load.stop();
            }
            assertThat(CaptureStore.runs(store)).hasSize(round + 1);
            holdsItsWord(CaptureStore.runs(store).get(0), acknowledged(acks), "seed " + seed + " round " + round);
        }
    }

    private static void holdsItsWord(Path run, Set<Long> acknowledged, String where) {
        VerifyReport verified = CaptureVerifier.verify(run);
        assertThat(verified.ok()).as("%s: %s", where, verified).isTrue();
        assertThat(verified.interrupted()).as(where).isTrue();
        Accounting accounting = verified.accounting();
        assertThat(accounting).as(where).isNotNull();
        assertThat(accounting.addsUp()).as("%s: %s", where, accounting).isTrue();
        Set<Long> ended = new HashSet<>();
        CaptureReader.open(run).read(event -> {
            if (event instanceof ExchangeEnd end) {
                ended.add(end.exchangeId());
            }
        });
        assertThat(ended).as(where).containsAll(acknowledged);
    }

    private static Set<Long> acknowledged(Path acks) throws IOException {
        Set<Long> ids = new HashSet<>();
        if (Files.exists(acks)) {
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(acks));
            while (bytes.remaining() >= Long.BYTES) {
                ids.add(bytes.getLong());
            }
        }
        return ids;
    }

    @Test
    void terminate_underLoad_endsTheCaptureAndExitsWithZero() throws Exception {
        Path store = folder.resolve("store");
        Path acks = folder.resolve("acks");
        URI target = URI.create("http://127.0.0.1:" + upstream.getAddress().getPort());
        ChildRecorder recorder = ChildRecorder.start(target, store, acks, false);
        Load load = new Load(recorder.address().resolve("/mcp"), 2);
        try {
            Awaitility.await()
                    .atMost(30, TimeUnit.SECONDS)
                    .until(() -> acknowledged(acks).size() > 100);
            assertThat(recorder.end()).isZero();
        } finally {
            load.stop();
        }
        VerifyReport verified = CaptureVerifier.verify(store);
        assertThat(verified.ok()).as(verified.toString()).isTrue();
        assertThat(verified.interrupted()).isFalse();
        assertThat(verified.exchangesOpen()).isZero();
    }
}
