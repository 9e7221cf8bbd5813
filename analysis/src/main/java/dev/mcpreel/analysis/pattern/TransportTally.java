package dev.mcpreel.analysis.pattern;

import dev.mcpreel.captures.session.TransportEnding;
import dev.mcpreel.captures.session.TransportKind;
import dev.mcpreel.captures.session.TransportSession;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Transport sessions by kind and ending, each counted once however many agents used it: one byte for each. */
public final class TransportTally {
    private record Form(TransportKind kind, TransportEnding ending) {}

    private static final List<Form> FORMS = forms();

    /** By the number in the transport session's id: the place of its form, plus 1. */
    private byte[] seen = new byte[64];

    TransportTally() {}

    private static List<Form> forms() {
        List<Form> forms = new ArrayList<>();
        for (TransportKind kind : TransportKind.values()) {
            for (TransportEnding ending : TransportEnding.values()) {
                forms.add(new Form(kind, ending));
            }
        }
        return List.copyOf(forms);
    }

    void add(TransportSession transport) {
        int number = Integer.parseInt(transport.id().substring(1));
        if (number >= seen.length) {
            seen = Arrays.copyOf(seen, Math.max(number + 1, seen.length * 2));
        }
        if (seen[number] == 0 || transport.ending() != TransportEnding.NONE) {
            seen[number] = (byte) (1 + FORMS.indexOf(new Form(transport.kind(), transport.ending())));
        }
    }

    /** How many of each kind ended how. */
    public Map<TransportKind, Map<TransportEnding, Long>> counts() {
        Map<TransportKind, Map<TransportEnding, Long>> counts = new EnumMap<>(TransportKind.class);
        for (byte place : seen) {
            if (place != 0) {
                Form form = FORMS.get(place - 1);
                counts.computeIfAbsent(form.kind(), kind -> new EnumMap<>(TransportEnding.class))
                        .merge(form.ending(), 1L, Long::sum);
            }
        }
        return counts;
    }
}
