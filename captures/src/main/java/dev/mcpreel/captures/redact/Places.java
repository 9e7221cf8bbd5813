package dev.mcpreel.captures.redact;

import java.util.Arrays;

/** Where the bytes of a decoded text stand in the text it was decoded from. Between two entries both run in step. */
final class Places {
    /** Two million escapes are sixteen mebibytes of places. */
    private static final int MOST = 1 << 21;

    private int[] decoded = new int[8];
    private int[] source = new int[8];
    private int count;

    /** From this decoded position on, the bytes stand from that source position on. Positions only grow. */
    void add(int decodedAt, int sourceAt) {
        if (count == MOST) {
            throw new OverBudgetException();
        }
        if (count == decoded.length) {
            decoded = Arrays.copyOf(decoded, 2 * count);
            source = Arrays.copyOf(source, 2 * count);
        }
        decoded[count] = decodedAt;
        source[count++] = sourceAt;
    }

    int of(int decodedAt) {
        int found = Arrays.binarySearch(decoded, 0, count, decodedAt);
        // Several entries may be for one position; the last of them counts.
        int entry = found < 0 ? -found - 2 : found;
        while (entry + 1 < count && decoded[entry + 1] == decodedAt) {
            entry++;
        }
        return source[entry] + decodedAt - decoded[entry];
    }
}
