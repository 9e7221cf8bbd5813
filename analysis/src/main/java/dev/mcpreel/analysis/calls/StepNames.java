package dev.mcpreel.analysis.calls;

import dev.mcpreel.captures.exchange.NameDefined;
import java.util.HashMap;
import java.util.Map;

/** The names that step records give by number. */
final class StepNames {
    private final Map<Integer, String> names = new HashMap<>();

    void define(NameDefined definition) {
        names.put(definition.id(), definition.name());
    }

    /** Empty for 0; a number whose definition was lost stands for itself. */
    String of(int id) {
        return id == 0 ? "" : names.getOrDefault(id, "(name " + id + ")");
    }
}
