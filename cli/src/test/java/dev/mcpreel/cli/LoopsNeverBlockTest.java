package dev.mcpreel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.mcpreel.captures.exchange.LossReason;
import dev.mcpreel.captures.store.Manifest;
import dev.mcpreel.captures.store.WriterOptions;
import dev.mcpreel.captures.tap.RecorderOptions;
import dev.mcpreel.captures.tap.TrafficFilter;
import dev.mcpreel.captures.testkit.LoopWatch;
import dev.mcpreel.demo.DemoAgents;
import dev.mcpreel.demo.DemoServer;
import dev.mcpreel.proxy.ProxyConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The loops with everything behind them: lanes, recorder threads, the writer and its log on a real disk. */
@Timeout(120)
class LoopsNeverBlockTest {
    private static final int LEAST_LANE = 64 * 1024;
    private static final int BODY = 512 * 1024;
    private static final int POSTS = 8;

    @TempDir
    private Path folder;

    @BeforeEach
    void watch() throws InterruptedException {
        LoopWatch.begin();
    }

    @Test
    void recordAndReplay_realAgents_neverBlockALoop() throws Exception {
        Path captures = folder.resolve("captures");
        try (DemoServer server = DemoServer.start(DemoServer.Options.defaults())) {
            ProxyConfig config = ProxyConfig.of("127.0.0.1:0", server.origin().toString());
            // Matches nothing, but has every body read.
            RecorderOptions options = RecorderOptions.DEFAULT.withFilter(
                    TrafficFilter.of(List.of(), List.of("tool:none", "method:none")));
            try (Recording recording = Recording.start(config, captures, options, WriterOptions.defaults())) {
                URI target = URI.create(Addresses.origin(recording.address()) + "/mcp");
                assertThat(DemoAgents.run(new DemoAgents.Options(target, 2, 7, 0.1))
                                .errors())
                        .isEmpty();
                Manifest manifest = recording.stop(Duration.ofSeconds(5));
                assertThat(manifest.counts().recorded()).isPositive();
            }
        }
        assertThat(LoopWatch.notes()).as("recording").isEmpty();

        try (DemoServer staging = DemoServer.start(DemoServer.Options.defaults())) {
            String target = staging.uri().toString();
            String out = folder.resolve("replays").toString();
            CommandRun replay = CommandRun.of(
                    "replay", captures.toString(), "--target", target, "--tools", "all", "--speed", "4", "--out", out);
            assertThat(replay.code()).as(replay.err()).isIn(ExitCode.OK.code(), ExitCode.INVALID_RUN.code());
            assertThat(staging.received().requests()).isPositive();
        }
        assertThat(LoopWatch.notes()).as("replaying").isEmpty();
    }

    /** Pieces of these bodies fit no lane of this size, so every exchange loses some. */
    @Test
    void record_moreThanTheLanesHold_neverBlocksALoop() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", LoopsNeverBlockTest::echo);
        server.start();
        String upstream = "http://127.0.0.1:" + server.getAddress().getPort();
        Manifest manifest;
        try (Recording recording = Recording.start(
                ProxyConfig.of("127.0.0.1:0", upstream),
                folder.resolve("captures"),
                new RecorderOptions(LEAST_LANE, 1),
                WriterOptions.defaults())) {
            post(URI.create(Addresses.origin(recording.address()) + "/mcp"));
            manifest = recording.stop(Duration.ofSeconds(5));
        } finally {
            server.stop(0);
        }
        assertThat(manifest.counts().seen()).isEqualTo(POSTS);
        assertThat(manifest.counts().lost().get(LossReason.LANE_FULL)).isPositive();
        assertThat(LoopWatch.notes()).isEmpty();
    }

    private static void echo(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static void post(URI to) throws IOException, InterruptedException {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        HttpRequest request = HttpRequest.newBuilder(to)
                .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[BODY]))
                .build();
        for (int i = 0; i < POSTS; i++) {
            assertThat(client.send(request, HttpResponse.BodyHandlers.ofByteArray())
                            .body())
                    .hasSize(BODY);
        }
    }
}
