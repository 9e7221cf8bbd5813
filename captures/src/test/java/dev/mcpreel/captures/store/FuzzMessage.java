package dev.mcpreel.captures.store;

import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A request's body with random members in a random order.
 *
 * @param method null for an answer
 * @param tool null for anything but a call
 * @param methodAt where the text of the method ends
 * @param toolAt where the name of the tool ends
 */
record FuzzMessage(
        String json, @Nullable String method, @Nullable String tool, int methodAt, int toolAt) {
    private static final String[] METHODS = {
        "tools/call", "tools/call", "tools/call", "tools/list", "ping", "initialize", "notifications/initialized", ""
    };
    private static final String[] TOOLS = {"search", "echo", "fetch"};

    static FuzzMessage random(SplittableRandom random, int padding) {
        String method = METHODS[random.nextInt(METHODS.length)];
        if (method.isEmpty()) {
            String json = "{\"jsonrpc\":\"2.0\",\"id\":3,\"result\":{\"name\":\"echo\",\"method\":\"ping\"}}";
            return new FuzzMessage(json, null, null, 0, 0);
        }
        String tool = method.equals("tools/call") ? TOOLS[random.nextInt(TOOLS.length)] : null;
        StringBuilder json = new StringBuilder("{");
        boolean paramsFirst = random.nextBoolean();
        int toolAt = paramsFirst ? params(json, tool, random, padding) : 0;
        json.append("\"id\":").append(random.nextInt()).append(",\"method\":\"").append(method);
        int methodAt = json.append('"').length();
        if (!paramsFirst) {
            json.append(',');
            toolAt = params(json, tool, random, padding);
            json.setLength(json.length() - 1);
        }
        return new FuzzMessage(json.append('}').toString(), method, tool, methodAt, toolAt);
    }

    /** Returns where the name ends. */
    private static int params(StringBuilder json, @Nullable String tool, SplittableRandom random, int padding) {
        String arguments =
                "\"arguments\":{\"name\":\"echo\",\"method\":\"ping\",\"text\":\"" + "x".repeat(padding) + "\"}";
        boolean nameFirst = random.nextBoolean();
        json.append("\"params\":{");
        if (!nameFirst) {
            json.append(arguments).append(tool == null ? "" : ",");
        }
        int at = tool == null
                ? 0
                : json.append("\"name\":\"").append(tool).append('"').length();
        if (nameFirst) {
            json.append(tool == null ? "" : ",").append(arguments);
        }
        json.append("},");
        return at;
    }
}
