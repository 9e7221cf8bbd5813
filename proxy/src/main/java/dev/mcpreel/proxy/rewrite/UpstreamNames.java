package dev.mcpreel.proxy.rewrite;

import dev.mcpreel.proxy.upstream.HostPort;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names under which the upstream of one exchange can speak of itself: what it was connected to as, and what it was
 * told that its client calls it. Either with http or https, since a server behind more than one proxy may know that its
 * clients use TLS.
 *
 * @param configured as {@code --upstream} names it
 * @param told the host that the request told it; null when none was
 */
record UpstreamNames(HostPort configured, @Nullable HostPort told) {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1");

    /** Whether a URL is one of the upstream's own. */
    boolean own(UrlOrigin url) {
        return url.isAt(configured) || (told != null && url.isAt(told)) || isConfiguredOnLoopback(url);
    }

    /** A server that listens on this machine may name itself by its address where we have its name, or the other way. */
    private boolean isConfiguredOnLoopback(UrlOrigin url) {
        return isLoopback(configured) && isLoopback(url.authority()) && url.port() == url.portOf(configured);
    }

    private static boolean isLoopback(HostPort name) {
        return LOOPBACK.contains(name.host().toLowerCase(Locale.ROOT));
    }
}
