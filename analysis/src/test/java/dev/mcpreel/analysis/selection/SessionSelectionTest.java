package dev.mcpreel.analysis.selection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.analysis.selection.SessionSelection.Listing;
import dev.mcpreel.captures.exchange.Outcome;
import dev.mcpreel.captures.session.AgentSession;
import dev.mcpreel.captures.session.SessionModel;
import dev.mcpreel.captures.session.SessionOptions;
import dev.mcpreel.captures.testkit.CaptureScript;
import dev.mcpreel.captures.testkit.ScriptedAgent;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class SessionSelectionTest {
    private static final long MILLI = 1_000_000;
    private final CaptureScript script = script();

    /** Ann is slow with one tool and fails with another, Bob is quick with both, Cid does nothing. */
    private static CaptureScript script() {
        CaptureScript script = new CaptureScript();
        ScriptedAgent ann = script.agent("ann").initialize();
        ann.think(50).call("search_orders").json(900);
        ann.think(50).call("report").http(10, 503, "");
        ann.delete();
        ScriptedAgent bob = script.agent("bob").startingAt(20).initialize();
        bob.think(2000).call("search_orders").json(10);
        bob.think(10).call("report").json(20);
        bob.think(10).call("report").json(20);
        bob.delete();
        script.agent("cid").startingAt(40).initialize().delete();
        return script;
    }

    private Listing list(SessionFilter filter, SessionSort sort, boolean reverse, int limit) {
        SessionSelection selection = new SessionSelection(filter, sort, reverse, limit);
        SessionModel model = new SessionModel(SessionOptions.defaults(), selection);
        script.feed(model);
        model.finish();
        return selection.listing();
    }

    private List<String> clients(SessionFilter filter) {
        return clients(list(filter, SessionSort.START, false, 10));
    }

    private static List<String> clients(Listing listing) {
        return listing.sessions().stream().map(AgentSession::client).toList();
    }

    private static SessionFilter calls(List<String> tools, Set<Outcome> outcomes, long longerThanMillis) {
        return new SessionFilter(tools, outcomes, longerThanMillis < 0 ? -1 : longerThanMillis * MILLI, "");
    }

    private static SessionFilter agent(String text) {
        return new SessionFilter(List.of(), Set.of(), -1, text);
    }

    @Test
    void filter_none_listsAllInOrderOfStart() {
        assertThat(clients(SessionFilter.NONE)).containsExactly("ann 1.0", "bob 1.0", "cid 1.0");
    }

    @Test
    void filter_tool_takesNamesAndGlobs() {
        assertThat(clients(calls(List.of("search_orders"), Set.of(), -1))).containsExactly("ann 1.0", "bob 1.0");
        assertThat(clients(calls(List.of("*ort"), Set.of(), -1))).containsExactly("ann 1.0", "bob 1.0");
        assertThat(clients(calls(List.of("search", "none"), Set.of(), -1))).isEmpty();
        assertThat(clients(calls(List.of("none", "report"), Set.of(), -1))).hasSize(2);
    }

    @Test
    void filter_outcome_asksForACallThatEndedSo() {
        assertThat(clients(calls(List.of(), Set.of(Outcome.GATEWAY_TIMEOUT), -1)))
                .containsExactly("ann 1.0");
        assertThat(clients(calls(List.of(), Set.of(Outcome.OK), -1))).hasSize(2);
        assertThat(clients(calls(List.of(), Set.of(Outcome.RESET), -1))).isEmpty();
    }

    @Test
    void filter_longerThan_asksForASlowCall() {
        assertThat(clients(calls(List.of(), Set.of(), 800))).containsExactly("ann 1.0");
        assertThat(clients(calls(List.of(), Set.of(), 900))).isEmpty();
        assertThat(clients(calls(List.of(), Set.of(), 0))).hasSize(2);
    }

    @Test
    void filter_severalOfCalls_mustHoldOfOneCall() {
        assertThat(clients(calls(List.of("report"), Set.of(), 800))).isEmpty();
        assertThat(clients(calls(List.of("search_orders"), Set.of(Outcome.OK), 800)))
                .containsExactly("ann 1.0");
        assertThat(clients(calls(List.of("search_orders"), Set.of(Outcome.GATEWAY_TIMEOUT), -1)))
                .isEmpty();
    }

    @Test
    void filter_agent_looksIntoKeyAndClient() {
        assertThat(clients(agent("bob"))).containsExactly("bob 1.0");
        assertThat(clients(agent("session-c"))).containsExactly("cid 1.0");
        assertThat(clients(agent("n*1.0"))).containsExactly("ann 1.0");
        assertThat(clients(agent("dan"))).isEmpty();
    }

    @Test
    void sort_most_comesFirst() {
        assertThat(clients(list(SessionFilter.NONE, SessionSort.CALLS, false, 10)))
                .containsExactly("bob 1.0", "ann 1.0", "cid 1.0");
        assertThat(clients(list(SessionFilter.NONE, SessionSort.CALLS, true, 10)))
                .containsExactly("cid 1.0", "ann 1.0", "bob 1.0");
        assertThat(clients(list(SessionFilter.NONE, SessionSort.ERRORS, false, 10)))
                .startsWith("ann 1.0");
        assertThat(clients(list(SessionFilter.NONE, SessionSort.IDLE, false, 10)))
                .startsWith("bob 1.0");
        assertThat(clients(list(SessionFilter.NONE, SessionSort.START, true, 10)))
                .startsWith("cid 1.0");
    }

    @Test
    void limit_fewerThanMatch_keepsTheFirstAndCountsAll() {
        Listing listing = list(agent("session"), SessionSort.CALLS, false, 2);

        assertThat(clients(listing)).containsExactly("bob 1.0", "ann 1.0");
        assertThat(listing.matching()).isEqualTo(3);
        assertThat(listing.total()).isEqualTo(3);
    }
}
