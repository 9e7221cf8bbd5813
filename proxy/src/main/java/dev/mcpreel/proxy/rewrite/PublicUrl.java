package dev.mcpreel.proxy.rewrite;

import dev.mcpreel.proxy.upstream.HostPort;
import io.netty.util.NetUtil;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The origin under which clients reach the proxy, as {@code --public-url} names it. Safe to stand in a header field, a
 * quoted string or a JSON string without escapes.
 *
 * @param scheme {@code http} or {@code https}
 * @param authority in lower case, without a port that is the scheme's default
 */
public record PublicUrl(String scheme, HostPort authority) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9._-]+");

    public PublicUrl {
        scheme = scheme.toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new IllegalArgumentException(
                    "the scheme must be http or https; write https://HOST or https://HOST:PORT");
        }
        if (authority.port() == 0) {
            throw new IllegalArgumentException("port 0 cannot be connected to; write https://HOST:PORT");
        }
        int port = authority.port() == UrlOrigin.defaultPort(scheme) ? -1 : authority.port();
        authority = new HostPort(checkedHost(authority.host().toLowerCase(Locale.ROOT)), port);
    }

    /**
     * Takes a public URL apart.
     *
     * @throws IllegalArgumentException saying in a few words what is wrong and what to write instead
     */
    public static PublicUrl of(String text) {
        int colon = text.indexOf("://");
        if (colon < 0) {
            throw new IllegalArgumentException(
                    "the scheme must be http or https; write https://HOST or https://HOST:PORT");
        }
        int from = colon + "://".length();
        int to = UrlOrigin.authorityEnd(text, from);
        String authority = text.substring(from, to);
        String origin = text.substring(0, to);
        String rest = text.substring(to);
        if (authority.isEmpty()) {
            throw new IllegalArgumentException("the host is missing; write https://HOST or https://HOST:PORT");
        }
        if (authority.indexOf('@') >= 0) {
            throw new IllegalArgumentException("user information does not belong here; write " + text.substring(0, from)
                    + authority.substring(authority.lastIndexOf('@') + 1));
        }
        if (rest.indexOf('?') >= 0 || rest.indexOf('#') >= 0) {
            throw new IllegalArgumentException("a query or fragment does not belong here; write " + origin);
        }
        if (!rest.isEmpty() && !rest.equals("/")) {
            throw new IllegalArgumentException(
                    "a path does not belong here, every path is relayed as it is; write " + origin);
        }
        return new PublicUrl(text.substring(0, colon), HostPort.parse(authority));
    }

    /** Scheme, host and port, without a slash at the end. */
    public String origin() {
        return scheme + "://" + authority;
    }

    boolean isOriginOf(UrlOrigin url) {
        return url.scheme().equals(scheme) && url.isAt(authority);
    }

    private static String checkedHost(String host) {
        if (host.indexOf(':') >= 0) {
            if (!NetUtil.isValidIpV6Address(host) || host.indexOf('%') >= 0) {
                throw new IllegalArgumentException("not an IPv6 address; write it like https://[2001:db8::1]:8443");
            }
        } else if (!NAME.matcher(host).matches()) {
            throw new IllegalArgumentException("a host has ASCII letters, digits, dots, hyphens and underscores only;"
                    + " write a name with others in its xn-- form");
        }
        return host;
    }

    @Override
    public String toString() {
        return origin();
    }
}
