package dev.mcpreel.analysis.testkit;

import static dev.mcpreel.analysis.testkit.Times.at;

import dev.mcpreel.analysis.summary.Summary;
import dev.mcpreel.captures.exchange.EndCause;
import dev.mcpreel.captures.exchange.EndedBy;
import dev.mcpreel.captures.exchange.Gap;
import dev.mcpreel.captures.exchange.LossReason;
import dev.mcpreel.captures.exchange.NameDefined;
import dev.mcpreel.captures.exchange.Outcome;
import dev.mcpreel.captures.exchange.RunSample;
import dev.mcpreel.captures.exchange.StepKind;
import dev.mcpreel.captures.session.ExchangeKind;
import dev.mcpreel.captures.session.KeyKind;
import dev.mcpreel.captures.store.Counts;
import dev.mcpreel.captures.store.Ending;
import dev.mcpreel.captures.store.Role;
import java.util.Map;

/** Two whole captures, for reports: a clean recording with a hostile tool, and a replay with everything wrong. */
public final class Samples {
    /** Clears the screen, forges a line, and turns text around, where it is printed unescaped. */
    public static final String HOSTILE_TOOL = "evil\u001b[2J\r\nFAKE: ok \u202egnp.exe";

    private Samples() {}

    public static Summary recorded() {
        Traffic traffic = new Traffic(Role.RECORDED)
                .session(
                        "s1",
                        KeyKind.SESSION_ID,
                        0,
                        9000,
                        Asked.method("initialize", 0, 5),
                        Asked.method("tools/list", 10, 14),
                        Asked.call("search_orders", 100, 112.5),
                        Asked.call("search_orders", 300, 310),
                        Asked.call("create_ticket", 1000, 1033),
                        Asked.call("monthly_report", 2000, 6200)
                                .firstEventAt(2010)
                                .answering(200),
                        Asked.call("flaky_lookup", 7000, 7004).ended(Outcome.TOOL_ERROR, 200),
                        Asked.call("flaky_lookup", 7100, 7102).ended(Outcome.RPC_ERROR, -32603))
                .session(
                        "s2",
                        KeyKind.CONNECTION,
                        4000,
                        10000,
                        Asked.method("initialize", 4000, 4006),
                        Asked.call("search_orders", 4100, 4111),
                        Asked.call(HOSTILE_TOOL, 4200, 4200.25))
                .exchange(Web.post(0, 9000).as(ExchangeKind.STREAM, "GET").ended(EndCause.CLOSED, EndedBy.CLIENT))
                .exchange(
                        Web.post(9990, 10000).as(ExchangeKind.DELETE, "DELETE").status(405));
        Counts counts = new Counts(13, 13, Map.of(), Map.of(), 64, 20_000, 0, 0);
        return Summary.of(Manifests.recorded(Ending.COMPLETE, counts), traffic.analysis());
    }

    public static Summary replayed() {
        Traffic traffic = new Traffic(Role.REPLAYED)
                .event(new NameDefined(at(0), 1, "initialize"))
                .event(new NameDefined(at(0), 2, "tools/call"))
                .event(new NameDefined(at(0), 3, "search_orders"))
                .event(new NameDefined(at(0), 4, "monthly_report_of_the_northern_region"))
                .event(new NameDefined(at(0), 5, "get_ticket"));
        for (int agent = 0; agent < 2; agent++) {
            double start = 1000 * agent;
            traffic.step(Stepped.request(agent, 0, 1, 0, start + 0.4, start + 6).planned(start, start + 0.25))
                    .step(Stepped.request(agent, 1, 2, 3, start + 100.5, start + 150)
                            .planned(start + 110, start + 100))
                    .step(Stepped.request(agent, 2, 2, 3, start + 500, start + 520)
                            .ended(Outcome.RPC_ERROR, agent == 0 ? -32602 : -32603))
                    .step(Stepped.request(agent, 3, 2, 4, start + 600, start + 60_600)
                            .ended(Outcome.DEADLINE, 0))
                    .step(Stepped.request(agent, 4, 2, 5, 0, 0).unsent(Outcome.SKIPPED))
                    .step(Stepped.request(agent, 5, 2, 3, start + 61_000, start + 61_020))
                    .step(Stepped.request(agent, 6, 0, 0, start + 61_050, start + 61_051)
                            .planned(start + 61_050 + 40 * agent - 25, start + 61_050)
                            .kind(StepKind.DELETE))
                    .exchange(Web.post(start + 0.4, start + 6))
                    .exchange(Web.post(start + 100.5, start + 150))
                    .exchange(Web.post(start + 500, start + 520))
                    .exchange(Web.post(start + 600, start + 60_600).status(0).ended(EndCause.TIMED_OUT, EndedBy.CLIENT))
                    .exchange(Web.post(start + 61_000, start + 61_020))
                    .exchange(Web.post(start + 61_050, start + 61_051).as(ExchangeKind.DELETE, "DELETE"));
        }
        traffic.event(new RunSample(at(1000), 1_000_000_000L, 250, 400, 1, 1, 1, 5, 5, 1_500_000, 0))
                .event(new RunSample(at(62_000), 1_000_000_000L, 1250, 900, 0, 0, 0, 12, 13, 230_000_000, 0))
                .event(new Gap(at(30_000), LossReason.LANE_FULL, 0, 2, 10, 4096));
        Counts counts = new Counts(14, 12, Map.of("health", 1L), Map.of(LossReason.LANE_FULL, 2L), 90, 9000, 14, 0);
        return Summary.of(
                Manifests.replayed(
                        Ending.STOPPED,
                        counts,
                        false,
                        "only 92.3 % of the due steps were sent, and 99 % are wanted",
                        "an event loop stood still for 230 ms, and 200 ms are the most allowed"),
                traffic.analysis());
    }
}
