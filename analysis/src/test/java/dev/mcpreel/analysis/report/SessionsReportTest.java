package dev.mcpreel.analysis.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.analysis.selection.SessionSelection.Listing;
import dev.mcpreel.captures.exchange.ClockAnchor;
import dev.mcpreel.captures.session.AgentSession;
import dev.mcpreel.captures.session.SessionOptions;
import dev.mcpreel.captures.testkit.CaptureScript;
import dev.mcpreel.captures.testkit.CollectedSessions;
import dev.mcpreel.captures.testkit.ScriptedAgent;
import dev.mcpreel.captures.wire.Json;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class SessionsReportTest {
    private static final ClockAnchor ANCHOR = new ClockAnchor(CaptureScript.at(0), 1_800_000_000_000_000_000L);

    private final List<AgentSession> sessions = sessions();

    private static List<AgentSession> sessions() {
        CaptureScript script = new CaptureScript();
        ScriptedAgent ann = script.agent("ann").initialize();
        ann.think(400).call("search_orders").json(100);
        ann.think(300).call("search_orders").json(100);
        ann.think(2500).call("monthly\\u001b[31m_report").sse(200);
        ann.call("flaky_lookup").http(30, 503, "no healthy upstream");
        ann.delete();
        script.agent("bob").initialize().delete();
        return CollectedSessions.of(script, SessionOptions.defaults()).sessions();
    }

    @Test
    void text_twoSessions_areARowEachWithTheirToolsBelow() {
        String text = new SessionsText(ANCHOR, 80, false).render(Listing.all(sessions));

        List<String> lines = text.lines().toList();
        assertThat(lines.get(0)).matches(" +session +client +key +length +calls +http .*think +errors");
        assertThat(lines.get(1))
                .startsWith("  s1 ")
                .contains(" session_id 0.85 ", " 4 ", " 1.75 ", " 3.2s ")
                .endsWith(" 1");
        assertThat(lines.get(2)).isEqualTo("    search_orders x2, monthly\\x1b[31m_report, flaky_lookup");
        assertThat(lines.get(3)).startsWith("  s2 ").endsWith(" 0");
        assertThat(lines.get(4)).isEqualTo("    no calls");
        assertThat(lines.get(6)).isEqualTo("  2 sessions, held together by session_id (2)");
        assertThat(lines.get(7)).startsWith("  key: what held the session together");
        assertThat(text).doesNotContain("\u001b");
    }

    @Test
    void text_anyWidth_keepsToIt() {
        for (int width = 60; width <= 200; width += 7) {
            int limit = width;
            assertThat(new SessionsText(ANCHOR, width, false)
                            .render(Listing.all(sessions))
                            .lines())
                    .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(limit));
        }
    }

    @Test
    void text_noSessions_saysSo() {
        String text = new SessionsText(ANCHOR, 80, false).render(Listing.all(List.of()));

        assertThat(text).isEqualTo("no agent sessions: nothing in this capture speaks MCP\n");
    }

    @Test
    void text_fewerThanThereAre_saysHowManyAreLeftOut() {
        SessionsText text = new SessionsText(ANCHOR, 100, false);
        List<AgentSession> one = sessions.subList(0, 1);

        assertThat(text.render(new Listing(one, 1, 2))).contains("1 of 2 sessions is like that, held together by");
        assertThat(text.render(new Listing(one, 2, 2))).contains("2 sessions, 1 shown, held together by");
        assertThat(text.render(new Listing(one, 2, 9))).contains("2 of 9 sessions are like that, 1 shown, held");
        assertThat(text.render(new Listing(List.of(), 0, 9))).isEqualTo("none of 9 sessions is like that\n");
    }

    @Test
    void json_twoSessions_saysWhatTheTableSaysAndMore() {
        JsonNode array = Json.parse(SessionsJson.render(sessions, ANCHOR)).orElseThrow();

        assertThat(array.size()).isEqualTo(2);
        JsonNode first = array.get(0);
        assertThat(first.path("id").stringValue()).isEqualTo("s1");
        assertThat(first.path("calls").intValue()).isEqualTo(4);
        assertThat(first.path("key").stringValue()).isEqualTo("session_id");
        assertThat(first.path("confidence").doubleValue()).isEqualTo(0.85);
        assertThat(first.path("tools").get(0).path("name").stringValue()).isEqualTo("search_orders");
        assertThat(first.path("tools").get(0).path("count").intValue()).isEqualTo(2);
        assertThat(first.path("tool_sequence").size()).isEqualTo(4);
        assertThat(first.path("bursts").intValue()).isEqualTo(2);
        assertThat(first.path("longest_idle_ms").doubleValue()).isEqualTo(2500.0);
        assertThat(first.path("errors").intValue()).isEqualTo(1);
        assertThat(first.path("http_per_call").doubleValue()).isEqualTo(1.75);
        assertThat(first.path("key_value").stringValue()).isEqualTo("session-ann");
        assertThat(first.path("think_ms").doubleValue()).isEqualTo(3202.0);
        assertThat(first.path("outcomes").path("ok").intValue()).isEqualTo(3);
        assertThat(first.path("transports").get(0).path("ending").stringValue()).isEqualTo("deleted");
        assertThat(first.path("tools_list").path("asked").intValue()).isZero();
        assertThat(first.path("start").stringValue()).startsWith("2027-01-15T08:00:00");
        assertThat(array.get(1).path("calls").intValue()).isZero();
    }
}
