package dev.mcpreel.replay.agent;

import dev.mcpreel.captures.wire.Json;
import dev.mcpreel.captures.wire.JsonRpcMessage;
import dev.mcpreel.replay.plan.ServerAnswer;
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
    private final Post post;

    /** Runs something on the agent's loop at a moment of the monotonic clock. */
    interface Delay {
        void at(long nanos, Runnable task);
    }

    /** Sends an answer through one of the agent's transport sessions. */
    interface Post {
        void answer(int session, byte[] body);
    }

    ServerAsks(Stage stage, RecordedAnswers answers, Delay delay, Post post) {
        this.stage = stage;
        this.answers = answers;
        this.delay = delay;
        this.post = post;
    }

    /** @param on the step whose stream carried the request */
    void asked(Flight on, JsonRpcMessage.Request request, long nanos) {
        Flight during = on.isStream() ? null : on;
        int session = on.step().session();
        JsonNode id = request.node().path("id");
        if (request.id() == null) {
            return;
        }
        if (request.method().equals("ping")) {
            post.answer(session, LiveMessages.answer(id, false, Json.mapper().createObjectNode()));
            return;
        }
        ServerAnswer recorded = answers.next(
                request.method(), during == null ? -1 : during.step().index());
        if (recorded == null) {
            post.answer(session, LiveMessages.answer(id, true, notFound(request.method())));
            return;
        }
        byte[] answer = LiveMessages.answer(id, recorded.error(), recorded.body());
        if (during != null) {
            during.own.begin(nanos);
        }
        delay.at(nanos + stage.atSpeed(recorded.answeringNanos()), () -> {
            post.answer(session, answer);
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
