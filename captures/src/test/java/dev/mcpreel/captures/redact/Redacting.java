package dev.mcpreel.captures.redact;

import dev.mcpreel.captures.exchange.Bytes;
import dev.mcpreel.captures.exchange.Headers;
import java.nio.charset.StandardCharsets;

/** A redaction with a key of its own, for texts. */
final class Redacting {
    private static final byte[] KEY = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    final Redaction redaction;

    Redacting(RedactionPolicy policy) {
        redaction = new Redaction(policy, SecretHash.of(KEY));
    }

    static Redacting standard() {
        return new Redacting(RedactionPolicy.standard());
    }

    /** What takes the place of the value. */
    static String mask(String value) {
        return SecretHash.of(KEY).mask(value);
    }

    String body(String body) {
        return body(body, MediaType.TEXT);
    }

    String form(String body) {
        return body(body, MediaType.FORM);
    }

    String event(String block) {
        Bytes redacted = redaction.event(Bytes.utf8(block));
        return redacted == null ? "(unreadable)" : redacted.utf8();
    }

    String header(String name, String value) {
        return String.valueOf(redaction.apply(Headers.of(name, value)).first(name));
    }

    private String body(String body, MediaType type) {
        Bytes redacted = redaction.body(Bytes.utf8(body), type);
        return redacted == null ? "(unreadable)" : redacted.utf8();
    }
}
