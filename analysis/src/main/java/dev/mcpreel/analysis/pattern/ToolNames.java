package dev.mcpreel.analysis.pattern;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Numbers for the names of tools. The first {@value #MOST} have a number each; all later ones share one. */
final class ToolNames {
    static final int MOST = 256;
    static final int OTHER = MOST;
    static final int START = MOST + 1;
    static final int END = MOST + 2;

    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> names = new ArrayList<>();

    int number(String name) {
        Integer known = numbers.get(name);
        if (known != null) {
            return known;
        }
        if (names.size() == MOST) {
            return OTHER;
        }
        numbers.put(name, names.size());
        names.add(name);
        return names.size() - 1;
    }

    String name(int number) {
        return switch (number) {
            case OTHER -> Transitions.OTHER;
            case START -> Transitions.START;
            case END -> Transitions.END;
            default -> names.get(number);
        };
    }
}
