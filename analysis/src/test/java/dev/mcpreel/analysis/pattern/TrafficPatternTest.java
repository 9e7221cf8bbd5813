package dev.mcpreel.analysis.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.session.SessionModel;
import dev.mcpreel.captures.session.SessionOptions;
import dev.mcpreel.captures.session.TransportEnding;
import dev.mcpreel.captures.session.TransportKind;
import dev.mcpreel.captures.testkit.CaptureScript;
import dev.mcpreel.captures.testkit.ScriptedAgent;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class TrafficPatternTest {
    private static final long MILLI = 1_000_000;
    private static final String CLIENT =
            "\"_meta\":{\"io.modelcontextprotocol/clientInfo\":{\"name\":\"c\",\"version\":\"1\"}}";

    private final CaptureScript script = new CaptureScript();

    private TrafficPattern pattern() {
        TrafficPattern pattern = new TrafficPattern();
        SessionModel model = new SessionModel(SessionOptions.defaults(), pattern);
        script.feed(model);
        model.finish();
        return pattern;
    }

    private ScriptedAgent calling(String name, String... tools) {
        ScriptedAgent agent = script.agent(name).initialize();
        for (String tool : tools) {
            agent.think(200).call(tool).json(50);
        }
        return agent;
    }

    @Test
    void transitions_twoSessions_beginAndEndInEach() {
        calling("ann", "a", "b", "a").delete();
        calling("bob", "a").delete();

        Transitions table = pattern().order().transitions(5);

        assertThat(table.from()).containsExactly("START", "a", "b");
        assertThat(table.to()).containsExactly("a", "b", "END");
        assertThat(table.counts()).containsExactly(List.of(2L, 0L, 0L), List.of(0L, 1L, 2L), List.of(1L, 0L, 0L));
        assertThat(table.sum(1)).isEqualTo(3);
    }

    @Test
    void transitions_moreToolsThanRows_areOneOther() {
        calling("ann", "a", "b", "a", "c", "a", "d");

        Transitions table = pattern().order().transitions(1);

        assertThat(table.from()).containsExactly("START", "a", Transitions.OTHER);
        assertThat(table.counts()).containsExactly(List.of(1L, 0L, 0L), List.of(0L, 3L, 0L), List.of(2L, 0L, 1L));
    }

    @Test
    void sequences_ofEveryLength_stayInsideASession() {
        calling("ann", "a", "b", "c").delete();
        calling("bob", "a", "b").delete();

        ToolOrder order = pattern().order();

        assertThat(order.top(2, 1)).containsExactly(new Sequence(List.of("a", "b"), 2, 2.0 / 3));
        assertThat(order.total(2)).isEqualTo(3);
        assertThat(order.top(3, 9)).containsExactly(new Sequence(List.of("a", "b", "c"), 1, 1));
        assertThat(order.top(4, 9)).isEmpty();
    }

    @Test
    void sequences_callsThatOverlap_areInOrderOfStart() {
        ScriptedAgent ann = script.agent("ann").initialize();
        ann.call("slow").background().json(900);
        ann.think(10).call("quick").json(20);

        assertThat(pattern().order().top(2, 9)).containsExactly(new Sequence(List.of("slow", "quick"), 1, 1));
    }

    @Test
    void sequences_aCallInLegs_isOneCall() {
        ScriptedAgent ann = calling("ann", "a");
        ann.think(10).call("order").json(20, "{\"resultType\":\"input_required\",\"requestState\":\"x\"}");
        ann.think(10)
                .request("tools/call", "{\"name\":\"order\",\"arguments\":{},\"requestState\":\"x\"}")
                .json(20);

        TrafficPattern pattern = pattern();

        assertThat(pattern.calls()).isEqualTo(2);
        assertThat(pattern.order().top(2, 9)).containsExactly(new Sequence(List.of("a", "order"), 1, 1));
    }

    @Test
    void traffic_twoSessions_isCounted() {
        calling("ann", "a", "b").ping().delete();
        ScriptedAgent bob = calling("bob", "a");
        bob.think(10).call("a").http(5, 503, "");
        bob.call("ask").serverRequest(10, "\"q\"", "elicitation/create", 20).sse(100);

        TrafficPattern pattern = pattern();

        assertThat(pattern.sessions()).isEqualTo(2);
        assertThat(pattern.calls()).isEqualTo(5);
        assertThat(pattern.requests()).isEqualTo(8);
        assertThat(pattern.exchanges()).isEqualTo(12);
        assertThat(pattern.exchangesPerCall()).isEqualTo(2.4);
        assertThat(pattern.errors()).isEqualTo(1);
        assertThat(pattern.serverRequests()).isEqualTo(1);
        assertThat(pattern.askedSessions()).isEqualTo(1);
        assertThat(pattern.clients()).containsOnly(Map.entry("ann 1.0", 1L), Map.entry("bob 1.0", 1L));
        assertThat(pattern.transports().counts())
                .containsOnly(Map.entry(
                        TransportKind.STREAMABLE, Map.of(TransportEnding.DELETED, 1L, TransportEnding.NONE, 1L)));
    }

    @Test
    void rhythm_severalSessions_isThatOfAll() {
        calling("ann", "a", "b").delete();
        calling("bob", "a").think(3_000).call("b").json(70);

        Rhythm rhythm = pattern().rhythm();

        assertThat(rhythm.of(Rhythm.Measure.CALLS_PER_SESSION).count()).isEqualTo(2);
        assertThat(rhythm.of(Rhythm.Measure.BURST_SIZE).sum()).isEqualTo(4);
        assertThat(rhythm.of(Rhythm.Measure.BURST_SIZE).count()).isEqualTo(3);
        assertThat(rhythm.of(Rhythm.Measure.IDLE_GAP).max()).isEqualTo(3_000 * MILLI);
        assertThat(rhythm.of(Rhythm.Measure.CALL_DURATION).max()).isEqualTo(70 * MILLI);
    }

    @Test
    void rhythm_cancelledCalls_haveNoDuration() {
        ScriptedAgent ann = script.agent("ann").initialize();
        var call = ann.call("a").background();
        ann.think(500).cancel(call);
        call.giveUp(600);

        TrafficPattern pattern = pattern();

        assertThat(pattern.calls()).isEqualTo(1);
        assertThat(pattern.rhythm().of(Rhythm.Measure.CALL_DURATION).count()).isZero();
    }

    @Test
    void listing_withoutTtl_countsWhoNeverListed() {
        calling("ann", "a").delete();
        script.agent("bob").initialize().listTools().listTools().call("a").json(5);
        script.agent("cid").initialize();

        Listing listing = pattern().listing();

        assertThat(listing.callingSessions()).isEqualTo(2);
        assertThat(listing.withoutList()).isEqualTo(1);
        assertThat(listing.asked()).isEqualTo(2);
        assertThat(listing.repeated()).isEqualTo(1);
        assertThat(listing.listingSessions()).isEqualTo(1);
        assertThat(listing.withTtl()).isZero();
        assertThat(listing.tokens()).isEqualTo(listing.tokensPerSession().sum()).isPositive();
    }

    @Test
    void listing_withTtl_coversTheSessionsItExplains() {
        ScriptedAgent ann = script.agent("ann").initialize();
        ann.request("tools/list", "{" + CLIENT + "}").json(10, "{\"tools\":[],\"ttlMs\":60000}");
        calledBy(script.agent("bob").startingAt(20_000).initialize());
        calledBy(script.agent("cid").startingAt(90_000).initialize());
        script.agent("dan")
                .startingAt(30_000)
                .initialize()
                .request("tools/list", "{" + CLIENT + "}")
                .json(10, "{\"tools\":[]}");

        Listing listing = pattern().listing();

        assertThat(listing.withTtl()).isEqualTo(1);
        assertThat(listing.withoutList()).isEqualTo(2);
        assertThat(listing.coveredByTtl()).isEqualTo(1);
        assertThat(listing.askedWhileFresh()).isEqualTo(1);
    }

    private static void calledBy(ScriptedAgent agent) {
        agent.request("tools/call", "{\"name\":\"a\",\"arguments\":{}," + CLIENT + "}")
                .json(10);
    }
}
