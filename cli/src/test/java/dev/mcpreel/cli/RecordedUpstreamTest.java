package dev.mcpreel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.exchange.ClockAnchor;
import dev.mcpreel.captures.session.AgentSession;
import dev.mcpreel.captures.session.SessionOptions;
import dev.mcpreel.captures.store.Counts;
import dev.mcpreel.captures.store.Ending;
import dev.mcpreel.captures.store.Manifest;
import dev.mcpreel.captures.store.Role;
import dev.mcpreel.captures.testkit.CaptureScript;
import dev.mcpreel.captures.testkit.CollectedSessions;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RecordedUpstreamTest {
    @Test
    void is_sameHostAndPort_whateverThePathAndTheSpelling() {
        assertThat(is("http://127.0.0.1:3001/mcp", "http://127.0.0.1:3001")).isTrue();
        assertThat(is("http://localhost:3001/other", "http://127.0.0.1:3001")).isTrue();
        assertThat(is("http://LOCALHOST/mcp", "http://localhost:80/mcp")).isTrue();
        assertThat(is("http://[::1]:3001/mcp", "http://127.0.0.1:3001")).isTrue();
    }

    @Test
    void is_targetOfAReplay_withoutItsSecrets_isRecognised() {
        String mask = "redacted:" + "1".repeat(24);
        assertThat(is("http://127.0.0.1:3001/mcp", "http://127.0.0.1:3001/s/" + mask + "/mcp?api_key=" + mask))
                .isTrue();
        assertThat(is("http://127.0.0.1:3001/mcp", "http://joe:" + mask + "@127.0.0.1:3001/"))
                .isTrue();
    }

    @Test
    void is_otherPort_isAnotherServer() {
        assertThat(is("http://127.0.0.1:3002/mcp", "http://127.0.0.1:3001")).isFalse();
        assertThat(is("http://127.0.0.1/mcp", "http://127.0.0.1:3001")).isFalse();
    }

    @Test
    void is_hostTheAgentsSent_isRecognisedThoughTheUpstreamIsNamedOtherwise() {
        CaptureScript script = new CaptureScript();
        script.exchange(0)
                .header("Host", "Agents.example:8080")
                .body("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{}}")
                .head(5, 200, "Content-Type", "application/json")
                .answer(6, "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}")
                .end(7);
        List<AgentSession> sessions = CollectedSessions.of(
                        script, SessionOptions.defaults().keepingExchanges())
                .sessions();

        URI target = URI.create("http://agents.example:8080/mcp");
        assertThat(RecordedUpstream.is(target, manifest("http://127.0.0.1:9"), sessions))
                .isTrue();
        assertThat(RecordedUpstream.is(target, manifest("http://127.0.0.1:9"), List.of()))
                .isFalse();
    }

    @Test
    void is_upstreamWithAnUnderscore_isComparedAndDoesNotFail() {
        assertThat(is("http://127.0.0.1:3001/mcp", "http://my_server.invalid:3001"))
                .isFalse();
        assertThat(is("http://127.0.0.1:3002/mcp", "http://my_server.invalid")).isFalse();
    }

    private static boolean is(String target, String upstream) {
        return RecordedUpstream.is(URI.create(target), manifest(upstream), List.of());
    }

    private static Manifest manifest(String upstream) {
        return new Manifest(
                1,
                "id",
                Role.RECORDED,
                "test",
                "2026-01-01T00:00:00Z",
                null,
                Ending.COMPLETE,
                new ClockAnchor(0, 0),
                "",
                List.of(upstream),
                List.of(),
                Counts.NONE,
                null,
                null,
                List.of(),
                null,
                null);
    }
}
