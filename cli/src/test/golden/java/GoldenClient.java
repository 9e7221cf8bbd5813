import io.modelcontextprotocol.client.McpAsyncClient;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.transport.HttpClientSseClientTransport;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.ClientCapabilities;
import io.modelcontextprotocol.spec.McpSchema.CreateMessageResult;
import io.modelcontextprotocol.spec.McpSchema.Implementation;
import io.modelcontextprotocol.spec.McpSchema.Role;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * An agent of the MCP Java SDK: {@code GoldenClient URL streamable|stateless|sse}. Runs from its source with the product's
 * jar on the class path, and says on a line each what it did and what came of it. Of a call that is given up this SDK says
 * nothing to the server, and does not close its response either.
 */
final class GoldenClient {
    private static final Map<String, Object> NOTHING = Map.of();

    private final AtomicInteger progress = new AtomicInteger();
    private final AtomicInteger asked = new AtomicInteger();
    private final McpAsyncClient client;

    private GoldenClient(McpClientTransport transport) {
        client = McpClient.async(transport)
                .clientInfo(Implementation.builder("golden", "1.0.0").build())
                .capabilities(ClientCapabilities.builder().sampling().build())
                .sampling(request -> {
                    asked.incrementAndGet();
                    return Mono.delay(Duration.ofMillis(40))
                            .map(tick -> CreateMessageResult.builder(Role.ASSISTANT, "so I say", "none")
                                    .build());
                })
                .progressConsumer(told -> Mono.fromRunnable(progress::incrementAndGet))
                .build();
    }

    private static void think(long millis) throws InterruptedException {
        Thread.sleep(millis);
    }

    private Mono<String> outcome(String name, Map<String, Object> arguments, String token) {
        CallToolRequest.Builder request = CallToolRequest.builder(name).arguments(arguments);
        if (token != null) {
            request.progressToken(token);
        }
        return client.callTool(request.build())
                .map(result -> Boolean.TRUE.equals(result.isError()) ? "tool_error" : "ok")
                .onErrorResume(McpError.class, e -> Mono.just("rpc_error"))
                .map(outcome -> "call " + name + " " + outcome);
    }

    private void call(String name, Map<String, Object> arguments, String token) {
        progress.set(0);
        asked.set(0);
        String line = outcome(name, arguments, token).block();
        line += progress.get() > 0 ? ", progress " + progress.get() : "";
        System.out.println(line + (asked.get() > 0 ? ", asked sampling/createMessage" : ""));
    }

    private void work(boolean asks) throws InterruptedException {
        client.initialize().block();
        System.out.println("connected, revision " + client.getCurrentInitializationResult().protocolVersion());
        think(80);
        client.listTools().block();
        System.out.println("request tools/list ok");
        think(120);
        call("echo", Map.of("message", "caf\u00e9 \u2603"), null);
        think(200);
        System.out.println(String.join(" || ", together()));
        think(60);
        call("echo", NOTHING, null);
        call("no-such-tool", NOTHING, null);
        think(90);
        call("count", NOTHING, "counting");
        if (asks) {
            call("ask", NOTHING, null);
        }
        think(50);
        outcome("wait", NOTHING, "waiting").timeout(Duration.ofMillis(250), Mono.just("call wait given up"))
                .doOnNext(System.out::println)
                .block();
        think(70);
        call("echo", Map.of("message", "done"), null);
        // Here still when the answer comes that nobody waits for.
        think(1500);
        client.closeGracefully().block();
    }

    private List<String> together() {
        return Flux.range(0, 3)
                .flatMapSequential(i -> outcome("count", NOTHING, null))
                .collectList()
                .block();
    }

    public static void main(String[] arguments) throws InterruptedException {
        URI url = URI.create(arguments[0]);
        String origin = url.resolve("/").toString();
        McpClientTransport transport = arguments[1].equals("sse")
                ? HttpClientSseClientTransport.builder(origin).sseEndpoint(url.getPath()).build()
                : HttpClientStreamableHttpTransport.builder(origin).endpoint(url.getPath()).build();
        new GoldenClient(transport).work(!arguments[1].equals("stateless"));
        System.exit(0);
    }
}
