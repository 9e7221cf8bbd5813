package dev.mcpreel.captures.testkit.sim;

import dev.mcpreel.captures.exchange.Outcome;

/** What the server says, as the member of a response that holds it. */
final class Replies {
    static final int CODE = -32_602;

    static final String TOOL_ERROR =
            "\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"no such order\"}],\"isError\":true}";
    static final String RPC_ERROR = "\"error\":{\"code\":" + CODE + ",\"message\":\"Invalid params\"}";

    private Replies() {}

    static String text(String text) {
        return "\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"" + text + "\"}],\"resultType\":\"complete\"}";
    }

    static Outcome outcome(String member) {
        if (member.startsWith("\"error\"")) {
            return Outcome.RPC_ERROR;
        }
        return member.equals(TOOL_ERROR) ? Outcome.TOOL_ERROR : Outcome.OK;
    }
}
