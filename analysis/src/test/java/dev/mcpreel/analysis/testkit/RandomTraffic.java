package dev.mcpreel.analysis.testkit;

import dev.mcpreel.captures.exchange.EndCause;
import dev.mcpreel.captures.exchange.EndedBy;
import dev.mcpreel.captures.testkit.CaptureScript;
import dev.mcpreel.captures.testkit.ScriptedAgent;
import dev.mcpreel.captures.testkit.ScriptedCall;
import dev.mcpreel.captures.testkit.ScriptedExchange;
import java.util.List;
import java.util.Random;

/** Agents that do anything, some of it hostile: from a seed, so that a failure can be seen again. */
public final class RandomTraffic {
    private static final List<String> TOOLS = List.of(
            "a",
            "search_orders",
            "\\u001b[2J\\u202egnp",
            "検索ツール検索ツール検索ツール",
            "<script>alert(1)</script>",
            "a_tool_whose_name_is_longer_than_any_column_could_ever_be_in_a_terminal",
            "");

    private final Random random;
    private final CaptureScript script = new CaptureScript();

    private RandomTraffic(long seed) {
        random = new Random(seed);
    }

    public static CaptureScript script(long seed) {
        RandomTraffic traffic = new RandomTraffic(seed);
        int agents = 1 + traffic.random.nextInt(3);
        for (int i = 0; i < agents; i++) {
            traffic.agent("agent-" + i);
        }
        return traffic.script;
    }

    private void agent(String name) {
        ScriptedAgent agent = script.agent(name).startingAt(random.nextInt(5_000));
        if (random.nextInt(4) == 0) {
            agent.withoutSessionId();
        }
        agent.initialize();
        ScriptedExchange stream = random.nextBoolean() ? agent.stream() : null;
        int steps = random.nextInt(25);
        for (int i = 0; i < steps; i++) {
            agent.think(pause());
            step(agent);
        }
        if (stream != null) {
            stream.event(agent.now(), "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}");
            stream.end(agent.now() + 1, EndCause.CLOSED, EndedBy.CLIENT);
        }
        if (random.nextBoolean()) {
            agent.think(1).delete();
        }
    }

    private void step(ScriptedAgent agent) {
        switch (random.nextInt(8)) {
            case 0 -> agent.listTools();
            case 1 -> agent.ping();
            case 2 -> agent.reconnect().instance("http://10.0.0." + random.nextInt(3) + ":3001");
            case 3 -> agent.cancel(call(agent));
            case 4 ->
                agent.request("resources/read", "{\"uri\":\"file:///\\u0007\"}").json(pause());
            default -> answer(agent, call(agent));
        }
    }

    private ScriptedCall call(ScriptedAgent agent) {
        String tool = TOOLS.get(random.nextInt(TOOLS.size()));
        String arguments = "{\"q\":\"" + "x\\n".repeat(random.nextInt(60)) + "\",\"n\":" + random.nextInt(3) + "}";
        ScriptedCall call = agent.call(tool, arguments);
        return random.nextInt(3) == 0 ? call.background() : call;
    }

    private void answer(ScriptedAgent agent, ScriptedCall call) {
        double took = pause();
        switch (random.nextInt(7)) {
            case 0 -> call.toolError(took);
            case 1 -> call.rpcError(took, -32000 - random.nextInt(100), "no \\u001b[31m");
            case 2 -> call.http(took, 503, "upstream");
            case 3 -> call.giveUp(took);
            case 4 ->
                call.serverRequest(took / 3, "\"q" + agent.now() + "\"", "elicitation/create", took / 3)
                        .sse(took);
            case 5 -> call.neverEnded(took);
            default -> call.json(took, "{\"content\":[{\"type\":\"text\",\"text\":\"\\u202e" + took + "\"}]}");
        }
    }

    /** Milliseconds, from a few microseconds to some minutes. */
    private double pause() {
        return Math.pow(10, random.nextDouble() * 8 - 3);
    }
}
