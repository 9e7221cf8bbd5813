package dev.mcpreel.analysis.testkit;

import dev.mcpreel.captures.exchange.ClockAnchor;
import dev.mcpreel.captures.exchange.EndCause;
import dev.mcpreel.captures.exchange.EndedBy;
import dev.mcpreel.captures.session.AgentSession;
import dev.mcpreel.captures.session.SessionOptions;
import dev.mcpreel.captures.testkit.CaptureScript;
import dev.mcpreel.captures.testkit.CollectedSessions;
import dev.mcpreel.captures.testkit.ScriptedAgent;
import dev.mcpreel.captures.testkit.ScriptedCall;
import dev.mcpreel.captures.testkit.ScriptedExchange;

/** An agent at work, with about everything that can happen to it. */
public final class Working {
    /** Ties the script's times to the wall clock. */
    public static final ClockAnchor ANCHOR = new ClockAnchor(CaptureScript.at(0), 1_800_000_000_000_000_000L);

    private static final String TOOLS =
            "{\"tools\":[{\"name\":\"search_orders\",\"inputSchema\":{\"type\":\"object\"}},"
                    + "{\"name\":\"monthly_report\",\"inputSchema\":{\"type\":\"object\"}},"
                    + "{\"name\":\"flaky_lookup\",\"inputSchema\":{\"type\":\"object\"}}]}";

    private Working() {}

    /** A session kept whole. */
    public static AgentSession session() {
        return CollectedSessions.of(script(), SessionOptions.defaults().keepingExchanges())
                .session();
    }

    /** Two bursts, one of them parallel, a retry on another instance, a cancellation, a question of the server. */
    public static CaptureScript script() {
        CaptureScript script = new CaptureScript();
        ScriptedAgent ann = script.agent("support-agent");
        ann.request("server/discover", "{}").rpcError(4, -32601, "Method not found");
        ann.initialize();
        ScriptedExchange stream = ann.stream();
        ann.think(3).request("tools/list", "{}").json(12, TOOLS);
        ann.think(4_210)
                .call("search_orders", "{\"query\":\"late orders of march\",\"limit\":20}")
                .json(180, text("3 orders found:\\n#1001 late by 4 days\\n#1002 late by 2 days\\n#1007 lost"));
        parallel(ann);
        ann.think(300).call("flaky_lookup", "{\"order\":1001}").http(30, 503, "no healthy upstream");
        ann.think(700)
                .instance("http://10.0.0.8:3001")
                .call("flaky_lookup", "{\"order\":1001}")
                .json(45, text("found at \\u001b[31mdepot 7"));
        stream.event(ann.now() + 100, "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}");
        ann.think(252_000);
        ann.call("draft_reply", "{\"order\":1001,\"tone\":\"sorry\"}")
                .serverRequest(120, "\"srv-1\"", "elicitation/create", 1_800)
                .sse(2_300, text("Dear customer"));
        ScriptedCall slow = ann.think(900)
                .request(
                        "tools/call",
                        "{\"name\":\"monthly_report\",\"arguments\":{\"month\":\"2026-03\"},"
                                + "\"_meta\":{\"progressToken\":10}}")
                .background();
        slow.progress(400).progress(900).progress(1_400);
        ann.think(2_000).cancel(slow);
        slow.ended(2_010, EndCause.CLOSED, EndedBy.CLIENT);
        ann.think(600).ping();
        ann.think(5_000).call("send_reply", "{\"order\":1001}").toolError(75);
        ann.think(500).delete();
        stream.end(ann.now(), EndCause.CLOSED, EndedBy.UPSTREAM);
        return script;
    }

    private static void parallel(ScriptedAgent ann) {
        ann.think(820);
        double at = ann.now();
        ann.call("get_order", "{\"order\":1001}").background().json(210, text("4 days late"));
        ann.think(2).call("get_order", "{\"order\":1002}").background().json(640, text("2 days late"));
        ann.think(2).call("get_order", "{\"order\":1007}").background().rpcError(90, -32602, "no such order");
        ann.clock(at + 640);
    }

    private static String text(String text) {
        return "{\"content\":[{\"type\":\"text\",\"text\":\"" + text + "\"}]}";
    }
}
