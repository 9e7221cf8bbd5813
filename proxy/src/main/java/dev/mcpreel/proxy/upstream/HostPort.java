package dev.mcpreel.proxy.upstream;

/**
 * A host and a port as a person writes them.
 *
 * @param host a name or an address; an IPv6 address stands without its brackets
 * @param port 0 to 65535, or -1 when none was written
 */
public record HostPort(String host, int port) {
    private static final int MAX_PORT = 65535;

    /**
     * Reads {@code HOST}, {@code HOST:PORT} or {@code [IPV6]:PORT}.
     *
     * @throws IllegalArgumentException saying in a few words what is wrong with the text
     */
    public static HostPort parse(String text) {
        int hostEnd;
        String host;
        if (text.startsWith("[")) {
            hostEnd = text.indexOf(']') + 1;
            if (hostEnd == 0) {
                throw new IllegalArgumentException("the bracket of the IPv6 address is not closed");
            }
            host = text.substring(1, hostEnd - 1);
        } else {
            int colon = text.indexOf(':');
            if (colon != text.lastIndexOf(':')) {
                throw new IllegalArgumentException("an IPv6 address is written in brackets, for example [::1]:8080");
            }
            hostEnd = colon < 0 ? text.length() : colon;
            host = text.substring(0, hostEnd);
        }
        if (host.isEmpty()) {
            throw new IllegalArgumentException("the host is missing");
        }
        String rest = text.substring(hostEnd);
        if (rest.isEmpty()) {
            return new HostPort(host, -1);
        }
        if (!rest.startsWith(":")) {
            throw new IllegalArgumentException("a port follows the host after a colon");
        }
        return new HostPort(host, port(rest.substring(1)));
    }

    private static int port(String digits) {
        boolean number =
                !digits.isEmpty() && digits.length() <= 5 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        int port = number ? Integer.parseInt(digits) : -1;
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException("the port is a number from 0 to " + MAX_PORT);
        }
        return port;
    }

    /** As it stands in a URL or a Host field: an IPv6 address in brackets, no port when there is none. */
    @Override
    public String toString() {
        String name = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return port < 0 ? name : name + ":" + port;
    }
}
