package dev.mcpreel.captures.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Header fields in wire order, names compared without case (RFC 9110 section 5.1). Immutable. */
public record Headers(List<Header> fields) {
    public static final Headers EMPTY = new Headers(List.of());

    public Headers {
        fields = List.copyOf(fields);
    }

    /** Names and values in turn, as a convenience: {@code of("Accept", "text/plain")}. */
    public static Headers of(String... namesAndValues) {
        List<Header> fields = new ArrayList<>(namesAndValues.length / 2);
        for (int i = 0; i + 1 < namesAndValues.length; i += 2) {
            fields.add(new Header(namesAndValues[i], namesAndValues[i + 1]));
        }
        return new Headers(fields);
    }

    /** The first value of the field, or null. */
    public @Nullable String first(String name) {
        for (Header field : fields) {
            if (field.name().equalsIgnoreCase(name)) {
                return field.value();
            }
        }
        return null;
    }

    /** Every value of the field, in wire order. */
    public List<String> all(String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(Header::value)
                .toList();
    }

    public Headers map(Function<Header, Header> change) {
        return new Headers(fields.stream().map(change).toList());
    }
}
