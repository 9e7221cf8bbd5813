package dev.mcpreel.proxy.upstream;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * What a session id, an address or a header value is known by: 128 bits of its SHA-256. However long the text is, keeping
 * its key costs the same, and nobody can make two texts with one key.
 */
record Key(long high, long low) {
    static Key of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    static Key of(byte[] bytes) {
        ByteBuffer digest = ByteBuffer.wrap(sha256().digest(bytes));
        return new Key(digest.getLong(), digest.getLong());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
