package dev.mcpreel.replay.plan;

/**
 * A random number that is a function of its keys alone: no state, no order, so that any split of the agents draws the
 * same. Mixing is the finalizer of SplitMix64.
 */
record Draw(long bits) {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    static Draw of(long seed) {
        return new Draw(mix(seed + GOLDEN));
    }

    Draw with(long key) {
        return new Draw(mix(bits * GOLDEN + mix(key + GOLDEN)));
    }

    Draw with(String key) {
        Draw draw = with(key.length());
        for (int i = 0; i < key.length(); i++) {
            draw = draw.with(key.charAt(i));
        }
        return draw;
    }

    /** Uniform from 0 to 1, 1 excluded. */
    double fraction() {
        return (bits >>> 11) * 0x1.0p-53;
    }

    /** Uniform from 0 to the bound, the bound excluded. */
    int below(int bound) {
        return (int) (fraction() * bound);
    }

    private static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
