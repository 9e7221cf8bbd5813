package dev.mcpreel.cli;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;

/** Reads addresses as people type them; a wrong one becomes one line that shows a right one. */
final class Addresses {
    private Addresses() {}

    /** An absolute http URL; the option is named in the complaint. */
    static URI http(String option, String text, String example) {
        URI uri;
        try {
            uri = new URI(text.strip());
        } catch (URISyntaxException e) {
            throw CommandFailure.usage(option + " " + text + " is no URL: write it like " + example);
        }
        String scheme = uri.getScheme();
        if ("https".equalsIgnoreCase(scheme)) {
            throw CommandFailure.usage(
                    option + " " + text + ": https is not supported yet; use http behind your own TLS end point");
        }
        if (!"http".equalsIgnoreCase(scheme) || uri.getHost() == null || uri.getRawUserInfo() != null) {
            throw CommandFailure.usage(option + " " + text + " is no http URL: write it like " + example);
        }
        if (uri.getPort() == 0 || uri.getPort() > 65535) {
            throw CommandFailure.usage(option + " " + text + " has no usable port: write it like " + example);
        }
        return uri;
    }

    /** {@code HOST:PORT}, {@code [IPv6]:PORT} or {@code :PORT} for loopback; port 0 picks a free one. */
    static InetSocketAddress listen(String option, String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        try {
            int port = Integer.parseInt(text.substring(colon + 1));
            if (colon >= 0 && port >= 0 && port <= 65535) {
                return new InetSocketAddress(host.isEmpty() ? "127.0.0.1" : host, port);
            }
        } catch (NumberFormatException e) {
            // Told below, with every other wrong form.
        }
        throw CommandFailure.usage(option + " " + text + " is no address: write it like 127.0.0.1:8080");
    }

    /** As a person would type it into a client. */
    static String origin(InetSocketAddress address) {
        String host = address.getAddress() == null
                ? address.getHostString()
                : address.getAddress().getHostAddress();
        return "http://" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + address.getPort();
    }
}
