package dev.mcpreel.proxy.upstream;

/** Spreads the bits of a number over all 64. */
final class Mix {
    private Mix() {}

    /** The finaliser known as Stafford's variant 13 of MurmurHash3. */
    static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
