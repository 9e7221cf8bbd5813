package dev.mcpreel.proxy.rewrite;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Paths and queries as they stand in a request line. */
final class RequestTarget {
    private RequestTarget() {}

    /** The path of a target in origin or absolute form, {@code /} when it is empty. */
    static String path(String target) {
        String relative = withoutOrigin(target);
        int end = 0;
        while (end < relative.length() && relative.charAt(end) != '?' && relative.charAt(end) != '#') {
            end++;
        }
        return end == 0 ? "/" : relative.substring(0, end);
    }

    /**
     * The path and query that a client asks for when it follows a reference: RFC 3986 section 5.2.
     *
     * @param target of the request whose response has the reference
     * @return null when the reference is to nothing that HTTP can be asked for
     */
    static @Nullable String resolve(String target, String reference) {
        String bare = withoutFragment(reference).trim();
        UrlOrigin origin = UrlOrigin.findInReference(bare, "http");
        if (origin != null) {
            return normal(bare.substring(origin.end()));
        }
        if (bare.startsWith("//") || hasScheme(bare)) {
            return null;
        }
        String base = withoutFragment(withoutOrigin(target));
        if (bare.isEmpty()) {
            return normal(base);
        }
        if (bare.startsWith("/")) {
            return normal(bare);
        }
        String basePath = path(base);
        if (bare.startsWith("?")) {
            return normal(basePath + bare);
        }
        return normal(basePath.substring(0, basePath.lastIndexOf('/') + 1) + bare);
    }

    private static String withoutOrigin(String target) {
        UrlOrigin origin = target.startsWith("/") ? null : UrlOrigin.find(target);
        return origin == null ? target : target.substring(origin.end());
    }

    private static String withoutFragment(String text) {
        int hash = text.indexOf('#');
        return hash < 0 ? text : text.substring(0, hash);
    }

    private static boolean hasScheme(String reference) {
        int colon = reference.indexOf(':');
        int other = 0;
        while (other < reference.length() && "/?".indexOf(reference.charAt(other)) < 0) {
            other++;
        }
        return colon > 0 && colon < other;
    }

    private static String normal(String pathAndQuery) {
        String path = path(pathAndQuery);
        int query = pathAndQuery.indexOf('?');
        String tail = query < 0 ? "" : pathAndQuery.substring(query);
        return encoded(withoutDots(path.startsWith("/") ? path : "/" + path) + tail);
    }

    /** What cannot stand in a request line, in percent encoding; every character is a byte of UTF-8. */
    private static String encoded(String text) {
        StringBuilder encoded = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > ' ' && c < 0x7f) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits((byte) c));
            }
        }
        return encoded.toString();
    }

    /** RFC 3986 section 5.2.4. */
    private static String withoutDots(String path) {
        StringBuilder kept = new StringBuilder(path.length());
        int at = 0;
        while (at < path.length()) {
            int next = path.indexOf('/', at + 1);
            int end = next < 0 ? path.length() : next;
            String segment = path.substring(at, end);
            boolean last = end == path.length();
            if (segment.equals("/..")) {
                kept.setLength(Math.max(0, kept.lastIndexOf("/")));
            }
            if (!segment.equals("/..") && !segment.equals("/.")) {
                kept.append(segment);
            } else if (last) {
                kept.append('/');
            }
            at = end;
        }
        return kept.toString();
    }
}
