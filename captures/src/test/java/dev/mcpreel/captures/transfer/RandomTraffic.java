package dev.mcpreel.captures.transfer;

import dev.mcpreel.captures.exchange.BodyState;
import dev.mcpreel.captures.exchange.Bytes;
import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.Direction;
import dev.mcpreel.captures.exchange.EndCause;
import dev.mcpreel.captures.exchange.EndedBy;
import dev.mcpreel.captures.exchange.ExchangeCounts;
import dev.mcpreel.captures.exchange.Gap;
import dev.mcpreel.captures.exchange.Headers;
import dev.mcpreel.captures.exchange.LossReason;
import dev.mcpreel.captures.exchange.Trailers;
import dev.mcpreel.captures.exchange.UpstreamChoice;
import dev.mcpreel.captures.exchange.UpstreamFailed;
import dev.mcpreel.captures.exchange.UpstreamPick;
import dev.mcpreel.captures.testkit.CaptureScript;
import dev.mcpreel.captures.testkit.ScriptedAgent;
import dev.mcpreel.captures.testkit.ScriptedExchange;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Agents that do anything, the same for the same seed. */
final class RandomTraffic {
    private static final String[] TEXTS = {
        "late", "žluť", "日本語 \\u0000 \\ud83d\\ude00", "</script>${x}`", "a\\u2028b", "\\u001b[31m", ""
    };

    private final Random random;
    private final CaptureScript script = new CaptureScript();

    RandomTraffic(long seed) {
        random = new Random(seed);
    }

    List<CaptureEvent> events() {
        int agents = 1 + random.nextInt(4);
        for (int i = 0; i < agents; i++) {
            agent("agent" + i);
        }
        foreign();
        return script.events();
    }

    private void agent(String name) {
        ScriptedAgent agent = script.agent(name).startingAt(random.nextInt(5_000));
        if (random.nextInt(4) == 0) {
            agent.withoutSessionId();
        }
        if (random.nextBoolean()) {
            agent.coalesced();
        }
        agent.initialize();
        ScriptedExchange stream = random.nextInt(3) == 0 ? agent.stream() : null;
        double streamed = agent.now() + 1;
        int steps = random.nextInt(25);
        for (int i = 0; i < steps; i++) {
            agent.think(random.nextInt(20) == 0 ? 2_000_000 : random.nextInt(3_000));
            step(agent);
            if (stream != null && random.nextInt(4) == 0) {
                streamed = Math.max(streamed + 1, agent.now());
                stream.event(streamed, "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\"}");
            }
        }
        if (stream != null && random.nextBoolean()) {
            stream.tail(Math.max(streamed, agent.now()) + 1, "data: half").end(Math.max(streamed, agent.now()) + 2);
        }
        if (random.nextBoolean()) {
            agent.delete();
        }
    }

    private void step(ScriptedAgent agent) {
        String arguments = "{\"q\":\"" + TEXTS[random.nextInt(TEXTS.length)] + "\",\"n\":" + random.nextLong() + "}";
        switch (random.nextInt(14)) {
            case 0 -> agent.listTools();
            case 1 -> agent.ping();
            case 2 -> agent.call("slow", arguments).progress(20).progress(90).sse(120);
            case 3 -> agent.call("broken", arguments).toolError(30);
            case 4 -> agent.call("refused", arguments).http(30, 503, "no healthy upstream");
            case 5 -> agent.call("unknown", arguments).rpcError(10, -32602, "no such tool");
            case 6 -> agent.call("cut", arguments).cut(70);
            case 7 -> agent.call("given_up", arguments).giveUp(900);
            case 8 -> agent.call("never", arguments).neverEnded(5);
            case 9 -> agent.call("reset", arguments).ended(12, EndCause.RESET, EndedBy.UPSTREAM);
            case 10 -> agent.post("not json at all").head(agent.now() + 2, 400).end(agent.now() + 3);
            case 11 -> agent.notify("notifications/roots/list_changed", "{}");
            default -> agent.call("search", arguments).json(random.nextInt(250));
        }
    }

    private void foreign() {
        byte[] noise = new byte[random.nextInt(300)];
        random.nextBytes(noise);
        ScriptedExchange image = script.exchange(random.nextInt(9_000))
                .request("GET", "/favicon.ico")
                .connection(77);
        image.upstream(9_001).head(9_002, 200, "Content-Type", "image/png");
        image.answer(9_003, 9_004, Bytes.owned(noise), BodyState.WHOLE).end(9_005);
        script.exchange(10_000)
                .unkeptBody(BodyState.TOO_LARGE)
                .head(10_001, 200)
                .end(10_002);
        script.exchange(10_003).unkeptBody(BodyState.LOST_IN_PART).unkeptEvent(10_004, BodyState.OMITTED);
        script.other(new Gap(CaptureScript.at(3_000), LossReason.LANE_FULL, 1, 2, 3, 4));
        script.other(new UpstreamFailed(
                image.id(),
                77,
                CaptureScript.at(9_000.5),
                new UpstreamPick("b", UpstreamChoice.REBOUND, "a"),
                "refused",
                7));
        // Of an exchange whose beginning was lost.
        script.other(new Trailers(100_000, 78, CaptureScript.at(4_001), Direction.REQUEST, Headers.EMPTY));
        script.other(new Trailers(
                image.id(),
                77,
                CaptureScript.at(9_004.5),
                Direction.RESPONSE,
                Headers.of("Server-Timing", "db;dur=5")));
        script.other(new ExchangeCounts(
                CaptureScript.at(5_000),
                9,
                4,
                new TreeMap<>(Map.of("except path:/health", 2L)),
                Map.of(LossReason.LANE_FULL, 2L),
                1));
    }
}
