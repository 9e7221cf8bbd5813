package dev.mcpreel.captures.transfer;

import java.util.Locale;
import java.util.Optional;

/** Constants as files spell them: in lower case. */
final class Labels {
    private Labels() {}

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** The constant of that label; empty when there is none. */
    static <E extends Enum<E>> Optional<E> find(Class<E> type, String label) {
        for (E constant : type.getEnumConstants()) {
            if (of(constant).equals(label)) {
                return Optional.of(constant);
            }
        }
        return Optional.empty();
    }
}
