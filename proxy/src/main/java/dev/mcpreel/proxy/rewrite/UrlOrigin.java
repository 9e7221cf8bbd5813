package dev.mcpreel.proxy.rewrite;

import dev.mcpreel.proxy.upstream.HostPort;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The origin at the beginning of a URL in a text.
 *
 * @param scheme {@code http} or {@code https}
 * @param start index of its first character
 * @param end index of the first character that does not belong to it: where the path, query or fragment begins
 */
record UrlOrigin(String scheme, HostPort authority, int start, int end) {
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    /** Of an absolute http or https URL; null for any other text, and for one with user information. */
    static @Nullable UrlOrigin find(String text) {
        int start = firstInk(text);
        for (String scheme : new String[] {"http", "https"}) {
            String head = scheme + "://";
            if (text.regionMatches(true, start, head, 0, head.length())) {
                return find(text, scheme, start, start + head.length());
            }
        }
        return null;
    }

    /** As {@link #find(String)}, and also of a reference that leaves out the scheme, as {@code //host/path} does. */
    static @Nullable UrlOrigin findInReference(String text, String inheritedScheme) {
        int start = firstInk(text);
        return text.startsWith("//", start) ? find(text, inheritedScheme, start, start + 2) : find(text);
    }

    private static @Nullable UrlOrigin find(String text, String scheme, int start, int authorityStart) {
        int end = authorityEnd(text, authorityStart);
        String authority = text.substring(authorityStart, end);
        // A backslash ends the host for some readers of URLs, and not for others.
        if (authority.chars().anyMatch(c -> c <= ' ' || c == 0x7f || c == '@' || c == '\\')) {
            return null;
        }
        String bare = authority.endsWith(":") ? authority.substring(0, authority.length() - 1) : authority;
        HostPort hostPort = hostPort(bare);
        return hostPort == null ? null : new UrlOrigin(scheme, hostPort, start, end);
    }

    /** What a Host field or an authority says; null when it is none. */
    static @Nullable HostPort hostPort(String text) {
        try {
            return HostPort.parse(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** The index of the character that ends the authority. */
    static int authorityEnd(String text, int from) {
        int end = from;
        while (end < text.length() && "/?#".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    static int defaultPort(String scheme) {
        return scheme.equals("https") ? HTTPS_PORT : HTTP_PORT;
    }

    /** Whether the authority means the same as this one does under this scheme. */
    boolean isAt(HostPort other) {
        return port() == portOf(other)
                && authority.host().toLowerCase(Locale.ROOT).equals(other.host().toLowerCase(Locale.ROOT));
    }

    int port() {
        return portOf(authority);
    }

    int portOf(HostPort hostPort) {
        return hostPort.port() < 0 ? defaultPort(scheme) : hostPort.port();
    }

    /** The path of the URL that begins with this origin, {@code /} when it has none. */
    String pathIn(String text) {
        return RequestTarget.path(text.substring(end));
    }

    private static int firstInk(String text) {
        int at = 0;
        while (at < text.length() && text.charAt(at) <= ' ') {
            at++;
        }
        return at;
    }
}
