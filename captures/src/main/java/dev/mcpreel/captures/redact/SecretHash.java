package dev.mcpreel.captures.redact;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Turns secrets into keyed hashes: the same secret is the same hash within a capture, and without the key nobody can
 * try out guesses. Not thread-safe; {@link #fork()} one for each thread.
 */
public final class SecretHash {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int SHOWN_BYTES = 12;
    private static final int LEAST_KEY_BYTES = 16;

    /** What every mask begins with. */
    static final String PREFIX = "redacted:";

    private static final int MASK_LENGTH = PREFIX.length() + 2 * SHOWN_BYTES;

    private final SecretKeySpec key;
    private final boolean given;
    private final Mac mac;

    private SecretHash(SecretKeySpec key, boolean given) {
        this.key = key;
        this.given = given;
        try {
            this.mac = Mac.getInstance(ALGORITHM);
            this.mac.init(key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has " + ALGORITHM, e);
        }
    }

    /** A fresh random key that lives in this process only. */
    public static SecretHash random() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return new SecretHash(new SecretKeySpec(key, ALGORITHM), false);
    }

    /** Hashes with the given key: at least 16 bytes that stay secret. */
    public static SecretHash of(byte[] key) {
        if (key.length < LEAST_KEY_BYTES) {
            throw new IllegalArgumentException("a key of hashes has at least " + LEAST_KEY_BYTES + " bytes");
        }
        return new SecretHash(new SecretKeySpec(key, ALGORITHM), true);
    }

    /** The same key for another thread. */
    public SecretHash fork() {
        return new SecretHash(key, given);
    }

    /** The whole hash of some bytes: 32 bytes. */
    public byte[] digest(byte[] secret) {
        return mac.doFinal(secret);
    }

    /** What stands in a capture in place of the secret, for example {@code redacted:6f1d...}. */
    public String mask(String secret) {
        return mask(secret.getBytes(StandardCharsets.UTF_8));
    }

    /** As {@link #mask(String)}; what is such a mask already stays as it is. */
    String mask(byte[] secret) {
        if (isMask(secret, 0, secret.length)) {
            return new String(secret, StandardCharsets.US_ASCII);
        }
        return PREFIX + HexFormat.of().formatHex(digest(secret), 0, SHOWN_BYTES);
    }

    /** Which key it is, in words; captures whose words are the same have comparable hashes. */
    String describe() {
        if (!given) {
            return "key: random, of this run only";
        }
        byte[] id = digest("mcp-reel: which key is it".getBytes(StandardCharsets.US_ASCII));
        return "key: given, number " + HexFormat.of().formatHex(id, 0, 4);
    }

    /** Whether these bytes are what a secret was replaced by, and nothing else. */
    static boolean isMask(byte[] bytes, int from, int to) {
        if (to - from != MASK_LENGTH) {
            return false;
        }
        for (int i = 0; i < MASK_LENGTH; i++) {
            byte b = bytes[from + i];
            boolean fits =
                    i < PREFIX.length() ? b == PREFIX.charAt(i) : (b >= '0' && b <= '9') || (b >= 'a' && b <= 'f');
            if (!fits) {
                return false;
            }
        }
        return true;
    }
}
