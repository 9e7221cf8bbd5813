package dev.mcpreel.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ProgressNotification;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class DemoServerTest {
    private final List<ProgressNotification> progress = new CopyOnWriteArrayList<>();
    private final List<McpSyncClient> clients = new ArrayList<>();
    private DemoServer server;

    @BeforeEach
    void start() throws IOException {
        server = DemoServer.start(DemoServer.Options.defaults());
    }

    @AfterEach
    void stop() {
        clients.forEach(McpSyncClient::closeGracefully);
        server.close();
    }

    @Test
    void listTools_tellsTheTruthAboutWhatChangesThings() {
        Map<String, Boolean> readOnly = client().listTools().tools().stream()
                .collect(Collectors.toMap(Tool::name, tool -> tool.annotations().readOnlyHint()));

        assertThat(readOnly)
                .isEqualTo(Map.of(
                        "search_orders", true,
                        "create_ticket", false,
                        "get_ticket", true,
                        "monthly_report", true,
                        "flaky_lookup", true));
    }

    @Test
    void searchOrders_answersTheSameInTextAndStructure() {
        CallToolResult result = call(client(), "search_orders", Map.of("customer", "Corvid Coffee", "limit", 3));

        assertThat(result.isError()).isFalse();
        assertThat(field(result, "orders"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .hasSize(3);
        assertThat(text(result)).contains("\"customer\":\"Corvid Coffee\"").containsPattern("ord-\\d{6}");
    }

    @Test
    void searchOrders_withAStatus_findsOnlyThose() {
        CallToolResult result =
                call(client(), "search_orders", Map.of("customer", "corvid coffee", "status", "open", "limit", 50));

        assertThat(text(result)).contains("\"status\":\"open\"").doesNotContain("shipped", "delivered", "returned");
    }

    @Test
    void call_withArgumentsAgainstTheSchema_isAToolErrorThatReachesNoTool() {
        assertThat(call(client(), "monthly_report", Map.of("month", "March")).isError())
                .isTrue();
        assertThat(server.calls().get("monthly_report")).isZero();
    }

    @Test
    void createTicket_returnsANewIdEachTime_thatTheSessionCanRead() {
        McpSyncClient client = client();
        String first = openTicket(client);
        String second = openTicket(client);

        assertThat(first).matches("tck-[0-9a-f]{8}").isNotEqualTo(second);
        CallToolResult read = call(client, "get_ticket", Map.of("ticket_id", first));
        assertThat(read.isError()).isFalse();
        assertThat(field(read, "ticket_id")).isEqualTo(first);
    }

    @Test
    void createTicket_forAnOrderNobodyPlaced_isAToolError() {
        CallToolResult result =
                call(client(), "create_ticket", Map.of("order_id", "ord-999999", "summary", "Never arrived"));

        assertThat(result.isError()).isTrue();
        assertThat(text(result)).contains("ord-999999");
    }

    @Test
    void getTicket_ofAnotherSession_isAToolError() {
        String foreign = openTicket(client());

        CallToolResult read = call(client(), "get_ticket", Map.of("ticket_id", foreign));

        assertThat(read.isError()).isTrue();
        assertThat(text(read)).contains(foreign);
    }

    @Test
    void monthlyReport_withAProgressToken_tellsItsProgressInOrder() {
        CallToolResult result = client().callTool(CallToolRequest.builder("monthly_report")
                .arguments(Map.of("month", "2026-03"))
                .progressToken("march")
                .build());

        assertThat(result.isError()).isFalse();
        assertThat(field(result, "month")).isEqualTo("2026-03");
        assertThat(progress)
                .hasSizeGreaterThanOrEqualTo(4)
                .allMatch(note -> note.progressToken().equals("march"));
        assertThat(progress)
                .extracting(ProgressNotification::progress)
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void flakyLookup_failsForTheSamePartsEveryTime() {
        McpSyncClient client = client();
        List<String> skus = IntStream.range(0, 30).mapToObj(i -> "SKU-" + i).toList();

        List<String> once = skus.stream().map(sku -> outcome(client, sku)).toList();
        List<String> again = skus.stream().map(sku -> outcome(client, sku)).toList();

        assertThat(again).isEqualTo(once);
        assertThat(once).anyMatch(text -> text.startsWith("true")).anyMatch(text -> text.startsWith("false"));
    }

    @Test
    void start_onATakenPort_failsAndLeavesNothing() {
        int port = server.uri().getPort();

        assertThatThrownBy(() -> DemoServer.start(DemoServer.Options.defaults().withPort(port)))
                .isInstanceOf(IOException.class);
        assertThat(call(client(), "search_orders", Map.of("customer", "Grain & Co"))
                        .isError())
                .isFalse();
    }

    @Test
    void uri_isTheEndpointUnderTheOrigin() {
        assertThat(server.uri()).hasToString(server.origin() + "/mcp").hasHost("127.0.0.1");
    }

    private McpSyncClient client() {
        McpSyncClient client = McpClient.sync(HttpClientStreamableHttpTransport.builder(
                                server.origin().toString())
                        .build())
                .progressConsumer(progress::add)
                .build();
        clients.add(client);
        client.initialize();
        return client;
    }

    private static CallToolResult call(McpSyncClient client, String tool, Map<String, Object> arguments) {
        return client.callTool(
                CallToolRequest.builder(tool).arguments(arguments).build());
    }

    private static String openTicket(McpSyncClient client) {
        CallToolResult orders = call(client, "search_orders", Map.of("customer", "Fjord Bicycles", "limit", 1));
        String order = text(orders).replaceAll("(?s).*(ord-\\d{6}).*", "$1");
        CallToolResult ticket = call(client, "create_ticket", Map.of("order_id", order, "summary", "Bell missing"));
        return String.valueOf(field(ticket, "ticket_id"));
    }

    private static String outcome(McpSyncClient client, String sku) {
        CallToolResult result = call(client, "flaky_lookup", Map.of("sku", sku));
        return result.isError() + " " + text(result);
    }

    private static String text(CallToolResult result) {
        return ((TextContent) result.content().get(0)).text();
    }

    private static Object field(CallToolResult result, String name) {
        return ((Map<?, ?>) result.structuredContent()).get(name);
    }
}
