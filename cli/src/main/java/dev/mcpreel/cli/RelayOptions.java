package dev.mcpreel.cli;

import dev.mcpreel.proxy.ProxyConfig;
import dev.mcpreel.proxy.relay.RelayLimits;
import dev.mcpreel.proxy.rewrite.HostMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the proxy stands between agents and servers. */
final class RelayOptions {
    private static final int MOST_CONNECTIONS = 1_000_000;

    @Option(
            names = "--upstream",
            required = true,
            paramLabel = "URL",
            description =
                    "The real server, http://HOST:PORT. Every path is relayed as it is. More than one: repeat it.")
    private List<String> upstreams = new ArrayList<>();

    @Option(
            names = "--balance",
            paramLabel = "STRATEGY",
            description = {
                "With several upstreams: round-robin, least (in flight), session, client-ip or header:NAME.",
                "Default: round-robin"
            })
    private @Nullable String balance;

    @Option(
            names = "--listen",
            defaultValue = "127.0.0.1:8080",
            paramLabel = "HOST:PORT",
            description = "Where agents connect; port 0 takes a free one. Default: ${DEFAULT-VALUE}")
    private String listen = "";

    @Option(
            names = "--host",
            paramLabel = "MODE",
            description = {
                "The Host upstreams see: preserve (as agents send it) or upstream (the upstream's own).",
                "Default: preserve for upstreams on this machine, else upstream"
            })
    private @Nullable String host;

    @Option(
            names = "--public-url",
            paramLabel = "URL",
            description = "The origin agents know the server by, when the server names another one in OAuth metadata, "
                    + "redirects or the SSE endpoint. Nothing is rewritten without it.")
    private @Nullable String publicUrl;

    @Option(
            names = "--forwarded",
            description = "Tell upstreams of the agent's address in Forwarded and X-Forwarded-* headers.")
    private boolean forwarded;

    @Option(
            names = "--max-connections",
            paramLabel = "N",
            description = "Agents' connections at a time; more are answered with 503. "
                    + "Default: 10000, or as many as open files allow")
    private @Nullable Integer maxConnections;

    @Option(
            names = "--request-timeout",
            defaultValue = "60s",
            paramLabel = "TIME",
            description = "How long an agent may take for a request's head, or pause within its body; 0s for ever. "
                    + "Answers are never timed. Default: ${DEFAULT-VALUE}")
    private String requestTimeout = "";

    /** What they add up to; complains about the first that makes no sense. */
    ProxyConfig config() {
        ProxyConfig config = ProxyConfig.of(listen, upstreams.toArray(String[]::new));
        if (balance != null) {
            config = config.withBalance(balance);
        }
        if (host != null) {
            config = config.withHostMode(hostMode(host));
        }
        if (publicUrl != null) {
            config = config.withPublicUrl(publicUrl);
        }
        return config.withForwarded(forwarded).withLimits(limits());
    }

    /** As it was written. */
    String listen() {
        return listen;
    }

    private RelayLimits limits() {
        int connections = maxConnections == null
                ? Math.min(RelayLimits.DEFAULT.maxConnections(), OpenFiles.connections(upstreams.size()))
                : maxConnections;
        if (connections < 1 || connections > MOST_CONNECTIONS) {
            throw CommandFailure.usage(
                    "--max-connections " + connections + ": write a number from 1 to " + MOST_CONNECTIONS);
        }
        return RelayLimits.DEFAULT.withMaxConnections(connections).withRequestTimeout(timeout());
    }

    private Duration timeout() {
        return Duration.ofNanos(Durations.nanosOrZero("--request-timeout", requestTimeout));
    }

    private static HostMode hostMode(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "preserve" -> HostMode.PRESERVE;
            case "upstream" -> HostMode.UPSTREAM;
            default -> throw CommandFailure.usage("--host " + text + ": write preserve or upstream");
        };
    }
}
