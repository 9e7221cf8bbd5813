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

    /** What every mask begins with. */
    static final String PREFIX = "redacted:";

    private final SecretKeySpec key;
    private final Mac mac;

    private SecretHash(SecretKeySpec key) {
        this.key = key;
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
        return new SecretHash(new SecretKeySpec(key, ALGORITHM));
    }

    /** Hashes with the given key: at least 16 bytes that stay secret. */
    public static SecretHash of(byte[] key) {
        return new SecretHash(new SecretKeySpec(key, ALGORITHM));
    }

    /** The same key for another thread. */
    public SecretHash fork() {
        return new SecretHash(key);
    }

    /** The whole hash of some bytes: 32 bytes. */
    public byte[] digest(byte[] secret) {
        return mac.doFinal(secret);
    }

    /** What stands in a capture in place of the secret, for example {@code redacted:6f1d...}. */
    public String mask(String secret) {
        byte[] hash = digest(secret.getBytes(StandardCharsets.UTF_8));
        return PREFIX + HexFormat.of().formatHex(hash, 0, SHOWN_BYTES);
    }
}
