package dev.mcpreel.analysis.pattern;

import dev.mcpreel.captures.session.TransportEnding;
import dev.mcpreel.captures.session.TransportKind;
import dev.mcpreel.captures.session.TransportSession;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/** Transport sessions by kind and ending, each counted once however many agents used it: one byte for each. */
public final class TransportTally {
    private static final int ENDINGS = TransportEnding.values().length;

    private byte[] seen = new byte[64];

    TransportTally() {}

    void add(TransportSession transport) {
        int number = Integer.parseInt(transport.id().substring(1));
        if (number >= seen.length) {
            seen = Arrays.copyOf(seen, Math.max(number + 1, seen.length * 2));
        }
        int before = seen[number] == 0 ? 0 : (seen[number] - 1) % ENDINGS;
        int ending = Math.max(before, transport.ending().ordinal());
        seen[number] = (byte) (1 + transport.kind().ordinal() * ENDINGS + ending);
    }

    /** How many of each kind ended how. */
    public Map<TransportKind, Map<TransportEnding, Long>> counts() {
        Map<TransportKind, Map<TransportEnding, Long>> counts = new EnumMap<>(TransportKind.class);
        for (byte code : seen) {
            if (code != 0) {
                counts.computeIfAbsent(
                                TransportKind.values()[(code - 1) / ENDINGS],
                                kind -> new EnumMap<>(TransportEnding.class))
                        .merge(TransportEnding.values()[(code - 1) % ENDINGS], 1L, Long::sum);
            }
        }
        return counts;
    }
}
