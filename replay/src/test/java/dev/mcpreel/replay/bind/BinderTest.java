package dev.mcpreel.replay.bind;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

@Timeout(20)
class BinderTest {
    private static final Source ID = new Source.Pointer(JsonPointer.compile("/id"));

    @Test
    void resolve_whatIsNoValue_isEmpty() {
        assertThat(Binder.resolve(ID, Flow.json("{}"))).isEmpty();
        assertThat(Binder.resolve(ID, Flow.json("{\"id\":null}"))).isEmpty();
        assertThat(Binder.resolve(ID, Flow.json("{\"id\":{}}"))).isEmpty();
        assertThat(Binder.resolve(ID, Flow.json("[1]"))).isEmpty();
        Source inText = new Source.TextPointer(JsonPointer.compile("/t"), JsonPointer.compile("/id"));
        assertThat(Binder.resolve(inText, Flow.json("{\"t\":\"not JSON\"}"))).isEmpty();
        assertThat(Binder.resolve(inText, Flow.json("{\"t\":5}"))).isEmpty();
    }

    @Test
    void apply_leavesTheRecordedMessageAlone() {
        JsonNode recorded = Flow.json("{\"params\":{\"list\":[\"x\",\"a-1\"]}}");
        Bound bound = Binder.apply(recorded, List.of(whole("/params/list/1")), step -> Flow.json("{\"id\":\"b-2\"}"));

        assertThat(bound.message()).hasToString("{\"params\":{\"list\":[\"x\",\"b-2\"]}}");
        assertThat(recorded).hasToString("{\"params\":{\"list\":[\"x\",\"a-1\"]}}");
    }

    @Test
    void apply_withoutLiveValue_namesTheBinding() {
        Binding binding = whole("/params/a");
        Bound bound = Binder.apply(Flow.json("{\"params\":{\"a\":\"a-1\"}}"), List.of(binding), step -> null);

        assertThat(bound.isComplete()).isFalse();
        assertThat(bound.missing()).containsExactly(binding);
    }

    @Test
    void apply_liveValueOfAnotherType_keepsTheRecordedTypeWhereItCan() {
        assertThat(put("5", "\"77\"")).isEqualTo("77");
        assertThat(put("5", "\"x-7\"")).isEqualTo("\"x-7\"");
        assertThat(put("\"5\"", "77")).isEqualTo("\"77\"");
        assertThat(put("5", "\"" + "9".repeat(1_000) + "\"")).isEqualTo("\"" + "9".repeat(1_000) + "\"");
    }

    @Test
    void apply_partsOfOneString_areAllReplaced() {
        JsonPointer at = JsonPointer.compile("/u");
        Bound bound = Binder.apply(
                Flow.json("{\"u\":\"/a1/b2/\"}"),
                List.of(new Binding(at, 1, 3, 0, ID, "a1"), new Binding(at, 4, 6, 1, ID, "b2")),
                step -> Flow.json(step == 0 ? "{\"id\":\"longer\"}" : "{\"id\":7}"));

        assertThat(bound.message()).hasToString("{\"u\":\"/longer/7/\"}");
    }

    private static Binding whole(String at) {
        return new Binding(JsonPointer.compile(at), 0, Binding.WHOLE, 0, ID, "a-1");
    }

    private static String put(String recorded, String live) {
        return Binder.apply(
                        Flow.json("{\"v\":" + recorded + "}"),
                        List.of(whole("/v")),
                        step -> Flow.json("{\"id\":" + live + "}"))
                .message()
                .path("v")
                .toString();
    }
}
