package dev.mcpreel.captures.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(10)
class EndpointsTest {
    @ParameterizedTest
    @CsvSource({
        "/message?sessionId=1, /sse, /message?sessionId=1",
        "message?sessionId=1, /mcp/sse, /mcp/message?sessionId=1",
        "?sessionId=1, /mcp/sse, /mcp/sse?sessionId=1",
        "http://elsewhere:9/m/?session_id=a%20b, /sse, /m/?session_id=a%20b",
        "'no uri at all', /sse, 'no uri at all'"
    })
    void pathAndQuery_anySpelling_isSeenFromTheStream(String named, String stream, String expected) {
        assertThat(Endpoints.pathAndQuery(named, stream)).isEqualTo(expected);
    }

    @Test
    void key_pathPutInFront_isTheSameSession() {
        assertThat(Endpoints.key("/gateway/message?sessionId=1")).isEqualTo(Endpoints.key("/message?sessionId=1"));
        assertThat(Endpoints.key("/message?sessionId=2")).isNotEqualTo(Endpoints.key("/message?sessionId=1"));
        assertThat(Endpoints.key("/a?x=1")).isNotEqualTo(Endpoints.key("/b?x=1"));
    }

    @Test
    void namesSession_otherParameters_doNot() {
        assertThat(Endpoints.namesSession("/m?a=1&SESSION_ID=2")).isTrue();
        assertThat(Endpoints.namesSession("/m?obsession=2")).isFalse();
        assertThat(Endpoints.namesSession("/session=1")).isFalse();
    }

    @Test
    void pathAndQuery_veryLong_isCut() {
        assertThat(Endpoints.pathAndQuery("/" + "a".repeat(100_000), "/sse")).hasSize(2_048);
    }
}
