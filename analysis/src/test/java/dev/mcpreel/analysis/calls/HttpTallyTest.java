package dev.mcpreel.analysis.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.analysis.testkit.Web;
import dev.mcpreel.captures.exchange.EndCause;
import dev.mcpreel.captures.exchange.EndedBy;
import dev.mcpreel.captures.session.ExchangeKind;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class HttpTallyTest {
    private final HttpTally tally = new HttpTally();

    @ParameterizedTest
    @CsvSource({
        "POST,200,COMPLETE,UPSTREAM,false",
        "POST,202,COMPLETE,UPSTREAM,false",
        "POST,307,COMPLETE,UPSTREAM,false",
        "POST,400,COMPLETE,UPSTREAM,true",
        "POST,401,COMPLETE,UPSTREAM,true",
        "POST,404,COMPLETE,UPSTREAM,true",
        "POST,405,COMPLETE,UPSTREAM,true",
        "DELETE,404,COMPLETE,UPSTREAM,false",
        "DELETE,405,COMPLETE,UPSTREAM,false",
        "DELETE,400,COMPLETE,UPSTREAM,true",
        "GET,405,COMPLETE,UPSTREAM,false",
        "GET,404,COMPLETE,UPSTREAM,true",
        "POST,0,CLOSED,UPSTREAM,true",
        "POST,0,CLOSED,CLIENT,true",
        "POST,0,CONNECT_FAILED,RECORDER,true",
        "POST,0,TIMED_OUT,CLIENT,true",
        "POST,0,SHUTDOWN,RECORDER,false",
        "POST,0,UNKNOWN,UNKNOWN,false",
        "GET,200,CLOSED,CLIENT,false",
        "GET,200,RESET,CLIENT,false",
        "GET,200,SHUTDOWN,RECORDER,false",
        "GET,200,UNKNOWN,UNKNOWN,false",
        "POST,200,TIMED_OUT,CLIENT,false",
        "POST,200,CLOSED,UPSTREAM,true",
        "POST,200,RESET,UPSTREAM,true",
        "POST,200,BAD_RESPONSE,UPSTREAM,true"
    })
    void add_eachEnd_failsAsDocumented(String method, int status, EndCause cause, EndedBy by, boolean fails) {
        tally.add(Web.post(0, 10)
                .as(ExchangeKind.MESSAGES, method)
                .status(status)
                .ended(cause, by)
                .exchange(1));
        assertThat(tally.failed()).isEqualTo(fails ? 1 : 0);
        assertThat(tally.exchanges()).isEqualTo(1);
    }

    @Test
    void add_severalKinds_timesWholeResponsesButNoStandaloneStreams() {
        tally.add(Web.post(10, 35).exchange(1));
        tally.add(Web.post(10, 60).as(ExchangeKind.OTHER, "GET").exchange(2));
        tally.add(Web.post(0, 9000).as(ExchangeKind.STREAM, "GET").exchange(3));
        tally.add(Web.post(0, 500).ended(EndCause.CLOSED, EndedBy.CLIENT).exchange(4));
        assertThat(tally.duration().count()).isEqualTo(2);
        assertThat(tally.duration().min()).isEqualTo(25_000_000);
        assertThat(tally.duration().max()).isEqualTo(50_000_000);
        assertThat(tally.mcpExchanges()).isEqualTo(3);
        assertThat(tally.bytesSent()).isEqualTo(400);
        assertThat(tally.bytesReceived()).isEqualTo(4000);
    }
}
