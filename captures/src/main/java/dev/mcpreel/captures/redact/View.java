package dev.mcpreel.captures.redact;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A part of a message as it is meant, with its escapes undone or its lines joined, that knows where in the message each
 * byte of it stands. So a secret is searched for in what is meant, and cut out of what is there.
 */
final class View {
    final byte[] bytes;
    final int from;
    final int to;
    private final @Nullable Places places;
    private final @Nullable View source;

    /** In how many JSON strings, one inside of the other, it stands. */
    final int strings;

    private View(byte[] bytes, int from, int to, @Nullable Places places, @Nullable View source, int strings) {
        this.bytes = bytes;
        this.from = from;
        this.to = to;
        this.places = places;
        this.source = source;
        this.strings = strings;
    }

    static View of(byte[] message) {
        return new View(message, 0, message.length, null, null, 0);
    }

    View part(int partFrom, int partTo) {
        return new View(bytes, partFrom, partTo, places, source, strings);
    }

    /** A part that is the inside of a JSON string. */
    View string(int partFrom, int partTo) {
        return new View(bytes, partFrom, partTo, places, source, strings + 1);
    }

    /**
     * What this view means.
     *
     * @param inThis where the decoded bytes stand in the bytes of this view
     */
    View decoded(byte[] plain, int length, Places inThis) {
        return new View(plain, 0, length, inThis, this, strings);
    }

    /** The place in the message. */
    int inMessage(int index) {
        int here = places == null ? index : places.of(index);
        return source == null ? here : source.inMessage(here);
    }

    int length() {
        return to - from;
    }

    byte[] copy() {
        return Arrays.copyOfRange(bytes, from, to);
    }

    String ascii(int textFrom, int textTo) {
        return new String(bytes, textFrom, textTo - textFrom, StandardCharsets.ISO_8859_1);
    }

    boolean contains(byte sought) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == sought) {
                return true;
            }
        }
        return false;
    }
}
