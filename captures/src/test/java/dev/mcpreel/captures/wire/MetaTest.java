package dev.mcpreel.captures.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(10)
class MetaTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    @Test
    void progressToken_keepsItsType() {
        assertThat(Meta.progressToken(call("{'progressToken':7}"))).isEqualTo(new RpcId("7", true));
        assertThat(Meta.progressToken(call("{'progressToken':'7'}"))).isEqualTo(new RpcId("7", false));
        assertThat(Meta.progressToken(call("{'progressToken':null}"))).isNull();
        assertThat(Meta.progressToken(call("{}"))).isNull();
        assertThat(Meta.progressToken(Wire.told(
                        "notifications/progress", "{'progressToken':0,'progress':0.5,'total':1,'message':'half'}")))
                .isEqualTo(new RpcId("0", true));
        assertThat(Meta.progressToken(Wire.told("notifications/message", "{'progressToken':0}")))
                .isNull();
    }

    @Test
    void cancelledRequest_isThatOfCancellationsOnly() {
        assertThat(Meta.cancelledRequest(
                        Wire.told("notifications/cancelled", "{'requestId':'ab-3','reason':'timed out'}")))
                .isEqualTo(new RpcId("ab-3", false));
        assertThat(Meta.cancelledRequest(Wire.told("notifications/cancelled", "{}")))
                .isNull();
        assertThat(Meta.cancelledRequest(Wire.told("notifications/progress", "{'requestId':1}")))
                .isNull();
    }

    @Test
    void subscriptionId_isReadFromNotificationsAndTheClosingResult() {
        String meta = "{'_meta':{'io.modelcontextprotocol/subscriptionId':'3'}}";
        assertThat(Meta.subscriptionId(Wire.told("notifications/subscriptions/acknowledged", meta)))
                .isEqualTo(new RpcId("3", false));
        assertThat(Meta.subscriptionId(Wire.result(meta))).isEqualTo(new RpcId("3", false));
        assertThat(Meta.subscriptionId(Wire.told("x", "{'_meta':{'io.modelcontextprotocol/subscriptionId':3}}")))
                .isEqualTo(new RpcId("3", true));
        assertThat(Meta.subscriptionId(Wire.told("x", "{}"))).isNull();
    }

    @Test
    void traceId_isThatOfAValidTraceparent() {
        assertThat(Meta.traceId(call("{'traceparent':'00-" + TRACE + "-00f067aa0ba902b7-01'}")))
                .isEqualTo(TRACE);
        assertThat(Meta.traceId(call("{'traceparent':7}"))).isNull();
        assertThat(Meta.traceId(call("{}"))).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00",
                " 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 ",
                "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-what-the-future-brings"
            })
    void traceId_validAndOfLaterVersions_isRead(String traceparent) {
        assertThat(TraceContext.traceId(traceparent)).isEqualTo(TRACE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
                "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01.more",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "4bf92f3577b34da6a3ce929d0e0e4736",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7"
            })
    void traceId_invalid_isNone(String traceparent) {
        assertThat(TraceContext.traceId(traceparent)).isNull();
    }

    @Test
    void traceId_long_isNotLookedAt() {
        assertThat(TraceContext.traceId("cc-" + TRACE + "-00f067aa0ba902b7-01-" + "a".repeat(1_000_000)))
                .isNull();
        assertThat(TraceContext.traceId(null)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "vscode.conversationId",
        "threadId",
        "openai/session",
        "com.example/conversation-id",
        "conversation_id",
        "x.chatId",
        "conversation"
    })
    void conversation_keysOfHosts_areFound(String key) {
        assertThat(Meta.conversation(call("{'progressToken':1,'" + key + "':'c-1'}")))
                .isEqualTo(new ConversationId(key, "c-1"));
    }

    @Test
    void conversation_severalKeys_theKnownOneCounts() {
        assertThat(Meta.conversation(
                        call("{'conversationId':'a','sessionId':'family','threadId':'chat','vscode.requestId':'r'}")))
                .isEqualTo(new ConversationId("threadId", "chat"));
        assertThat(Meta.conversation(call("{'conversationId':'','other/conversationId':12}")))
                .isEqualTo(new ConversationId("other/conversationId", "12"));
    }

    @Test
    void conversation_noIdAtAll_isNone() {
        assertThat(Meta.conversation(call("{'sessionId':'s','vscode.requestId':'r','conversationId':{'id':1}}")))
                .isNull();
        assertThat(Meta.conversation(call("{'conversationId':'" + "x".repeat(RpcId.LONGEST + 1) + "'}")))
                .isNull();
        assertThat(Meta.conversation(call("7"))).isNull();
    }

    @Test
    void value_ofAnyKey_isTextOrNumber() {
        assertThat(Meta.value(call("{'com.acme/agent':'ann','n':5,'o':{}}"), "com.acme/agent"))
                .isEqualTo("ann");
        assertThat(Meta.value(call("{'n':5}"), "n")).isEqualTo("5");
        assertThat(Meta.value(call("{'o':{}}"), "o")).isNull();
        assertThat(Meta.value(call("{'e':''}"), "e")).isNull();
        assertThat(Meta.value(Wire.result("{'_meta':{'a':'b'}}"), "a")).isEqualTo("b");
    }

    private static JsonRpcMessage.Request call(String meta) {
        return Wire.request("tools/call", "{'name':'a','_meta':" + meta + "}");
    }
}
