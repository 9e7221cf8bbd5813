package dev.mcpreel.proxy.rewrite;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.util.Iterator;
import java.util.Map.Entry;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Changes header fields where they stand: set() of the headers would move a field to the end and give it our spelling. */
final class Fields {
    private Fields() {}

    /** Replaces the value of every field of a name; a value that the change gives back as it was is left alone. */
    static void replace(HttpHeaders headers, AsciiString name, UnaryOperator<String> change) {
        Iterator<Entry<CharSequence, CharSequence>> fields = headers.iteratorCharSequence();
        while (fields.hasNext()) {
            Entry<CharSequence, CharSequence> field = fields.next();
            if (name.contentEqualsIgnoreCase(field.getKey())) {
                String value = field.getValue().toString();
                String changed = change.apply(value);
                if (!changed.equals(value)) {
                    field.setValue(changed);
                }
            }
        }
    }

    /** Adds an element to the end of a list, which may stand in several fields, or not be there yet. */
    static void append(HttpHeaders headers, AsciiString name, String element) {
        Entry<CharSequence, CharSequence> last = last(headers, name);
        if (last == null) {
            headers.add(name, element);
        } else {
            last.setValue(last.getValue().length() == 0 ? element : last.getValue() + ", " + element);
        }
    }

    static void addIfAbsent(HttpHeaders headers, AsciiString name, String value) {
        if (!headers.contains(name)) {
            headers.add(name, value);
        }
    }

    private static @Nullable Entry<CharSequence, CharSequence> last(HttpHeaders headers, AsciiString name) {
        Entry<CharSequence, CharSequence> last = null;
        Iterator<Entry<CharSequence, CharSequence>> fields = headers.iteratorCharSequence();
        while (fields.hasNext()) {
            Entry<CharSequence, CharSequence> field = fields.next();
            if (name.contentEqualsIgnoreCase(field.getKey())) {
                last = field;
            }
        }
        return last;
    }
}
