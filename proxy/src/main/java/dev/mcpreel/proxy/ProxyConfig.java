package dev.mcpreel.proxy;

import dev.mcpreel.proxy.ProxyException.Category;
import dev.mcpreel.proxy.relay.RelayLimits;
import dev.mcpreel.proxy.rewrite.HostMode;
import dev.mcpreel.proxy.rewrite.PublicUrl;
import dev.mcpreel.proxy.upstream.Balance;
import dev.mcpreel.proxy.upstream.HostPort;
import dev.mcpreel.proxy.upstream.Upstream;
import io.netty.util.NettyRuntime;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a proxy is set up. Checked when made: what is wrong is a {@link ProxyException} that names the option.
 *
 * @param listen where clients connect; port 0 takes any free one; never where an upstream is
 * @param upstreams one or more, none of them twice
 * @param balance how exchanges are spread over them
 * @param hostMode which Host field the upstreams see
 * @param publicUrl the origin that clients know, when it is to stand in place of an upstream's own in responses
 * @param forwarded whether upstreams are told of the client in Forwarded fields
 * @param loops event loop threads
 */
public record ProxyConfig(
        InetSocketAddress listen,
        List<Upstream> upstreams,
        Balance balance,
        HostMode hostMode,
        @Nullable PublicUrl publicUrl,
        boolean forwarded,
        RelayLimits limits,
        int loops) {

    public ProxyConfig {
        upstreams = List.copyOf(upstreams);
        if (upstreams.isEmpty()) {
            throw new ProxyException(Category.INPUT, "--upstream is missing; write http://HOST:PORT");
        }
        if (loops < 1) {
            throw new ProxyException(Category.INPUT, "a proxy needs at least one event loop, not " + loops);
        }
        Set<String> different = new HashSet<>();
        for (Upstream upstream : upstreams) {
            if (!different.add(upstream.host().toLowerCase(Locale.ROOT) + ":" + upstream.port())) {
                throw new ProxyException(
                        Category.INPUT, "--upstream " + upstream.name() + " is there twice; name each server once");
            }
            LoopCheck.check(listen, upstream);
        }
    }

    /**
     * The defaults: as many loops as cores; the client's Host is preserved for upstreams on this machine, any others see
     * their own name. Resolves the upstreams' names, so it may take as long as that does.
     */
    public static ProxyConfig of(InetSocketAddress listen, List<Upstream> upstreams) {
        boolean local = upstreams.stream().allMatch(Upstream::isLoopback);
        return new ProxyConfig(
                listen,
                upstreams,
                Balance.ROUND_ROBIN,
                local ? HostMode.PRESERVE : HostMode.UPSTREAM,
                null,
                false,
                RelayLimits.DEFAULT,
                NettyRuntime.availableProcessors());
    }

    /** The defaults, from what a person wrote after {@code --listen} and {@code --upstream}. */
    public static ProxyConfig of(String listen, String... upstreams) {
        return of(
                listenAddress(listen),
                List.of(upstreams).stream().map(ProxyConfig::upstream).toList());
    }

    public ProxyConfig withBalance(Balance strategy) {
        return new ProxyConfig(listen, upstreams, strategy, hostMode, publicUrl, forwarded, limits, loops);
    }

    /** With what a person wrote after {@code --balance}. */
    public ProxyConfig withBalance(String text) {
        return withBalance(read("--balance", text, Balance::parse));
    }

    public ProxyConfig withHostMode(HostMode mode) {
        return new ProxyConfig(listen, upstreams, balance, mode, publicUrl, forwarded, limits, loops);
    }

    /** With what a person wrote after {@code --public-url}. */
    public ProxyConfig withPublicUrl(String text) {
        PublicUrl url = read("--public-url", text, PublicUrl::of);
        return new ProxyConfig(listen, upstreams, balance, hostMode, url, forwarded, limits, loops);
    }

    public ProxyConfig withForwarded(boolean told) {
        return new ProxyConfig(listen, upstreams, balance, hostMode, publicUrl, told, limits, loops);
    }

    public ProxyConfig withLimits(RelayLimits newLimits) {
        return new ProxyConfig(listen, upstreams, balance, hostMode, publicUrl, forwarded, newLimits, loops);
    }

    public ProxyConfig withLoops(int count) {
        return new ProxyConfig(listen, upstreams, balance, hostMode, publicUrl, forwarded, limits, count);
    }

    private static Upstream upstream(String text) {
        return read("--upstream", text, given -> {
            try {
                return Upstream.of(new URI(given));
            } catch (URISyntaxException e) {
                throw new IllegalArgumentException("not a URL; write http://HOST:PORT", e);
            }
        });
    }

    private static InetSocketAddress listenAddress(String text) {
        return read("--listen", text, given -> {
            HostPort parsed = HostPort.parse(given);
            if (parsed.port() < 0) {
                throw new IllegalArgumentException("the port is missing; write HOST:PORT, for example 127.0.0.1:8080");
            }
            return new InetSocketAddress(parsed.host(), parsed.port());
        });
    }

    private static <T> T read(String option, String text, Function<String, T> reader) {
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException e) {
            throw new ProxyException(Category.INPUT, option + " " + text + ": " + e.getMessage(), e);
        }
    }
}
