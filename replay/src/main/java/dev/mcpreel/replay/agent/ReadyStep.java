package dev.mcpreel.replay.agent;

import dev.mcpreel.captures.exchange.StepKind;
import dev.mcpreel.captures.tap.RunTap;
import dev.mcpreel.captures.wire.Json;
import dev.mcpreel.replay.plan.Step;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A step with its names' numbers and, where nothing but the id is live, its message already written.
 *
 * @param method number of the method's name, 0 for none
 * @param tool number of the tool's name, 0 for none
 * @param written the message's members less version and id, from the first name to the closing brace; null where the
 *     message must be written anew each time
 */
record ReadyStep(Step step, int method, int tool, @Nullable Written written) {
    private static final String VERSION = "{\"jsonrpc\":\"2.0\",";

    /** Bytes that are never changed. */
    static final class Written {
        private final byte[] members;

        private Written(byte[] members) {
            this.members = members;
        }

        /** The whole message, with an id unless it is 0. */
        byte[] message(long id) {
            String head = id == 0 ? VERSION : VERSION + "\"id\":" + id + ",";
            byte[] start = head.getBytes(StandardCharsets.US_ASCII);
            byte[] whole = new byte[start.length + members.length];
            System.arraycopy(start, 0, whole, 0, start.length);
            System.arraycopy(members, 0, whole, start.length, members.length);
            return whole;
        }
    }

    static ReadyStep of(Step step, RunTap names) {
        int method = step.method().isEmpty() ? 0 : names.nameId(step.method());
        int tool = step.tool() == null ? 0 : names.nameId(step.tool());
        return new ReadyStep(step, method, tool, write(step));
    }

    private static @Nullable Written write(Step step) {
        JsonNode message = step.message();
        boolean live = !step.bindings().isEmpty()
                || (message != null && message.at(LiveMessages.PROGRESS_TOKEN).isValueNode());
        if (live || !(message instanceof ObjectNode object) || step.kind() == StepKind.STREAM) {
            return null;
        }
        ObjectNode members = object.deepCopy();
        members.remove("jsonrpc");
        members.remove("id");
        byte[] json = Json.write(members);
        byte[] tail = new byte[json.length - 1];
        System.arraycopy(json, 1, tail, 0, tail.length);
        return new Written(tail);
    }
}
