package dev.mcpreel.proxy;

import dev.mcpreel.proxy.ProxyException.Category;
import dev.mcpreel.proxy.relay.RelayLimits;
import dev.mcpreel.proxy.rewrite.HostMode;
import dev.mcpreel.proxy.upstream.HostPort;
import dev.mcpreel.proxy.upstream.Upstream;
import io.netty.util.NettyRuntime;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * How a proxy is set up. Checked when made: what is wrong is a {@link ProxyException} that names the option.
 *
 * @param listen where clients connect; port 0 takes any free one; never where the upstream is
 * @param upstream {@code http://HOST:PORT}, without a path
 * @param hostMode which Host field the upstream sees
 * @param loops event loop threads
 */
public record ProxyConfig(InetSocketAddress listen, URI upstream, HostMode hostMode, RelayLimits limits, int loops) {

    public ProxyConfig {
        if (loops < 1) {
            throw new ProxyException(Category.INPUT, "a proxy needs at least one event loop, not " + loops);
        }
        LoopCheck.check(listen, target(upstream));
    }

    /**
     * The defaults: as many loops as cores; the client's Host is preserved for an upstream on this machine, any other
     * upstream sees its own name. Resolves the upstream's name, so it may take as long as that does.
     */
    public static ProxyConfig of(InetSocketAddress listen, URI upstream) {
        HostMode hostMode = target(upstream).isLoopback() ? HostMode.PRESERVE : HostMode.UPSTREAM;
        return new ProxyConfig(listen, upstream, hostMode, RelayLimits.DEFAULT, NettyRuntime.availableProcessors());
    }

    /** The defaults, from what a person wrote after {@code --listen} and {@code --upstream}. */
    public static ProxyConfig of(String listen, String upstream) {
        try {
            return of(listenAddress(listen), new URI(upstream));
        } catch (URISyntaxException e) {
            throw new ProxyException(
                    Category.INPUT, "--upstream " + upstream + ": not a URL; write http://HOST:PORT", e);
        }
    }

    public ProxyConfig withHostMode(HostMode mode) {
        return new ProxyConfig(listen, upstream, mode, limits, loops);
    }

    public ProxyConfig withLimits(RelayLimits newLimits) {
        return new ProxyConfig(listen, upstream, hostMode, newLimits, loops);
    }

    public ProxyConfig withLoops(int count) {
        return new ProxyConfig(listen, upstream, hostMode, limits, count);
    }

    /**
     * The upstream taken apart. Its host and port are to be had from here and not from the URI, which knows no host when
     * the name has an underscore, as names in container networks do.
     */
    public Upstream target() {
        return target(upstream);
    }

    private static Upstream target(URI upstream) {
        try {
            return Upstream.of(upstream);
        } catch (IllegalArgumentException e) {
            throw new ProxyException(Category.INPUT, "--upstream " + upstream + ": " + e.getMessage(), e);
        }
    }

    private static InetSocketAddress listenAddress(String text) {
        try {
            HostPort parsed = HostPort.parse(text);
            if (parsed.port() < 0) {
                throw new IllegalArgumentException("the port is missing; write HOST:PORT, for example 127.0.0.1:8080");
            }
            return new InetSocketAddress(parsed.host(), parsed.port());
        } catch (IllegalArgumentException e) {
            throw new ProxyException(Category.INPUT, "--listen " + text + ": " + e.getMessage(), e);
        }
    }
}
