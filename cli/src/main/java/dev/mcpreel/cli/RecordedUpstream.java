package dev.mcpreel.cli;

import dev.mcpreel.captures.session.AgentSession;
import dev.mcpreel.captures.session.SessionExchange;
import dev.mcpreel.captures.store.Manifest;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Recognises the server a capture was recorded from, so that nobody replays into production by habit. */
final class RecordedUpstream {
    private RecordedUpstream() {}

    /** Whether the target is a recorded upstream by resolved address, or goes by a Host the agents had sent. */
    static boolean is(URI target, Manifest manifest, List<AgentSession> sessions) {
        int port = port(target);
        String authority = target.getHost().toLowerCase(Locale.ROOT) + ":" + port;
        if (hosts(sessions).contains(authority)) {
            return true;
        }
        return manifest.upstreams().stream()
                .map(URI::create)
                // A name java.net.URI takes for no host cannot be a target either.
                .filter(upstream -> upstream.getHost() != null)
                .anyMatch(upstream -> port(upstream) == port
                        && (upstream.getHost().equalsIgnoreCase(target.getHost())
                                || shareAnAddress(upstream.getHost(), target.getHost())));
    }

    private static Set<String> hosts(List<AgentSession> sessions) {
        Set<String> hosts = new HashSet<>();
        for (AgentSession session : sessions) {
            for (SessionExchange exchange : session.exchanges()) {
                String host = exchange.request().headers().first("Host");
                if (host != null) {
                    String name = host.toLowerCase(Locale.ROOT);
                    hosts.add(name.matches(".*:\\d+") ? name : name + ":80");
                }
            }
        }
        return hosts;
    }

    private static boolean shareAnAddress(String one, String other) {
        try {
            Set<InetAddress> addresses = new HashSet<>(Arrays.asList(InetAddress.getAllByName(one)));
            InetAddress[] others = InetAddress.getAllByName(other);
            boolean bothLoopback = addresses.stream().anyMatch(InetAddress::isLoopbackAddress)
                    && Arrays.stream(others).anyMatch(InetAddress::isLoopbackAddress);
            return bothLoopback || Arrays.stream(others).anyMatch(addresses::contains);
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static int port(URI uri) {
        return uri.getPort() < 0 ? 80 : uri.getPort();
    }
}
