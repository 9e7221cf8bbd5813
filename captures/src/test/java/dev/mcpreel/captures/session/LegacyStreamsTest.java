package dev.mcpreel.captures.session;

import static dev.mcpreel.captures.testkit.CaptureScript.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.exchange.EndCause;
import dev.mcpreel.captures.exchange.EndedBy;
import dev.mcpreel.captures.exchange.Outcome;
import dev.mcpreel.captures.testkit.CaptureScript;
import dev.mcpreel.captures.testkit.CollectedSessions;
import dev.mcpreel.captures.testkit.ScriptedEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LegacyStreamsTest {
    private static final double MINUTE = 60_000;

    private final CaptureScript script = new CaptureScript();

    private CollectedSessions heard(String key) {
        return CollectedSessions.of(
                script, SessionOptions.defaults().keepingExchanges().withAgentKey(AgentKey.parse(key)));
    }

    @Test
    void streamClosed_callsOnAnotherOfTheAgent_goOn() {
        ScriptedEndpoint first = new ScriptedEndpoint(script, "aaa", 0).call(100, 150);
        ScriptedEndpoint second =
                new ScriptedEndpoint(script, "bbb", 10).call(200, 9_000).call(10_000, 10_100);
        first.stream().end(1_000, EndCause.CLOSED, EndedBy.CLIENT);
        second.stream().end(11_000, EndCause.CLOSED, EndedBy.CLIENT);

        CollectedSessions heard = heard("address");

        assertThat(heard.sessions()).hasSize(1);
        assertThat(heard.calls())
                .extracting(RequestTrace::outcome)
                .containsOnly(Outcome.OK)
                .hasSize(3);
    }

    @Test
    void callLongerThanTheGap_isAnsweredOnTheStream() {
        ScriptedEndpoint only = new ScriptedEndpoint(script, "aaa", 0).call(100, 40 * MINUTE);
        only.stream().end(41 * MINUTE, EndCause.CLOSED, EndedBy.CLIENT);

        CollectedSessions heard = heard("auto");

        assertThat(heard.call().outcome()).isEqualTo(Outcome.OK);
        assertThat(heard.call().doneNanos()).isEqualTo(at(40 * MINUTE));
        assertThat(heard.sessions()).hasSize(1);
    }

    @Test
    void namedAgent_oneEndpointAfterAnother_isOneSession() {
        for (int i = 0; i < 4; i++) {
            double begin = i * 8_000;
            ScriptedEndpoint each = new ScriptedEndpoint(script, "s" + i, begin, "X-Agent", "bob");
            for (int j = 0; j < 7; j++) {
                each.call(begin + 100 + j * 1_000, begin + 150 + j * 1_000);
            }
            each.stream().end(begin + 7_500, EndCause.CLOSED, EndedBy.CLIENT);
        }

        assertThat(heard("header:X-Agent").sessions())
                .singleElement()
                .satisfies(session -> assertThat(session.shape().calls()).isEqualTo(28));
        assertThat(heard("auto").sessions()).hasSize(4);
    }

    @Test
    void keyWithTheClientsName_takesTheStreamThatCameBefore() {
        ScriptedEndpoint only = new ScriptedEndpoint(script, "aaa", 0).call(100, 200);
        only.stream().end(8_000, EndCause.CLOSED, EndedBy.CLIENT);

        assertThat(heard("client").session().key()).isEqualTo(new SessionKey(KeyKind.CLIENT, "aaa 1 10.0.0.1 node"));
    }

    @Test
    void streamClosedByTheServer_callsThatWaitedForIt_areCut() {
        ScriptedEndpoint only = new ScriptedEndpoint(script, "aaa", 0).call(100, 9_000);
        only.stream().end(8_000, EndCause.CLOSED, EndedBy.UPSTREAM);
        CaptureScript cut = new CaptureScript();
        script.events().stream().filter(event -> event.atNanos() <= at(8_000)).forEach(cut::other);

        assertThat(CollectedSessions.of(cut).call().outcome()).isEqualTo(Outcome.STREAM_CUT);
    }

    @Test
    void manyOpenAtOnce_keepTheirEndpoints() {
        int count = 5_000;
        for (int i = 0; i < count; i++) {
            new ScriptedEndpoint(script, "sid" + i, i * 2)
                    .call(20_000 + i * 2, 30_000 + i * 2).stream().end(70_000 + i, EndCause.CLOSED, EndedBy.CLIENT);
        }

        CollectedSessions heard = heard("auto");

        assertThat(heard.sessions()).hasSize(count);
        assertThat(heard.calls())
                .extracting(RequestTrace::outcome)
                .containsOnly(Outcome.OK)
                .hasSize(count);
    }
}
