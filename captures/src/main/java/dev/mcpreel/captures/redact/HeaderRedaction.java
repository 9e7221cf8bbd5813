package dev.mcpreel.captures.redact;

import dev.mcpreel.captures.exchange.Header;
import dev.mcpreel.captures.exchange.Headers;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Replaces credentials in header fields by keyed hashes over the bare value: a known scheme of an Authorization value,
 * the names of cookies and the attributes of Set-Cookie stay readable, so that the same secret is the same hash wherever it
 * stands. Not thread-safe; {@link #fork()} one for each thread.
 */
public final class HeaderRedaction {
    private static final Set<String> CREDENTIALS = Set.of("authorization", "proxy-authorization");

    /** Words that may stand in clear in front of a credential; of anything else the first word may be the secret. */
    private static final Set<String> SCHEMES = Set.of(
            "basic",
            "bearer",
            "digest",
            "dpop",
            "negotiate",
            "ntlm",
            "hoba",
            "mutual",
            "aws4-hmac-sha256",
            "token",
            "apikey");

    private final SecretHash hash;

    public HeaderRedaction(SecretHash hash) {
        this.hash = hash;
    }

    /** The same policy and key for another thread. */
    public HeaderRedaction fork() {
        return new HeaderRedaction(hash.fork());
    }

    /** The policy in words, for the manifest. */
    public List<String> describe() {
        return List.of(
                "header Authorization: keyed hash",
                "header Proxy-Authorization: keyed hash",
                "header Cookie: values as keyed hashes",
                "header Set-Cookie: value as keyed hash");
    }

    /** The fields with every secret replaced, order and names as they were. */
    public Headers apply(Headers headers) {
        boolean secret = headers.fields().stream().anyMatch(field -> isSecret(lower(field.name())));
        return secret ? headers.map(this::apply) : headers;
    }

    /** The keyed hash, for whatever else may not be kept in clear. */
    public SecretHash hash() {
        return hash;
    }

    private static boolean isSecret(String name) {
        return CREDENTIALS.contains(name) || name.equals("cookie") || name.equals("set-cookie");
    }

    private Header apply(Header field) {
        String name = lower(field.name());
        if (CREDENTIALS.contains(name)) {
            return new Header(field.name(), credentials(field.value()));
        }
        if (name.equals("cookie")) {
            return new Header(field.name(), cookies(field.value()));
        }
        return name.equals("set-cookie") ? new Header(field.name(), setCookie(field.value())) : field;
    }

    private String credentials(String value) {
        String bare = value.strip();
        int blank = 0;
        while (blank < bare.length() && bare.charAt(blank) != ' ' && bare.charAt(blank) != '\t') {
            blank++;
        }
        String scheme = bare.substring(0, blank);
        return blank < bare.length() && SCHEMES.contains(lower(scheme))
                ? scheme + " " + hash.mask(bare.substring(blank).strip())
                : hash.mask(bare);
    }

    private String cookies(String value) {
        StringBuilder out = new StringBuilder(value.length());
        for (String pair : value.split(";", -1)) {
            out.append(out.isEmpty() ? "" : "; ").append(pair(pair.strip()));
        }
        return out.toString();
    }

    private String setCookie(String value) {
        int end = value.indexOf(';');
        return end < 0 ? pair(value.strip()) : pair(value.substring(0, end).strip()) + value.substring(end);
    }

    private String pair(String pair) {
        int equals = pair.indexOf('=');
        return equals < 0 ? hash.mask(pair) : pair.substring(0, equals + 1) + hash.mask(unquoted(pair, equals + 1));
    }

    private static String unquoted(String pair, int from) {
        String value = pair.substring(from);
        return value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")
                ? value.substring(1, value.length() - 1)
                : value;
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
