package dev.mcpreel.replay.bind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.exchange.Bytes;
import dev.mcpreel.captures.redact.MediaType;
import dev.mcpreel.captures.redact.Redaction;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Values that a capture has as hashes only are bound to live ones as any other. */
@Timeout(20)
class RedactedFlowsTest {
    private final Redaction redaction = Redaction.standard();

    @Test
    void secretByName_flowsFromAnswerToRequest() {
        Flow flow = new Flow()
                .call("log_in", "{}", redacted("{\"structuredContent\":{\"session_token\":\"tok-1a2b3c4d\"}}"))
                .call("list", redacted("{\"token\":\"tok-1a2b3c4d\"}"), "{}");

        assertThat(flow.liveArguments(1, 0, "{\"structuredContent\":{\"session_token\":\"tok-live\"}}"))
                .isEqualTo("{\"token\":\"tok-live\"}");
    }

    @Test
    void secretInAText_isFoundByWhatStandsAroundWhateverItIsMadeOf() {
        for (String recorded : List.of("tok-1a2b3c4d", "9f3c7a21", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln")) {
            Flow flow = new Flow()
                    .call(
                            "log_in",
                            "{}",
                            redacted(Flow.textResult("Welcome.\nSession token: " + recorded + ", valid 1 h")))
                    .call("list", redacted("{\"token\":\"" + recorded + "\"}"), "{}");

            for (String live : List.of("tok-1", "77abc", "eyJ0.eyJ_1-x.c2ln")) {
                assertThat(flow.liveArguments(
                                1, 0, Flow.textResult("Welcome.\nSession token: " + live + ", valid 2 h")))
                        .isEqualTo("{\"token\":\"" + live + "\"}");
            }
        }
    }

    @Test
    void secretInAUrl_isCarriedIntoAnotherUrl() {
        Flow flow = new Flow()
                .call("open", "{}", redacted("{\"structuredContent\":{\"session_id\":\"s-1a2b3c4d\"}}"))
                .call("get", redacted("{\"url\":\"https://h/x?session_id=s-1a2b3c4d&y=1\"}"), "{}");

        assertThat(flow.liveArguments(1, 0, "{\"structuredContent\":{\"session_id\":\"s-77\"}}"))
                .isEqualTo("{\"url\":\"https://h/x?session_id=s-77&y=1\"}");
    }

    private String redacted(String json) {
        Bytes redacted = redaction.body(Bytes.utf8(json), MediaType.TEXT);
        assertThat(redacted).isNotNull();
        assertThat(String.valueOf(redacted == null ? "" : redacted.utf8())).contains("redacted:");
        return redacted == null ? "" : redacted.utf8();
    }
}
