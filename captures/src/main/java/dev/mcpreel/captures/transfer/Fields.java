package dev.mcpreel.captures.transfer;

import dev.mcpreel.captures.exchange.Header;
import dev.mcpreel.captures.exchange.Headers;
import dev.mcpreel.captures.store.CaptureException;
import dev.mcpreel.captures.store.CaptureException.Category;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The members of a JSON object in a file. What is missing or of another kind is a {@link CaptureException} that names the
 * place.
 *
 * @param where the file and the place in it, as a message begins with it
 */
record Fields(String where, JsonNode node) {
    /** Of a value that must be an object. */
    static Fields of(String where, @Nullable JsonNode node) {
        if (node == null || !node.isObject()) {
            throw bad(where, "a JSON object is due here");
        }
        return new Fields(where, node);
    }

    static CaptureException bad(String where, String what) {
        return new CaptureException(Category.DAMAGED, where + ": " + what);
    }

    CaptureException bad(String what) {
        return bad(where, what);
    }

    boolean has(String name) {
        return node.hasNonNull(name);
    }

    String text(String name) {
        JsonNode value = node.path(name);
        if (!value.isString()) {
            throw bad("\"" + name + "\" is missing or no string");
        }
        return value.stringValue();
    }

    String text(String name, String absent) {
        return has(name) ? text(name) : absent;
    }

    long number(String name) {
        JsonNode value = node.path(name);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw bad("\"" + name + "\" is missing or no whole number");
        }
        return value.longValue();
    }

    long number(String name, long absent) {
        return has(name) ? number(name) : absent;
    }

    int integer(String name) {
        long value = number(name);
        if (value != (int) value) {
            throw bad("\"" + name + "\" is out of range");
        }
        return (int) value;
    }

    /** A number of milliseconds or the like, whole or not; absent too when it is negative, as HAR says "unknown". */
    double amount(String name, double absent) {
        JsonNode value = node.path(name);
        double amount = value.isNumber() ? value.doubleValue() : -1;
        return amount >= 0 && Double.isFinite(amount) ? amount : absent;
    }

    boolean flag(String name) {
        JsonNode value = node.path(name);
        return value.isBoolean() && value.booleanValue();
    }

    <E extends Enum<E>> E label(String name, Class<E> type) {
        String label = text(name);
        return Labels.find(type, label)
                .orElseThrow(() -> bad("\"" + name + "\" is none of the words this version knows"));
    }

    /** The members of an array, each of which must be an object; none when it is absent. */
    List<Fields> objects(String name) {
        JsonNode array = node.path(name);
        if (!array.isMissingNode() && !array.isNull() && !array.isArray()) {
            throw bad("\"" + name + "\" is no array");
        }
        List<Fields> objects = new ArrayList<>(array.size());
        for (JsonNode member : array) {
            objects.add(of(where + ", " + name + "[" + objects.size() + "]", member));
        }
        return objects;
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (JsonNode member : node.path(name)) {
            if (!member.isString()) {
                throw bad("\"" + name + "\" holds something else than strings");
            }
            texts.add(member.stringValue());
        }
        return texts;
    }

    /** Header fields as pairs of a name and a value. */
    Headers headers(String name) {
        List<Header> fields = new ArrayList<>();
        for (JsonNode pair : node.path(name)) {
            if (!pair.path(0).isString() || !pair.path(1).isString() || pair.size() != 2) {
                throw bad("\"" + name + "\" holds something else than pairs of a name and a value");
            }
            fields.add(new Header(pair.path(0).stringValue(), pair.path(1).stringValue()));
        }
        return new Headers(fields);
    }
}
