import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.server.transport.HttpServletSseServerTransportProvider;
import io.modelcontextprotocol.server.transport.HttpServletStatelessServerTransport;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.CreateMessageRequest;
import io.modelcontextprotocol.spec.McpSchema.ProgressNotification;
import io.modelcontextprotocol.spec.McpSchema.Role;
import io.modelcontextprotocol.spec.McpSchema.SamplingMessage;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import jakarta.servlet.http.HttpServlet;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * A server of the MCP Java SDK on Jetty and a free port: {@code GoldenServer streamable|stateless|sse}. Runs from its
 * source with the product's jar on the class path. Without sessions it cannot tell progress, and cannot ask.
 */
final class GoldenServer {
    private static final Map<String, Object> NOTHING = Map.of("type", "object");
    private static final Map<String, Object> MESSAGE = Map.of(
            "type", "object", "properties", Map.of("message", Map.of("type", "string")), "required", List.of("message"));
    private static final ServerCapabilities TOOLS =
            ServerCapabilities.builder().tools(false).build();

    private record Offered(Tool tool, BiFunction<McpSyncServerExchange, CallToolRequest, CallToolResult> handler) {}

    private static Offered offered(
            String name,
            Map<String, Object> schema,
            BiFunction<McpSyncServerExchange, CallToolRequest, CallToolResult> handler) {
        return new Offered(Tool.builder(name, schema).build(), handler);
    }

    private static CallToolResult text(String text) {
        return CallToolResult.builder().addTextContent(text).build();
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void tell(McpSyncServerExchange exchange, CallToolRequest request, int step, int total) {
        if (exchange != null && request.progressToken() != null) {
            exchange.progressNotification(
                    new ProgressNotification(request.progressToken(), step, (double) total, null));
        }
    }

    private static CallToolResult count(McpSyncServerExchange exchange, CallToolRequest request) {
        for (int step = 1; step <= 3; step++) {
            sleep(50);
            tell(exchange, request, step, 3);
        }
        return text("counted");
    }

    private static CallToolResult ask(McpSyncServerExchange exchange, CallToolRequest request) {
        SamplingMessage question =
                SamplingMessage.builder(Role.USER, TextContent.builder("Sure?").build()).build();
        return text("told " + exchange.createMessage(
                        CreateMessageRequest.builder(List.of(question), 20).build())
                .content());
    }

    private static List<Offered> offers(boolean sessions) {
        List<Offered> always = List.of(
                offered("echo", MESSAGE, (exchange, request) -> text("" + request.arguments().get("message"))),
                offered("count", NOTHING, GoldenServer::count),
                offered("wait", NOTHING, (exchange, request) -> {
                    tell(exchange, request, 1, 2);
                    sleep(1500);
                    return text("waited");
                }));
        return sessions
                ? List.of(always.get(0), always.get(1), always.get(2), offered("ask", NOTHING, GoldenServer::ask))
                : always;
    }

    private static <S extends McpServer.SyncSpecification<S>> void build(McpServer.SyncSpecification<S> server) {
        server.serverInfo("golden-java", "1.0.0").capabilities(TOOLS);
        offers(true).forEach(offer -> server.toolCall(offer.tool(), offer.handler()));
        server.build();
    }

    private static HttpServlet streamable() {
        var transport = HttpServletStreamableServerTransportProvider.builder()
                .jsonMapper(McpJsonDefaults.getMapper())
                .mcpEndpoint("/mcp")
                .build();
        build(McpServer.sync(transport));
        return transport;
    }

    private static HttpServlet sse() {
        var transport = HttpServletSseServerTransportProvider.builder()
                .jsonMapper(McpJsonDefaults.getMapper())
                .sseEndpoint("/sse")
                .messageEndpoint("/message")
                .build();
        build(McpServer.sync(transport));
        return transport;
    }

    private static HttpServlet stateless() {
        var transport = HttpServletStatelessServerTransport.builder()
                .jsonMapper(McpJsonDefaults.getMapper())
                .messageEndpoint("/mcp")
                .build();
        var server = McpServer.sync(transport).serverInfo("golden-java", "1.0.0").capabilities(TOOLS);
        for (Offered offer : offers(false)) {
            server.toolCall(
                    offer.tool(),
                    (McpTransportContext context, CallToolRequest request) -> offer.handler().apply(null, request));
        }
        server.build();
        return transport;
    }

    public static void main(String[] arguments) throws Exception {
        HttpServlet servlet =
                switch (arguments[0]) {
                    case "streamable" -> streamable();
                    case "stateless" -> stateless();
                    case "sse" -> sse();
                    default -> throw new IllegalArgumentException(arguments[0]);
                };
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        connector.setIdleTimeout(0);
        server.addConnector(connector);
        ServletHolder holder = new ServletHolder(servlet);
        holder.setAsyncSupported(true);
        ServletContextHandler context = new ServletContextHandler();
        context.addServlet(holder, "/*");
        server.setHandler(context);
        server.start();
        System.err.println("bound http://127.0.0.1:" + connector.getLocalPort());
        server.join();
    }
}
