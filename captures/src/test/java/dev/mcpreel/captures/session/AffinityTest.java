package dev.mcpreel.captures.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.exchange.BodyPart;
import dev.mcpreel.captures.exchange.ExchangeEvent;
import dev.mcpreel.captures.exchange.RequestHead;
import dev.mcpreel.captures.testkit.CaptureScript;
import dev.mcpreel.captures.testkit.ScriptedExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(10)
class AffinityTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String TRACEPARENT = "00-" + TRACE + "-00f067aa0ba902b7-01";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "conversationId",
                "vscode.conversationId",
                "conversation_id",
                "thread-id",
                "openai/session",
                "x.chatId"
            })
    void conversation_membersOfTheField_areFound(String member) {
        assertThat(Affinity.conversation(withMeta("\"" + member + "\":\"chat-7\"")))
                .isEqualTo("chat-7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"progressToken", "session", "threads", "conversation", "io.modelcontextprotocol/clientInfo"})
    void conversation_otherMembers_nameNone(String member) {
        assertThat(Affinity.conversation(withMeta("\"" + member + "\":\"chat-7\"")))
                .isNull();
    }

    @Test
    void conversation_emptyOrNoText_namesNone() {
        assertThat(Affinity.conversation(withMeta("\"conversationId\":\" \""))).isNull();
        assertThat(Affinity.conversation(withMeta("\"conversationId\":{\"a\":1}")))
                .isNull();
        assertThat(Affinity.conversation(withMeta("\"conversationId\":12"))).isEqualTo("12");
    }

    @Test
    void conversation_header_comesAfterMeta() {
        ScriptedExchange both = post("\"conversationId\":\"meta\"").header("x-conversation-id", "header");
        assertThat(Affinity.conversation(open(both))).isEqualTo("meta");
        assertThat(Affinity.conversation(open(post("").header("x-conversation-id", "header"))))
                .isEqualTo("header");
    }

    @Test
    void trace_inMetaOrHeader_isItsTraceId() {
        assertThat(Affinity.trace(withMeta("\"traceparent\":\"" + TRACEPARENT + "\"")))
                .isEqualTo(TRACE);
        assertThat(Affinity.trace(open(post("").header("Traceparent", TRACEPARENT))))
                .isEqualTo(TRACE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736"
            })
    void trace_malformed_isNone(String traceparent) {
        assertThat(Affinity.trace(open(post("").header("traceparent", traceparent))))
                .isNull();
    }

    @Test
    void token_isTold_withoutItself() {
        OpenExchange exchange = open(post("").header("Authorization", "Bearer secret-1"));
        assertThat(Affinity.token(exchange)).startsWith("token ").doesNotContain("secret");
        assertThat(Affinity.token(open(post("").header("Authorization", "Bearer secret-2"))))
                .isNotEqualTo(Affinity.token(exchange));
        assertThat(Affinity.token(open(post("")))).isNull();
    }

    @Test
    void path_query_isLeftOut() {
        assertThat(Affinity.path(open(post("").request("POST", "/rec/ann/mcp?x=1"))))
                .isEqualTo("/rec/ann/mcp");
    }

    @Test
    void header_veryLong_isCut() {
        assertThat(Affinity.header(open(post("").header("X-Agent", "a".repeat(5_000))), "x-agent"))
                .hasSize(256);
    }

    private static ScriptedExchange post(String meta) {
        return new CaptureScript()
                .exchange(0)
                .body("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"_meta\":{" + meta + "}}}");
    }

    private static OpenExchange withMeta(String meta) {
        return open(post(meta));
    }

    private static OpenExchange open(ScriptedExchange scripted) {
        OpenExchange exchange = null;
        for (ExchangeEvent event : scripted.events()) {
            if (event instanceof RequestHead head) {
                exchange = new OpenExchange(head, false);
            } else if (exchange != null && event instanceof BodyPart part) {
                exchange.part(part);
            }
        }
        if (exchange == null) {
            throw new AssertionError("no head");
        }
        return exchange;
    }
}
