package dev.mcpreel.demo;

import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.server.McpAsyncServerExchange;
import io.modelcontextprotocol.server.McpServerFeatures.AsyncToolSpecification;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ProgressNotification;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** The five tools: how long each takes and what it answers. Waiting is scheduled on the timer, never slept. */
final class ShopTools {
    private static final int REPORT_PARTS = 6;

    @JsonNaming(SnakeCaseStrategy.class)
    record Stock(String sku, int inStock) {}

    private final McpJsonMapper json;
    private final Scheduler timer;
    private final Chance chance;
    private final OrderBook book;
    private final TicketDesk desk;
    private final Map<String, LongAdder> calls = new ConcurrentHashMap<>();

    ShopTools(McpJsonMapper json, Scheduler timer, long seed) {
        this.json = json;
        this.timer = timer;
        this.chance = new Chance(seed);
        this.book = new OrderBook(chance);
        this.desk = new TicketDesk(chance);
    }

    List<AsyncToolSpecification> all() {
        ToolSheets sheets = new ToolSheets(json);
        return List.of(
                tool(sheets.searchOrders(), this::searchOrders),
                tool(sheets.createTicket(), this::createTicket),
                tool(sheets.getTicket(), this::getTicket),
                tool(sheets.monthlyReport(), this::monthlyReport),
                tool(sheets.flakyLookup(), this::flakyLookup));
    }

    /** Calls that reached a tool so far, by its name; those refused for their arguments are not among them. */
    SortedMap<String, Long> calls() {
        SortedMap<String, Long> counts = new TreeMap<>();
        calls.forEach((tool, count) -> counts.put(tool, count.sum()));
        return counts;
    }

    private AsyncToolSpecification tool(
            Tool sheet, BiFunction<McpAsyncServerExchange, CallToolRequest, Mono<CallToolResult>> handler) {
        LongAdder count = calls.computeIfAbsent(sheet.name(), name -> new LongAdder());
        return new AsyncToolSpecification(sheet, (exchange, request) -> {
            count.increment();
            return handler.apply(exchange, request);
        });
    }

    private Mono<CallToolResult> searchOrders(McpAsyncServerExchange exchange, CallToolRequest request) {
        String status = optional(request, "status");
        int limit = request.arguments().get("limit") instanceof Number number ? number.intValue() : 10;
        return after(3_000, 12_000, () -> answer(book.search(text(request, "customer"), status, limit)));
    }

    private Mono<CallToolResult> createTicket(McpAsyncServerExchange exchange, CallToolRequest request) {
        String order = text(request, "order_id");
        return after(
                8_000,
                20_000,
                () -> book.holds(order)
                        ? answer(desk.open(exchange.sessionId(), order, text(request, "summary")))
                        : refusal("There is no order " + order));
    }

    private Mono<CallToolResult> getTicket(McpAsyncServerExchange exchange, CallToolRequest request) {
        String id = text(request, "ticket_id");
        return after(
                2_000,
                6_000,
                () -> desk.find(exchange.sessionId(), id)
                        .map(this::answer)
                        .orElseGet(() -> refusal("No ticket " + id + " was opened in this session")));
    }

    private Mono<CallToolResult> monthlyReport(McpAsyncServerExchange exchange, CallToolRequest request) {
        String month = text(request, "month");
        Object token = request.progressToken();
        return Flux.range(1, REPORT_PARTS)
                .concatMap(part -> pause(180_000, 220_000).then(tell(exchange, token, part)))
                .then(Mono.fromSupplier(() -> answer(book.report(month))));
    }

    private Mono<CallToolResult> flakyLookup(McpAsyncServerExchange exchange, CallToolRequest request) {
        String sku = text(request, "sku");
        return after(
                5_000,
                30_000,
                () -> chance.hits(4, sku)
                        ? refusal("The supplier did not answer for " + sku)
                        : answer(new Stock(sku, chance.fixed(500, sku))));
    }

    private static Mono<Void> tell(McpAsyncServerExchange exchange, @Nullable Object token, int part) {
        if (token == null || part == REPORT_PARTS) {
            return Mono.empty();
        }
        return exchange.progressNotification(ProgressNotification.builder(token, part)
                .total((double) REPORT_PARTS)
                .message("Part " + part + " of " + REPORT_PARTS + " added up")
                .build());
    }

    private Mono<CallToolResult> after(int lowMicros, int highMicros, Supplier<CallToolResult> work) {
        return pause(lowMicros, highMicros).then(Mono.fromSupplier(work));
    }

    private Mono<Void> pause(int lowMicros, int highMicros) {
        return Mono.defer(() -> Mono.delay(Duration.ofNanos(chance.between(lowMicros, highMicros) * 1_000L), timer))
                .then();
    }

    private CallToolResult answer(Object value) {
        try {
            return CallToolResult.builder()
                    .addTextContent(json.writeValueAsString(value))
                    .structuredContent(value)
                    .isError(false)
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CallToolResult refusal(String message) {
        return CallToolResult.builder().addTextContent(message).isError(true).build();
    }

    /** A required argument: the SDK has checked it against the tool's schema before it calls. */
    private static String text(CallToolRequest request, String name) {
        return String.valueOf(request.arguments().get(name));
    }

    private static @Nullable String optional(CallToolRequest request, String name) {
        return request.arguments().get(name) instanceof String value ? value : null;
    }
}
