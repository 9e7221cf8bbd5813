package dev.mcpreel.captures.transfer;

import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.testkit.CaptureScript;
import dev.mcpreel.captures.testkit.ScriptedAgent;
import dev.mcpreel.captures.testkit.ScriptedExchange;
import java.util.List;

/** A stream that stays open while others come and go. */
final class LongTraffic {
    private LongTraffic() {}

    static List<CaptureEvent> events(int calls) {
        CaptureScript script = new CaptureScript();
        ScriptedExchange stream = script.exchange(0).request("GET", "/mcp").header("Accept", "text/event-stream");
        ScriptedAgent agent = script.agent("ann").startingAt(1).initialize();
        for (int i = 0; i < calls; i++) {
            agent.think(1).call("search").json(1);
        }
        stream.head(0.5, 200, "Content-Type", "text/event-stream").end(agent.now() + 1);
        return script.events();
    }
}
