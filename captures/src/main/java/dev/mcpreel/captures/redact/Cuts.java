package dev.mcpreel.captures.redact;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The places of a message that are replaced. They may come in any order and overlap: nothing under any of them stays. */
final class Cuts {
    private static final Comparator<Cut> ORDER = Comparator.comparingInt(Cut::from)
            .thenComparing(Comparator.comparingInt(Cut::to).reversed());

    private final List<Cut> cuts = new ArrayList<>(2);

    void add(Cut cut) {
        cuts.add(cut);
    }

    boolean isEmpty() {
        return cuts.isEmpty();
    }

    /** In the order they stand, none overlapping another. */
    List<Cut> merged() {
        cuts.sort(ORDER);
        List<Cut> merged = new ArrayList<>(cuts.size());
        for (Cut cut : cuts) {
            int last = merged.size() - 1;
            if (last >= 0 && cut.from() < merged.get(last).to()) {
                merged.set(last, merged.get(last).joinedWith(cut));
            } else {
                merged.add(cut);
            }
        }
        return merged;
    }

    /** The message without them: the same array when there are none. */
    byte[] apply(byte[] message) {
        if (cuts.isEmpty()) {
            return message;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(message.length + 64);
        int at = 0;
        for (Cut cut : merged()) {
            out.write(message, at, cut.from() - at);
            out.writeBytes(cut.text().getBytes(StandardCharsets.UTF_8));
            at = cut.to();
        }
        out.write(message, at, message.length - at);
        return out.toByteArray();
    }
}
