package dev.mcpreel.demo;

import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import java.io.IOException;
import java.net.URI;
import java.util.SortedMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import reactor.core.scheduler.Schedulers;

/**
 * A support desk's MCP server: the MCP Java SDK over Streamable HTTP (legacy era, up to revision 2025-11-25) on Jetty,
 * bound to 127.0.0.1. Tools: {@code search_orders}, {@code create_ticket}, {@code get_ticket}, {@code monthly_report},
 * {@code flaky_lookup}. No idle timeout anywhere: a silent call or stream is never cut. Safe for use from any thread.
 */
public final class DemoServer implements AutoCloseable {
    private static final String ENDPOINT = "/mcp";
    private static final int TIMER_THREADS = 4;

    /**
     * How to start.
     *
     * @param port TCP port on 127.0.0.1, 0 for any free one
     * @param seed source of all randomness: orders, ticket ids, delays, and which lookups fail
     */
    public record Options(int port, long seed) {
        /** A free port and a fixed seed. */
        public static Options defaults() {
            return new Options(0, 1);
        }

        /** The same with another seed. */
        public Options withSeed(long other) {
            return new Options(port, other);
        }

        /** The same on another port. */
        public Options withPort(int other) {
            return new Options(other, seed);
        }
    }

    private final ScheduledExecutorService timer;
    private final ShopTools tools;
    private final HttpServletStreamableServerTransportProvider transport;
    private final LocalJetty jetty;

    private DemoServer(Options options) throws IOException {
        McpJsonMapper json = McpJsonDefaults.getMapper();
        timer = Executors.newScheduledThreadPool(TIMER_THREADS, task -> {
            Thread thread = new Thread(task, "demo-timer");
            thread.setDaemon(true);
            return thread;
        });
        tools = new ShopTools(json, Schedulers.fromExecutorService(timer), options.seed());
        // Pings and session sweeps are for servers that live long; the sweeper would also leave its thread behind.
        transport = HttpServletStreamableServerTransportProvider.builder()
                .jsonMapper(json)
                .mcpEndpoint(ENDPOINT)
                .keepAliveInterval(null)
                .sessionSweepInterval(null)
                .build();
        McpServer.async(transport)
                .serverInfo("support-desk", "1.0")
                .instructions("Look orders up, open tickets about them, read tickets and monthly reports.")
                .capabilities(ServerCapabilities.builder().tools(false).build())
                .tools(tools.all())
                .build();
        jetty = new LocalJetty(options.port(), ENDPOINT, transport, new AnswerForms(json));
        try {
            jetty.start();
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Starts a server and returns when it accepts connections.
     *
     * @throws IOException when the port cannot be had
     */
    public static DemoServer start(Options options) throws IOException {
        return new DemoServer(options);
    }

    /** The MCP endpoint, as {@code http://127.0.0.1:PORT/mcp}. */
    public URI uri() {
        return origin().resolve(ENDPOINT);
    }

    /** The server's root without a path, as {@code http://127.0.0.1:PORT}. */
    public URI origin() {
        return URI.create("http://127.0.0.1:" + jetty.port());
    }

    /** HTTP requests and request content so far; a request is counted before it is answered. */
    public Received received() {
        return jetty.received();
    }

    /** Calls that reached each tool so far, by its name; those refused for their arguments are not among them. */
    public SortedMap<String, Long> calls() {
        return tools.calls();
    }

    /** Ends open streams and calls in flight, and frees the port. Returns within a second; may be called again. */
    @Override
    public void close() {
        try {
            transport.closeGracefully().block();
            jetty.stop();
        } finally {
            timer.shutdownNow();
        }
        try {
            timer.awaitTermination(200, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
