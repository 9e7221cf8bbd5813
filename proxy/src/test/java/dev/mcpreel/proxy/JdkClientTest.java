package dev.mcpreel.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.mcpreel.proxy.testkit.CollectingTap;
import dev.mcpreel.proxy.testkit.SeenExchange;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client and a server that people really use, at both ends. */
@Timeout(120)
class JdkClientTest {
    private final CollectingTap tap = new CollectingTap();
    private final ExecutorService serverThreads = Executors.newFixedThreadPool(8);
    private HttpServer server;
    private RecordingProxy proxy;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        server.setExecutor(serverThreads);
        server.createContext("/echo", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            boolean chunked = exchange.getRequestURI().getPath().endsWith("chunked");
            exchange.sendResponseHeaders(200, chunked ? 0 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        String upstream = "http://127.0.0.1:" + server.getAddress().getPort();
        proxy = RecordingProxy.start(ProxyConfig.of("127.0.0.1:0", upstream), tap);
    }

    @AfterEach
    void stop() {
        proxy.close(Duration.ZERO);
        server.stop(0);
        serverThreads.shutdownNow();
    }

    @Test
    void manyCallsAtOnce_getTheirOwnAnswers_andEveryByteIsSeen() {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        List<CompletableFuture<HttpResponse<String>>> calls = new ArrayList<>();
        List<String> bodies = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            String body = ("call " + i + " ").repeat(1 + (i * 37) % 900);
            bodies.add(body);
            HttpRequest request = HttpRequest.newBuilder(uri(i % 2 == 0 ? "/echo/chunked" : "/echo/sized"))
                    .POST(BodyPublishers.ofString(body))
                    .build();
            calls.add(client.sendAsync(request, BodyHandlers.ofString()));
        }
        for (int i = 0; i < calls.size(); i++) {
            assertThat(calls.get(i).join().body()).isEqualTo(bodies.get(i));
        }
        long sent = bodies.stream().mapToLong(String::length).sum();
        assertThat(tap.exchanges()).hasSize(300);
        for (int i = 0; i < 300; i++) {
            SeenExchange seen = tap.ended(i);
            assertThat(seen.ending()).isEqualTo("COMPLETE by UPSTREAM");
            assertThat(seen.responseBytes()).isEqualTo(seen.requestBytes());
        }
        assertThat(tap.exchanges().stream()
                        .mapToLong(seen -> seen.requestBytes().length)
                        .sum())
                .isEqualTo(sent);
    }

    @Test
    void upgradeThatIsOfferedAndDeclined_isHarmless() throws Exception {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
        HttpRequest request = HttpRequest.newBuilder(uri("/echo/sized"))
                .POST(BodyPublishers.ofString("body"))
                .build();
        HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
        assertThat(response.body()).isEqualTo("body");
        assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
        assertThat(tap.ended(0).requestFields()).anyMatch(field -> field.equalsIgnoreCase("Upgrade: h2c"));
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + proxy.address().getPort() + path);
    }
}
