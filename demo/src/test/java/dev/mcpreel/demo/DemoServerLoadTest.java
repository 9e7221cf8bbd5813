package dev.mcpreel.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class DemoServerLoadTest {
    private static final int SESSIONS = 200;

    @Test
    void twoHundredSessions_callingAtOnceWithTheirStreamsOpen_areAllServed() throws Exception {
        HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        try (DemoServer server = DemoServer.start(DemoServer.Options.defaults())) {
            List<RawSession> sessions = new ArrayList<>();
            List<HttpResponse<Stream<String>>> streams = new ArrayList<>();
            for (int i = 0; i < SESSIONS; i++) {
                RawSession session = RawSession.open(http, server);
                sessions.add(session);
                streams.add(session.listen());
            }
            List<CompletableFuture<HttpResponse<String>>> calls = new ArrayList<>();
            for (RawSession session : sessions) {
                calls.add(session.callAsync("monthly_report", "{\"month\":\"2026-02\"}"));
                calls.add(session.callAsync("search_orders", "{\"customer\":\"Dune Outfitters\"}"));
            }

            assertThat(calls).allSatisfy(call -> {
                HttpResponse<String> answer = call.get(20, TimeUnit.SECONDS);
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.body()).contains("\"isError\":false");
            });
            assertThat(streams).allMatch(stream -> stream.statusCode() == 200);
            assertThat(server.received().at("GET", "/mcp").requests()).isEqualTo(SESSIONS);
        }
    }

    @Test
    void close_withStreamsAndCallsOpen_isQuickAndLeavesNoThread() throws Exception {
        HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        Set<Thread> before = threads();
        DemoServer server = DemoServer.start(DemoServer.Options.defaults());
        CompletableFuture<HttpResponse<String>> cut = null;
        for (int i = 0; i < 20; i++) {
            RawSession session = RawSession.open(http, server);
            session.listen();
            cut = session.callAsync("monthly_report", "{\"month\":\"2026-02\"}");
        }
        await().until(() -> server.calls().get("monthly_report") == 20);

        long start = System.nanoTime();
        server.close();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
        assertThat(cut).isNotNull();
        await().until(cut::isDone);
        server.close();
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(ours(before)).isEmpty());
    }

    /** Threads that came after {@code before}: any of the server's own, and any at all that would hold up an exit. */
    private static Set<String> ours(Set<Thread> before) {
        return threads().stream()
                .filter(thread -> !before.contains(thread))
                .filter(thread -> !thread.getName().startsWith("awaitility"))
                .filter(thread -> !thread.isDaemon() || thread.getName().startsWith("demo-"))
                .map(Thread::toString)
                .collect(Collectors.toSet());
    }

    private static Set<Thread> threads() {
        return new HashSet<>(Thread.getAllStackTraces().keySet());
    }
}
