package dev.mcpreel.captures.redact;

import static dev.mcpreel.captures.redact.Redacting.mask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.exchange.Bytes;
import dev.mcpreel.captures.wire.SseEvent;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SseRedactionTest {
    private final Redacting redacting = Redacting.standard();

    @Test
    void event_data_isRedactedAndEveryOtherByteStays() {
        for (String end : List.of("\n", "\r", "\r\n")) {
            String block = ": ping" + end + "id:7" + end + "event: message" + end + "retry: 5" + end
                    + "data:{\"token\": \"abc\", \"x\":\"\u00fc\"}" + end + end;
            assertThat(redacting.event(block)).isEqualTo(block.replace("abc", mask("abc")));
        }
    }

    @Test
    void event_dataInSeveralLines_isOneText() {
        assertThat(redacting.event("data: {\"token\":\ndata: \"abc\",\r\ndata:\"b\":\"c\"}\n\n"))
                .isEqualTo("data: {\"token\":\ndata: \"" + mask("abc") + "\",\r\ndata:\"b\":\"c\"}\n\n");
        String key = "-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----";
        String redacted = redacting.event("data: a\ndata: " + key.replace("\n", "\ndata: ") + "\ndata: z\n\n");
        assertThat(redacted).isEqualTo("data: a\ndata: " + mask(key) + "\ndata: z\n\n");
        assertThat(SseEvent.parse(Bytes.utf8(redacted)).data()).isEqualTo("a\n" + mask(key) + "\nz");
    }

    @Test
    void event_nothingSecret_isTheSameObject() {
        Bytes block = Bytes.utf8("id: 4_8\ndata: {\"jsonrpc\":\"2.0\",\ndata: \"id\":1,\"result\":{}}\n\n");

        assertThat(redacting.redaction.event(block)).isSameAs(block);
    }

    @Test
    void event_endpoint_isAUrl() {
        for (String order : List.of("event: endpoint\n%s", "%sevent:endpoint\n")) {
            String data = "data: /messages/%s?sessionId=%s\n";
            assertThat(redacting.event(order.formatted(data.formatted("aZ0aZ0aZ0aZ0aZ0aZ0", "ab%2Dc")) + "\n"))
                    .isEqualTo(order.formatted(data.formatted(mask("aZ0aZ0aZ0aZ0aZ0aZ0"), mask("ab-c"))) + "\n");
        }
    }

    @Test
    void event_idsAndComments_loseKnownSecrets() {
        redacting.header("Mcp-Session-Id", "sess-12345");

        assertThat(redacting.event(": for sess-12345\nid: sess-12345_7\ndata:\n\n"))
                .isEqualTo(": for " + mask("sess-12345") + "\nid: " + mask("sess-12345") + "_7\ndata:\n\n");
    }

    @Test
    void event_requestIdMadeOfTheEndpointsSession_losesIt() {
        String session = "0f4c9b8e-57d1-4a6e-9c3d-d41a7be0c2f5";
        redacting.event("event: endpoint\ndata: /message?sessionId=" + session + "\n\n");

        for (String mark : List.of("-", "_", ".", ":", "/")) {
            String event = "data: {\"jsonrpc\":\"2.0\",\"id\":\"" + session + mark + "0\",\"method\":\"ping\"}\n\n";
            assertThat(redacting.event(event)).isEqualTo(event.replace(session, mask(session)));
            String answer = "{\"result\":{},\"id\":\"req" + mark + session + "\",\"jsonrpc\":\"2.0\"}";
            assertThat(redacting.body(answer)).isEqualTo(answer.replace(session, mask(session)));
        }
    }

    @Test
    void event_tailOrNoStreamAtAll_isSearchedAsWell() {
        assertThat(redacting.event("data: {\"token\":\"s3cret")).isEqualTo("data: {\"token\":\"" + mask("s3cret"));
        assertThat(redacting.event("{\"token\":\"s3cret\"}")).isEqualTo("{\"token\":\"" + mask("s3cret") + "\"}");
        assertThat(redacting.event("\uFEFFdata: {\"token\":\"s3cret\"}\n\n")).doesNotContain("s3cret");
        assertThat(redacting.event("data")).isEqualTo("data");
    }

    @Test
    void body_streamThatCameAsOne_isRedactedEventByEvent() {
        String stream = "data: {\"token\":\"abc\"}\n\nid: 5\ndata: {\"a\":1}\r\n\r\ndata: {\"token\":\"abc";
        Bytes redacted = redacting.redaction.body(Bytes.utf8(stream), MediaType.EVENTS);

        assertThat(redacted).isEqualTo(Bytes.utf8(stream.replace("abc", mask("abc"))));
        Bytes clear = Bytes.utf8("data: 1\n\ndata: 2");
        assertThat(redacting.redaction.body(clear, MediaType.EVENTS)).isSameAs(clear);
    }

    @Test
    void event_behindAByteOrderMark_isReadAsAnyOther() {
        assertThat(redacting.event("\uFEFFdata: {\"credentials\":\ndata: {\"key\":\"s3cret\"}}\n\n"))
                .isEqualTo("\uFEFFdata: {\"credentials\":\ndata: {\"key\":\"" + mask("s3cret") + "\"}}\n\n");
    }
}
