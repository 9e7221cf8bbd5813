package dev.mcpreel.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mcpreel.demo.DemoRun.AgentRun;
import dev.mcpreel.demo.DemoRun.Call;
import dev.mcpreel.demo.DemoRun.Outcome;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class DemoAgentsTest {
    private DemoServer server;

    @BeforeEach
    void start() throws Exception {
        server = DemoServer.start(DemoServer.Options.defaults());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void run_endsWithEveryCallTheServerSaw() throws InterruptedException {
        DemoRun run = DemoAgents.run(DemoAgents.Options.defaults(server.uri()).withTimeScale(0.02));

        assertThat(run.errors()).isEmpty();
        assertThat(run.agents()).hasSize(4).allSatisfy(DemoAgentsTest::didAllAnAgentDoes);
        assertThat(run.callsByTool()).isEqualTo(server.calls());
        assertThat(run.calls()).extracting(Call::outcome).contains(Outcome.OK, Outcome.TOOL_ERROR);
        assertThat(run.calls())
                .filteredOn(call -> !call.tool().equals("flaky_lookup"))
                .allMatch(call -> call.outcome() == Outcome.OK);
        Received received = server.received();
        assertThat(received.at("GET", "/mcp").requests()).isEqualTo(4);
        assertThat(received.at("DELETE", "/mcp").requests()).isEqualTo(4);
        // Beside the calls, each agent posts initialize, initialized and tools/list.
        assertThat(received.at("POST", "/mcp").requests()).isEqualTo(run.calls().size() + 3 * 4);
    }

    @Test
    void run_againstNobody_saysSoForEveryAgent() throws InterruptedException {
        server.close();

        DemoRun run = DemoAgents.run(new DemoAgents.Options(server.uri(), 2, 1, 0));

        assertThat(run.calls()).isEmpty();
        assertThat(run.errors()).hasSize(2).allMatch(error -> error.startsWith("agent "));
    }

    @Test
    void options_thatCannotBeRun_areRefused() {
        URI target = server.uri();
        assertThatThrownBy(() -> new DemoAgents.Options(target, 0, 1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DemoAgents.Options(target, 1, 1, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static void didAllAnAgentDoes(AgentRun agent) {
        List<String> tools = agent.calls().stream().map(Call::tool).toList();
        assertThat(tools)
                .contains("search_orders", "create_ticket", "get_ticket", "monthly_report", "flaky_lookup")
                .hasSizeBetween(12, 26);
        assertThat(tools.indexOf("create_ticket")).isLessThan(tools.indexOf("get_ticket"));
        assertThat(agent.progressSeen()).isGreaterThanOrEqualTo(4);
        Map<Integer, Long> widths =
                agent.calls().stream().collect(Collectors.groupingBy(Call::leg, Collectors.counting()));
        assertThat(widths.values()).anyMatch(width -> width > 1).allMatch(width -> width <= 4);
    }
}
