package dev.mcpreel.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.store.CaptureStore;
import dev.mcpreel.captures.store.CaptureVerifier;
import dev.mcpreel.captures.store.VerifyReport;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a recorder ends when it is told to, with calls and streams under way. */
@Tag("faults")
@Timeout(120)
class TerminationTest {
    @TempDir
    private Path store;

    private EchoServer upstream;
    private final List<Socket> sockets = new ArrayList<>();

    @BeforeEach
    void startUpstream() throws IOException {
        upstream = new EchoServer(10);
    }

    @AfterEach
    void stopAll() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        upstream.close();
    }

    @Test
    void terminate_callInFlight_isAnsweredAndRecorded() throws Exception {
        try (ChildRecorder recorder = ChildRecorder.start(upstream.uri(), store, "--drain", "30s")) {
            Socket idle = send(recorder, "POST /mcp?1");
            assertThat(read(idle, 12)).startsWith("HTTP/1.1 200");
            Socket call = send(recorder, "POST /hold?2");
            soon(() -> upstream.held() == 1);
            recorder.command().terminate();
            soon(() -> recorder.command()
                    .said()
                    .contains("stopping: 1 exchange in flight, up to 30s; Ctrl-C again ends at once"));
            soon(() -> refused(recorder.address()));
            assertThat(new String(idle.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .doesNotContain("HTTP/1.1");
            upstream.release();
            assertThat(new String(call.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 200 OK")
                    .endsWith("\r\n\r\n2 xxxxxxxxxx");
            assertThat(recorder.command().exitCode()).isZero();
        }
        VerifyReport verified = complete();
        assertThat(verified.exchangesSeen()).isEqualTo(2);
        assertThat(verified.exchangesEnded()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "500ms"})
    void terminate_callThatNeverEnds_isCutAfterTheDrain(String drain) throws Exception {
        try (ChildRecorder recorder = ChildRecorder.start(upstream.uri(), store, "--drain", drain)) {
            Socket call = send(recorder, "POST /hold?1");
            soon(() -> upstream.held() == 1);
            long from = System.nanoTime();
            assertThat(recorder.end()).isZero();
            assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(8));
            assertThat(call.getInputStream().read()).isNegative();
        }
        assertThat(complete().exchangesEnded()).isEqualTo(1);
    }

    @Test
    void terminateTwice_callThatNeverEnds_endsAtOnceWithAllThatWasAcknowledged() throws Exception {
        Path acks = store.resolveSibling(store.getFileName() + "-acks");
        try (ChildRecorder recorder =
                ChildRecorder.start(upstream.uri(), store, "--drain", "1h", "--ack-file", acks.toString())) {
            for (int i = 1; i <= 20; i++) {
                read(send(recorder, "POST /mcp?" + i), 12);
            }
            Socket call = send(recorder, "POST /hold?21");
            soon(() -> upstream.held() == 1 && Files.size(acks) == 20 * Long.BYTES);
            recorder.command().terminate();
            soon(() -> String.join("", recorder.command().said()).contains("stopping: 1 exchange"));
            long from = System.nanoTime();
            assertThat(recorder.end()).isEqualTo(130);
            assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(5));
            assertThat(call.isClosed()).isFalse();
        } finally {
            Files.deleteIfExists(acks);
        }
        VerifyReport verified = CaptureVerifier.verify(store);
        assertThat(verified.ok()).as(verified.toString()).isTrue();
        assertThat(verified.interrupted()).isTrue();
        assertThat(verified.exchangesEnded()).isEqualTo(20);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 50})
    void terminateTwice_nothingInFlight_leavesAReadableCapture(long millisApart) throws Exception {
        try (ChildRecorder recorder = ChildRecorder.start(upstream.uri(), store)) {
            read(send(recorder, "POST /mcp?1"), 12);
            recorder.command().terminate();
            Awaitility.await().pollDelay(millisApart, TimeUnit.MILLISECONDS).until(() -> true);
            assertThat(recorder.end()).isIn(0, 130);
        }
        VerifyReport verified = CaptureVerifier.verify(store);
        assertThat(verified.ok()).as(verified.toString()).isTrue();
    }

    /** Whenever it comes: either nothing was begun, or what was begun has an end. */
    @ParameterizedTest
    @ValueSource(longs = {50, 200, 400, 600, 800, 1_000, 1_400})
    void terminate_whileStarting_leavesNoHalfCapture(long afterMillis) throws Exception {
        Process process = new ProcessBuilder(ChildCommand.commandLine(
                        false,
                        List.of(),
                        List.of(
                                "record",
                                "--upstream",
                                upstream.uri().toString(),
                                "--listen",
                                "127.0.0.1:0",
                                "--out",
                                store.resolve("runs").toString())))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            Awaitility.await().pollDelay(afterMillis, TimeUnit.MILLISECONDS).until(() -> true);
            process.toHandle().destroy();
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isIn(0, 143);
        } finally {
            process.destroyForcibly();
        }
        boolean begun = Files.exists(store.resolve("runs"));
        System.out.println(
                "SIGTERM after " + afterMillis + " ms: exit " + process.exitValue() + ", a run begun: " + begun);
        if (begun) {
            assertThat(process.exitValue()).isZero();
            VerifyReport verified = CaptureVerifier.verify(
                    CaptureStore.runs(store.resolve("runs")).get(0));
            assertThat(verified.ok()).as(verified.toString()).isTrue();
            assertThat(verified.interrupted()).isFalse();
        }
    }

    @Test
    void terminate_with200OpenStreams_endsFastAndEveryExchangeHasAnEnd() throws Exception {
        try (ChildRecorder recorder = ChildRecorder.start(upstream.uri(), store, "--drain", "1h")) {
            for (int i = 0; i < 200; i++) {
                read(send(recorder, "GET /mcp"), 12);
            }
            soon(() -> upstream.held() == 200);
            long from = System.nanoTime();
            assertThat(recorder.end()).isZero();
            assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(10));
        }
        VerifyReport verified = complete();
        assertThat(verified.exchangesSeen()).isEqualTo(200);
        assertThat(verified.exchangesEnded()).isEqualTo(200);
    }

    private VerifyReport complete() {
        VerifyReport verified = CaptureVerifier.verify(store);
        assertThat(verified.ok()).as(verified.toString()).isTrue();
        assertThat(verified.interrupted()).isFalse();
        assertThat(verified.exchangesOpen()).isZero();
        return verified;
    }

    private Socket send(ChildRecorder recorder, String request) throws IOException {
        Socket socket =
                new Socket(recorder.address().getHost(), recorder.address().getPort());
        sockets.add(socket);
        String length = request.startsWith("POST") ? "Content-Length: 0\r\n" : "";
        socket.getOutputStream()
                .write((request + " HTTP/1.1\r\nHost: t\r\n" + length + "\r\n").getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static String read(Socket socket, int bytes) throws IOException {
        return new String(socket.getInputStream().readNBytes(bytes), StandardCharsets.US_ASCII);
    }

    private static boolean refused(URI address) {
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            return !socket.isConnected();
        } catch (IOException e) {
            return true;
        }
    }

    private static void soon(Callable<Boolean> condition) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(condition);
    }
}
