package dev.mcpreel.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.demo.Received.Count;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The server as bytes on the wire, without the SDK's client. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class WireTest {
    private DemoServer server;
    private RawSession session;

    @BeforeEach
    void start() throws Exception {
        server = DemoServer.start(DemoServer.Options.defaults());
        session = RawSession.open(server);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void quickTool_isAnsweredAsOneJsonBody() throws Exception {
        HttpResponse<String> answer = session.call("search_orders", "{\"customer\":\"Grain & Co\"}", "");

        assertThat(answer.headers().firstValue("content-type").orElseThrow()).startsWith("application/json");
        assertThat(answer.headers().firstValueAsLong("content-length").orElseThrow())
                .isEqualTo(answer.body().getBytes(UTF_8).length);
        assertThat(answer.body()).startsWith("{").contains("\"structuredContent\"");
    }

    @Test
    void reportWithProgress_isAnsweredAsAStreamThatEndsWithTheResult() throws Exception {
        HttpResponse<String> answer =
                session.call("monthly_report", "{\"month\":\"2026-05\"}", ",\"_meta\":{\"progressToken\":9}");

        assertThat(answer.headers().firstValue("content-type").orElseThrow()).startsWith("text/event-stream");
        String[] events = answer.body().split("\n\n");
        assertThat(events).hasSizeGreaterThanOrEqualTo(5);
        assertThat(Stream.of(events).limit(events.length - 1))
                .allMatch(event -> event.contains("notifications/progress") && event.contains("\"progressToken\":9"));
        assertThat(events[events.length - 1]).contains("\"result\"");
    }

    @Test
    void reportWithoutToken_isAnsweredAsOneJsonBody() throws Exception {
        HttpResponse<String> answer = session.call("monthly_report", "{\"month\":\"2026-05\"}", "");

        assertThat(answer.headers().firstValue("content-type").orElseThrow()).startsWith("application/json");
    }

    @Test
    void getStream_showsItsHeadBeforeAnyEvent_andEndsWithTheSession() throws Exception {
        HttpResponse<Stream<String>> stream = session.listen();
        assertThat(stream.statusCode()).isEqualTo(200);
        assertThat(stream.headers().firstValue("content-type").orElseThrow()).startsWith("text/event-stream");

        assertThat(session.end().statusCode()).isEqualTo(200);

        assertThat(stream.body()).isEmpty();
    }

    @Test
    void received_countsRequestsAndContentBytesByMethodAndPath() throws Exception {
        Count before = server.received().at("POST", "/mcp");
        session.call("search_orders", "{\"customer\":\"Bücher\"}", "");
        session.call("search_orders", "{\"customer\":\"Bücher\"}", "");
        session.end();

        Count after = server.received().at("POST", "/mcp");
        assertThat(after.requests() - before.requests()).isEqualTo(2);
        assertThat(after.bodyBytes() - before.bodyBytes()).isEqualTo(2L * session.lastBodyBytes());
        assertThat(server.received().at("DELETE", "/mcp")).isEqualTo(new Count(1, 0));
        assertThat(server.received().requests()).isEqualTo(after.requests() + 1);
    }

    @Test
    void received_countsWhatIsRefusedToo() throws IOException, InterruptedException {
        assertThat(session.post("/elsewhere", "{}").statusCode()).isBetween(400, 499);

        assertThat(server.received().at("POST", "/elsewhere").requests()).isEqualTo(1);
    }
}
