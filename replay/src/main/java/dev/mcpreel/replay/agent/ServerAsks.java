package dev.mcpreel.replay.agent;

import dev.mcpreel.captures.wire.Json;
import dev.mcpreel.captures.wire.JsonRpcMessage;
import dev.mcpreel.replay.plan.ServerAnswer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers the requests a server makes of its client: a ping at once, anything else as the recorded agent did and after
 * the time it took (revision 2025-11-25: ping, sampling, elicitation, roots). What the recording never answered is
 * answered as a method that is not there. Confined to the agent's event loop.
 */
final class ServerAsks {
    private static final int METHOD_NOT_FOUND = -32601;

    private final Stage stage;
    private final RecordedAnswers answers;
    private final Delay delay;
    private final Consumer<byte[]> post;

    /** Runs something on the agent's loop at a moment of the monotonic clock. */
    interface Delay {
        void at(long nanos, Runnable task);
    }

    ServerAsks(Stage stage, RecordedAnswers answers, Delay delay, Consumer<byte[]> post) {
        this.stage = stage;
        this.answers = answers;
        this.delay = delay;
        this.post = post;
    }

    /** @param during the step whose stream carried the request, null for the standalone stream */
    void asked(@Nullable Flight during, JsonRpcMessage.Request request, long nanos) {
        JsonNode id = request.node().path("id");
        if (request.id() == null) {
            return;
        }
        if (request.method().equals("ping")) {
            post.accept(LiveMessages.answer(id, false, Json.mapper().createObjectNode()));
            return;
        }
        ServerAnswer recorded = answers.next(
                request.method(), during == null ? -1 : during.step().index());
        if (recorded == null) {
            post.accept(LiveMessages.answer(id, true, notFound(request.method())));
            return;
        }
        byte[] answer = LiveMessages.answer(id, recorded.error(), recorded.body());
        if (during != null) {
            during.own.begin(nanos);
        }
        delay.at(nanos + stage.atSpeed(recorded.answeringNanos()), () -> {
            post.accept(answer);
            if (during != null) {
                during.own.end(stage.nanoTime());
            }
        });
    }

    private static ObjectNode notFound(String method) {
        return Json.mapper()
                .createObjectNode()
                .put("code", METHOD_NOT_FOUND)
                .put("message", "Method not found: " + method);
    }
}
