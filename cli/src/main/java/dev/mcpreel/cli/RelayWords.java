package dev.mcpreel.cli;

import dev.mcpreel.proxy.ProxyConfig;
import dev.mcpreel.proxy.relay.RelayLimits;
import dev.mcpreel.proxy.rewrite.HostMode;
import dev.mcpreel.proxy.rewrite.PublicUrl;
import dev.mcpreel.proxy.upstream.Upstream;
import dev.mcpreel.proxy.upstream.UpstreamStatus;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a recording says of its proxy, for people. */
final class RelayWords {
    private RelayWords() {}

    /** The upstreams, as they are recorded. */
    static String names(ProxyConfig config) {
        return config.upstreams().stream().map(Upstream::name).collect(Collectors.joining(", "));
    }

    /** How it relays, in a few words each. */
    static List<String> of(ProxyConfig config, String transport) {
        List<String> words = new ArrayList<>();
        if (config.upstreams().size() > 1) {
            words.add("balanced by " + config.balance());
        }
        words.add(host(config.hostMode()));
        PublicUrl url = config.publicUrl();
        if (url != null) {
            words.add("upstream origins rewritten to " + url.origin());
        }
        if (config.forwarded()) {
            words.add("Forwarded added");
        }
        int connections = config.limits().maxConnections();
        if (connections != RelayLimits.DEFAULT.maxConnections()) {
            words.add("at most " + Amounts.count(connections, "connection"));
        }
        words.add(transport);
        return words;
    }

    private static String host(HostMode mode) {
        return switch (mode) {
            case PRESERVE -> "Host kept as agents send it";
            case UPSTREAM -> "Host set to the upstream's";
        };
    }

    /** What is to be said of an address that others can connect to: there is no authentication. */
    static Optional<String> reachable(InetSocketAddress listening, String asked) {
        InetAddress address = listening.getAddress();
        if (address != null && address.isLoopbackAddress()) {
            return Optional.empty();
        }
        return Optional.of((address != null && address.isAnyLocalAddress()
                        ? "every address of this machine is listened on, and can be reached from other machines"
                        : "this address can be reached from other machines")
                + ": --listen " + asked);
    }

    /** A warning when fewer connections can be served than are allowed. */
    static Optional<String> tooManyConnections(ProxyConfig config) {
        int possible = OpenFiles.connections(config.upstreams().size());
        int allowed = config.limits().maxConnections();
        return allowed <= possible
                ? Optional.empty()
                : Optional.of("--max-connections " + allowed + " is more than this process can serve: "
                        + OpenFiles.limit() + " open files are enough for " + possible
                        + " connections; raise the limit with ulimit -n");
    }

    /** What is to be said of connections that were one too many. */
    static Optional<String> turnedAway(long connections, ProxyConfig config) {
        return connections == 0
                ? Optional.empty()
                : Optional.of("turned away " + Amounts.count(connections, "connection")
                        + ": more than --max-connections " + config.limits().maxConnections() + " at a time");
    }

    /** Where agents are to be pointed. */
    static String clientOrigin(ProxyConfig config, String listening) {
        PublicUrl url = config.publicUrl();
        return url == null ? listening : url.origin();
    }

    /** A line for each of several upstreams: what it was given, and who had to leave it. */
    static List<String> upstreams(List<UpstreamStatus> all) {
        if (all.size() < 2) {
            return List.of();
        }
        int width = all.stream().mapToInt(one -> one.name().length()).max().orElse(0);
        return all.stream().map(one -> upstream(one, width)).toList();
    }

    private static String upstream(UpstreamStatus one, int width) {
        String name = one.name() + " ".repeat(width - one.name().length());
        String moved = one.rebinds() == 0 ? "" : ", " + Amounts.count(one.rebinds(), "hop") + " away from it";
        String state = one.up() ? "" : ", down: " + one.reason();
        return "upstream " + name + "  " + Amounts.count(one.exchanges(), "exchange") + moved + state;
    }
}
