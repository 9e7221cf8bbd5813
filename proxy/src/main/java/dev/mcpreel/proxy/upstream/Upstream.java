package dev.mcpreel.proxy.upstream;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;

/**
 * One server behind the proxy.
 *
 * @param name as recorded, {@code http://HOST:PORT}
 * @param authority what a client of this server writes into its Host field
 */
public record Upstream(String name, HostPort authority) {
    private static final int HTTP_PORT = 80;

    /**
     * Takes an upstream apart.
     *
     * @throws IllegalArgumentException saying in a few words what is wrong and what to write instead
     */
    public static Upstream of(URI uri) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (scheme.equals("https")) {
            throw new IllegalArgumentException("https is not supported yet; write http://HOST:PORT");
        }
        if (!scheme.equals("http")) {
            throw new IllegalArgumentException("the scheme must be http; write http://HOST:PORT");
        }
        // Not getHost(): it is null for a name with an underscore, as container networks have them.
        String authority = uri.getRawAuthority();
        if (authority == null) {
            throw new IllegalArgumentException("the host is missing; write http://HOST:PORT");
        }
        if (authority.indexOf('@') >= 0) {
            throw new IllegalArgumentException(
                    "user information does not belong here; the Authorization header of each request is relayed");
        }
        String path = uri.getRawPath();
        if (path != null && !path.isEmpty() && !path.equals("/")) {
            throw new IllegalArgumentException(
                    "a path does not belong here, every path is relayed as it is; write http://" + authority
                            + " and let clients ask for " + path);
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("a query or fragment does not belong here; write http://" + authority);
        }
        HostPort hostPort = HostPort.parse(authority);
        if (hostPort.port() == 0) {
            throw new IllegalArgumentException("port 0 cannot be connected to; write http://HOST:PORT");
        }
        return new Upstream("http://" + hostPort, hostPort);
    }

    /** The host to connect to: a name or an address, an IPv6 address without its brackets. */
    public String host() {
        return authority.host();
    }

    /** The port to connect to, 80 when none was written. */
    public int port() {
        return authority.port() < 0 ? HTTP_PORT : authority.port();
    }

    /** Whether the upstream is on this machine. Resolves the name, so never call it on an event loop. */
    public boolean isLoopback() {
        try {
            return InetAddress.getByName(authority.host()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
