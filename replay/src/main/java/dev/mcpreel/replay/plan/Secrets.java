package dev.mcpreel.replay.plan;

import dev.mcpreel.captures.redact.Masks;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What stands behind the hashes of a capture, as far as the user told: live values by their masks. */
public final class Secrets {
    public static final Secrets NONE = new Secrets(Map.of());

    private final Map<String, String> values;

    private Secrets(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    /**
     * Secrets by the masks that stand for them in the capture.
     *
     * @throws PlanException for a key that is no mask
     */
    public static Secrets of(Map<String, String> values) {
        values.keySet().forEach(mask -> {
            if (!Masks.isMask(mask)) {
                throw new PlanException(
                        "'" + mask + "' is no hash of a capture: write redacted: and its 24 digits, as --dry-run does");
            }
        });
        return new Secrets(values);
    }

    /** The value a mask stands for, null when nobody told. */
    @Nullable
    String of(String mask) {
        return values.get(mask);
    }

    /** Every value, for whoever has to keep them from being seen. */
    public Collection<String> values() {
        return values.values();
    }

    /** Never the values. */
    @Override
    public String toString() {
        return values.size() + " secrets";
    }
}
