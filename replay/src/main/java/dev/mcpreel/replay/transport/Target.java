package dev.mcpreel.replay.transport;

import java.net.URI;
import java.util.Locale;

/**
 * Where the agents connect.
 *
 * @param host a name or an address; an IPv6 address without its brackets
 * @param port the explicit port, or 80
 * @param path the request target every exchange asks for: path and query
 * @param authority the {@code Host} header
 */
public record Target(String host, int port, String path, String authority) {
    /**
     * Reads a target's URL.
     *
     * @throws TransportException when it is no absolute http URL; the message says what is wrong with it
     */
    public static Target of(URI url) throws TransportException {
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if (scheme.equals("https")) {
            throw new TransportException(
                    url + " is https, which a replay cannot speak yet; give the server's http URL");
        }
        if (!scheme.equals("http") || url.getHost() == null) {
            throw new TransportException(url + " is no URL of the form http://HOST:PORT/PATH");
        }
        if (url.getPort() == 0 || url.getPort() > 65535) {
            throw new TransportException(url + " has no port between 1 and 65535");
        }
        String bare = url.getHost();
        String host = bare.startsWith("[") ? bare.substring(1, bare.length() - 1) : bare;
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        String authority = url.getPort() < 0 ? bare : bare + ":" + url.getPort();
        return new Target(host, url.getPort() < 0 ? 80 : url.getPort(), path + query, authority);
    }

    /** The scheme and authority, as a capture names an upstream. */
    public String origin() {
        return "http://" + authority;
    }
}
