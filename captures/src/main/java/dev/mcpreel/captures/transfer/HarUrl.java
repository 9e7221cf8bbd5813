package dev.mcpreel.captures.transfer;

import dev.mcpreel.captures.exchange.RequestHead;
import dev.mcpreel.captures.wire.Json;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;

/** The absolute URLs of a HAR, and the request targets of HTTP. */
final class HarUrl {
    private static final String ALLOWED = "-._~:/?#[]@!$&'()*+,;=%";

    private HarUrl() {}

    /** The URL a request went to, as its client saw it; what may not stand in one is percent-encoded. */
    static String of(RequestHead head) {
        String target = head.target();
        if (target.startsWith("http://") || target.startsWith("https://")) {
            return encoded(target);
        }
        String host = head.headers().first("Host");
        return encoded("http://" + (host == null || host.isBlank() ? "unknown.invalid" : host.strip())
                + (target.startsWith("/") ? "" : "/") + target);
    }

    /** The names and values of its query. */
    static ArrayNode query(String url) {
        ArrayNode json = Json.mapper().createArrayNode();
        int mark = url.indexOf('?');
        String query = mark < 0 ? "" : url.substring(mark + 1);
        for (String pair : query.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                json.addObject()
                        .put("name", decoded(equals < 0 ? pair : pair.substring(0, equals)))
                        .put("value", equals < 0 ? "" : decoded(pair.substring(equals + 1)));
            }
        }
        return json;
    }

    /** An http or https URL; null when it is anything else. */
    static @Nullable URI parse(String url) {
        try {
            URI uri = new URI(encoded(url));
            String scheme = uri.getScheme();
            boolean http = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
            return http && uri.getRawAuthority() != null ? uri : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    /** Scheme and authority. */
    static String origin(URI url) {
        return url.getScheme().toLowerCase(Locale.ROOT) + "://" + url.getRawAuthority();
    }

    /** What stands in the request line. */
    static String target(URI url) {
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    private static String encoded(String url) {
        StringBuilder out = new StringBuilder(url.length());
        for (byte b : url.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (plain || ALLOWED.indexOf(c) >= 0) {
                out.append(c);
            } else {
                out.append(String.format(Locale.ROOT, "%%%02X", (int) c));
            }
        }
        return out.toString();
    }
}
