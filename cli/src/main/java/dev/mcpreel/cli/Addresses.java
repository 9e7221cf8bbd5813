package dev.mcpreel.cli;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;

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
        if ("http".equalsIgnoreCase(scheme) && uri.getHost() == null && uri.getRawAuthority() != null) {
            throw CommandFailure.usage(option + " " + text + ": its host is no valid host name; use its address");
        }
        if (!"http".equalsIgnoreCase(scheme) || uri.getHost() == null || uri.getRawUserInfo() != null) {
            throw CommandFailure.usage(option + " " + text + " is no http URL: write it like " + example);
        }
        if (uri.getPort() == 0 || uri.getPort() > 65535) {
            throw CommandFailure.usage(option + " " + text + " has no usable port: write it like " + example);
        }
        return uri;
    }

    /** As a person would type it into a client. */
    static String origin(InetSocketAddress address) {
        String host = address.getAddress() == null ? address.getHostString() : text(address.getAddress());
        return "http://" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    /** Where a client on this machine reaches what listens there; what listens on every address is reached on loopback. */
    static InetSocketAddress fromHere(InetSocketAddress listening) {
        InetAddress address = listening.getAddress();
        if (address == null || !address.isAnyLocalAddress()) {
            return listening;
        }
        byte[] loopback = new byte[address.getAddress().length];
        loopback[loopback.length - 1] = 1;
        if (loopback.length == 4) {
            loopback[0] = 127;
        }
        try {
            return new InetSocketAddress(InetAddress.getByAddress(loopback), listening.getPort());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four or sixteen bytes are an address", e);
        }
    }

    /** The two addresses people know by their short names go by these. */
    private static String text(InetAddress address) {
        if (address instanceof Inet6Address && address.isAnyLocalAddress()) {
            return "::";
        }
        return address instanceof Inet6Address && address.isLoopbackAddress() ? "::1" : address.getHostAddress();
    }
}
