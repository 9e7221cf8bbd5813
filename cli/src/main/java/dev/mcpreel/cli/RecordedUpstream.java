package dev.mcpreel.cli;

import dev.mcpreel.captures.session.AgentSession;
import dev.mcpreel.captures.session.SessionExchange;
import dev.mcpreel.captures.store.Manifest;
import dev.mcpreel.captures.store.RelayInfo;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

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
        return Stream.concat(manifest.upstreams().stream(), publicUrl(manifest).stream())
                .map(URI::create)
                .anyMatch(upstream -> port(upstream) == port && shareAnAddress(host(upstream), target.getHost()));
    }

    private static Optional<String> publicUrl(Manifest manifest) {
        RelayInfo relay = manifest.relay();
        return relay == null || relay.publicUrl().isEmpty() ? Optional.empty() : Optional.of(relay.publicUrl());
    }

    /** Also of an upstream with an underscore in its name, for which {@link URI#getHost()} is null. */
    private static String host(URI uri) {
        String authority = uri.getHost() == null ? uri.getRawAuthority() : uri.getHost();
        int port = authority.lastIndexOf(':');
        return uri.getHost() == null && port > 0 ? authority.substring(0, port) : authority;
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
        if (one.equalsIgnoreCase(other)) {
            return true;
        }
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

    private static int defaultPort(URI uri) {
        return "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
    }

    private static int port(URI uri) {
        if (uri.getHost() != null || uri.getRawAuthority() == null) {
            return uri.getPort() < 0 ? defaultPort(uri) : uri.getPort();
        }
        String digits = uri.getRawAuthority().replaceFirst("^.*:(?=\\d+$)", "");
        return digits.matches("\\d{1,5}") ? Integer.parseInt(digits) : 80;
    }
}
