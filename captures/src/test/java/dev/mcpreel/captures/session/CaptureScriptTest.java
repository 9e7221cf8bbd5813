package dev.mcpreel.captures.session;

import static dev.mcpreel.captures.testkit.CaptureScript.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.ClockAnchor;
import dev.mcpreel.captures.exchange.EventKind;
import dev.mcpreel.captures.exchange.ExchangeEnd;
import dev.mcpreel.captures.exchange.ExchangeEvent;
import dev.mcpreel.captures.testkit.CaptureScript;
import dev.mcpreel.captures.testkit.ScriptedAgent;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class CaptureScriptTest {
    private final CaptureScript script = new CaptureScript();

    @Test
    void events_oneCall_standInTheOrderOfALog() {
        ScriptedAgent agent = script.agent("ann").startingAt(100);
        agent.call("t").progress(10).sse(20);
        assertThat(agent.now()).isEqualTo(120);
        assertThat(script.events())
                .extracting(CaptureEvent::kind)
                .containsExactly(
                        EventKind.REQUEST_HEAD,
                        EventKind.BODY_PART,
                        EventKind.UPSTREAM_CONNECTED,
                        EventKind.RESPONSE_HEAD,
                        EventKind.BODY_PART,
                        EventKind.BODY_PART,
                        EventKind.EXCHANGE_END);
        assertThat(script.events()).extracting(CaptureEvent::atNanos).isSorted();
        ExchangeEnd end = (ExchangeEnd) script.events().get(6);
        assertThat(end.requestBytes()).isPositive();
        assertThat(end.responseBytes()).isPositive();
        assertThat(end.responseEndNanos()).isEqualTo(at(120.5));
    }

    @Test
    void events_concurrentExchanges_interleaveUnlessCoalesced() {
        ScriptedAgent agent = script.agent("ann");
        agent.call("slow").background().json(50);
        agent.reconnect().think(10).call("fast").json(10);
        agent.clock(5).call("small").coalesced().json(100);
        script.other(new ClockAnchor(at(30), 7));

        List<Long> ids = script.events().stream()
                .map(event -> event instanceof ExchangeEvent exchange ? exchange.exchangeId() : 0L)
                .distinct()
                .toList();

        assertThat(ids).containsExactly(1L, 2L, 0L, 3L);
        assertThat(script.events()
                        .subList(script.events().size() - 6, script.events().size()))
                .allMatch(event -> ((ExchangeEvent) event).exchangeId() == 3);
    }
}
