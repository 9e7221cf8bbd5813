package dev.mcpreel.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.exchange.ExchangeEnd;
import dev.mcpreel.captures.store.CaptureReader;
import dev.mcpreel.captures.store.CaptureStore;
import dev.mcpreel.captures.store.CaptureVerifier;
import dev.mcpreel.captures.store.Removed;
import dev.mcpreel.captures.store.VerifyReport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A recorder with {@code --max-size} in a process of its own, under load. */
@Timeout(180)
class RetentionSystemTest {
    private static final int PADDING = 200_000;
    private static final long BOUND = 64L << 20;
    /** Manifests, folders and what is of no use to a reader. */
    private static final long OTHER = 1L << 20;

    @TempDir
    private Path folder;

    @Test
    void maxSize_underLoad_isKept_andEveryCommandReadsTheRest() throws Exception {
        Path store = folder.resolve("store");
        String said;
        try (EchoServer server = new EchoServer(PADDING);
                ChildRecorder recorder = ChildRecorder.start(server.uri(), store, "--max-size", "64M")) {
            try (SteadyLoad load =
                    new SteadyLoad(recorder.address().resolve("/mcp"), 2, Duration.ofMillis(20), PADDING)) {
                Path run = CaptureStore.runs(store).get(0);
                for (int log = 6; log <= 12; log++) {
                    await(run.resolve("log-" + log));
                    assertThat(onDisk(store)).isLessThanOrEqualTo(BOUND + OTHER);
                }
                // While it is read nothing goes, so the bound is not looked at from here on.
                VerifyReport live = CaptureVerifier.verify(run);
                assertThat(live.ok()).as(live.toString()).isTrue();
                assertThat(live.live()).isTrue();
                await(run.resolve("log-15"));
                load.stop();
                assertThat(load.failures()).isEmpty();
            }
            assertThat(recorder.end()).isZero();
            said = recorder.command().rest();
        }
        assertThat(said).contains("removing the oldest records from now on: ").contains("removed by retention: ");
        VerifyReport verified = CaptureVerifier.verify(store);
        assertThat(verified.ok()).as(verified.toString()).isTrue();
        Removed removed =
                Objects.requireNonNull(CaptureReader.open(store).manifest().removed());
        assertThat(removed.files()).isGreaterThanOrEqualTo(5);
        assertThat(onDisk(store)).isBetween(BOUND / 2, BOUND + OTHER);
        for (String command : new String[] {"verify", "sessions", "report"}) {
            assertThat(run(command, store.toString())).as(command).isZero();
        }
    }

    @Test
    void kill_whileRemoving_keepsEveryAcknowledgedExchangeThatWasNotRemoved_andTheNextRunGoesOn() throws Exception {
        Path store = folder.resolve("store");
        Path acks = folder.resolve("acks");
        try (EchoServer server = new EchoServer(PADDING)) {
            Path run;
            try (ChildRecorder recorder =
                    ChildRecorder.start(server.uri(), store, "--max-size", "64M", "--ack-file", acks.toString())) {
                run = CaptureStore.runs(store).get(0);
                try (SteadyLoad load =
                        new SteadyLoad(recorder.address().resolve("/mcp"), 2, Duration.ofMillis(20), PADDING)) {
                    await(run.resolve("log-12"));
                    assertThat(load.failures()).isEmpty();
                    recorder.kill();
                }
            }
            holdsItsWord(run, acknowledged(acks));
            try (ChildRecorder next = ChildRecorder.start(server.uri(), store, "--max-size", "64M", "--retain", "1")) {
                // There may be one, and that is the new one.
                Awaitility.await().until(() -> !Files.exists(run));
                assertThat(CaptureStore.runs(store)).hasSize(1);
                assertThat(next.end()).isZero();
                assertThat(next.command().rest()).contains("1 whole capture among them");
            }
        }
    }

    private static void holdsItsWord(Path run, Set<Long> acknowledged) {
        VerifyReport verified = CaptureVerifier.verify(run);
        assertThat(verified.ok()).as(verified.toString()).isTrue();
        assertThat(verified.interrupted()).isTrue();
        CaptureReader reader = CaptureReader.open(run);
        Set<Long> ended = new HashSet<>();
        reader.read(event -> {
            if (event instanceof ExchangeEnd end) {
                ended.add(end.exchangeId());
            }
        });
        Removed removed = Objects.requireNonNull(reader.manifest().removed());
        long begunBefore = verified.exchangesEnded() - ended.size();
        acknowledged.removeAll(ended);
        assertThat(acknowledged.size()).isBetween(1, (int) (removed.exchanges() + begunBefore));
    }

    private static Set<Long> acknowledged(Path acks) throws IOException {
        Set<Long> ids = new HashSet<>();
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(acks));
        while (bytes.remaining() >= Long.BYTES) {
            ids.add(bytes.getLong());
        }
        return ids;
    }

    private static void await(Path log) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> Files.exists(log));
    }

    private static int run(String... arguments) throws IOException, InterruptedException {
        return new ProcessBuilder(ChildCommand.commandLine(false, List.of(), List.of(arguments)))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    /** As the file system counts, which no class of ours does. */
    private static long onDisk(Path store) throws IOException, InterruptedException {
        Process du = new ProcessBuilder("du", "-sk", store.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (InputStream out = du.getInputStream()) {
            String said = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            du.waitFor();
            return Long.parseLong(said.substring(0, said.indexOf('\t'))) << 10;
        }
    }
}
