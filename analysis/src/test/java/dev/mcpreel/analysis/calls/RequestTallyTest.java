package dev.mcpreel.analysis.calls;

import static dev.mcpreel.analysis.testkit.Times.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.exchange.Outcome;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class RequestTallyTest {
    private final RequestTally tally = new RequestTally(Distribution.dense());

    @ParameterizedTest
    @CsvSource({
        "OK,true,1,0",
        "TOOL_ERROR,true,0,1",
        "RPC_ERROR,true,0,1",
        "HTTP_ERROR,true,0,1",
        "SESSION_LOST,true,0,1",
        "GATEWAY_TIMEOUT,true,0,1",
        "DEADLINE,true,0,1",
        "CANCELLED,false,0,0",
        "STREAM_CUT,true,0,1",
        "CONNECT_FAILED,true,0,1",
        "RESET,true,0,1",
        "INVALID,true,0,1",
        "INTERRUPTED,false,0,0",
        "SKIPPED,false,0,0",
        "MISMATCH,true,0,1",
        "LEAKED,true,0,1"
    })
    void add_eachOutcome_countsAndTimesAsDocumented(Outcome outcome, boolean timed, int succeeded, int failed) {
        tally.add(sample(outcome, 0, at(10), at(30), 0));
        assertThat(tally.service().count()).isEqualTo(timed ? 1 : 0);
        assertThat(tally.succeeded()).isEqualTo(succeeded);
        assertThat(tally.failed()).isEqualTo(failed);
        assertThat(tally.count(outcome)).isEqualTo(1);
        assertThat(tally.total()).isEqualTo(1);
    }

    @Test
    void add_ownAnswering_isNoServiceTime() {
        tally.add(sample(Outcome.OK, 200, at(10), at(40), 8_000_000));
        assertThat(tally.service().max()).isEqualTo(22_000_000);
    }

    @Test
    void add_neverSent_isNotMadeUnlessItFailed() {
        tally.add(sample(Outcome.SKIPPED, 0, 0, 0, 0));
        tally.add(sample(Outcome.INTERRUPTED, 0, 0, 0, 0));
        tally.add(sample(Outcome.CONNECT_FAILED, 0, 0, at(5), 0));
        assertThat(tally.made()).isEqualTo(1);
        assertThat(tally.total()).isEqualTo(3);
        assertThat(tally.service().isEmpty()).isTrue();
    }

    @Test
    void add_interruptedInFlight_isMadeWithoutDuration() {
        tally.add(sample(Outcome.INTERRUPTED, 0, at(10), at(30), 0));
        assertThat(tally.made()).isEqualTo(1);
        assertThat(tally.service().isEmpty()).isTrue();
    }

    @Test
    void codes_several_mostFrequentFirst() {
        for (int code : new int[] {-32602, -32001, -32001, -32603, -32603, -32000}) {
            tally.add(sample(Outcome.RPC_ERROR, code, at(1), at(2), 0));
        }
        assertThat(tally.codes(Outcome.RPC_ERROR, 3))
                .containsExactly(new CodeCount(-32603, 2), new CodeCount(-32001, 2), new CodeCount(-32602, 1));
    }

    @Test
    void codes_goodStatusOfABadEnd_tellNothing() {
        tally.add(sample(Outcome.TOOL_ERROR, 200, at(1), at(2), 0));
        tally.add(sample(Outcome.HTTP_ERROR, 503, at(1), at(2), 0));
        assertThat(tally.codes(Outcome.TOOL_ERROR, 3)).isEmpty();
        assertThat(tally.codes(Outcome.HTTP_ERROR, 3)).containsExactly(new CodeCount(503, 1));
    }

    @Test
    void codes_inventedWithoutEnd_areBounded() {
        for (int code = 1; code <= 10_000; code++) {
            tally.add(sample(Outcome.RPC_ERROR, code, at(1), at(2), 0));
        }
        assertThat(tally.codes(Outcome.RPC_ERROR, Integer.MAX_VALUE)).hasSize(64);
        assertThat(tally.count(Outcome.RPC_ERROR)).isEqualTo(10_000);
    }

    private static CallSample sample(Outcome outcome, int code, long sent, long done, long own) {
        return new CallSample("tools/call", "search", outcome, code, sent, 0, done, own);
    }
}
