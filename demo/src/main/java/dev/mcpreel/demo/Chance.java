package dev.mcpreel.demo;

import java.util.SplittableRandom;

/** Every dice the server throws, from one seed. Safe for use from any thread. */
final class Chance {
    private final long seed;
    private final SplittableRandom stream;

    Chance(long seed) {
        this.seed = seed;
        this.stream = new SplittableRandom(seed);
    }

    /** A value from {@code low} to {@code high}, both included; depends on how many were drawn before. */
    synchronized int between(int low, int high) {
        return stream.nextInt(low, high + 1);
    }

    /** The next 32 bits; depends on how many were drawn before. */
    synchronized int bits() {
        return stream.nextInt();
    }

    /** True for about one key in {@code n}: a function of the seed and the key alone, whoever asks and however often. */
    boolean hits(int n, String key) {
        return about(key).nextInt(n) == 0;
    }

    /** A value below {@code bound} that is a function of the seed and the key alone. */
    int fixed(int bound, String key) {
        return about(key).split().nextInt(bound);
    }

    private SplittableRandom about(String key) {
        long mixed = seed;
        for (int i = 0; i < key.length(); i++) {
            mixed = mixed * 31 + key.charAt(i);
        }
        return new SplittableRandom(mixed);
    }
}
