package dev.mcpreel.proxy.rewrite;

import java.nio.charset.StandardCharsets;

/** The fields of one block of an event stream, as the HTML standard interprets an event stream (section 9.2.6). */
final class EventBlock {
    private final byte[] bytes;
    private final LocatedText data = new LocatedText();
    private String name = "";
    private boolean hasData;

    private EventBlock(byte[] bytes) {
        this.bytes = bytes;
    }

    static EventBlock of(byte[] bytes, int length) {
        EventBlock block = new EventBlock(bytes);
        int from = 0;
        for (int i = 0; i < length; i++) {
            if (bytes[i] == '\r' || bytes[i] == '\n') {
                block.line(from, i);
                from = i + 1;
            }
        }
        return block;
    }

    private void line(int from, int to) {
        int colon = from;
        while (colon < to && bytes[colon] != ':') {
            colon++;
        }
        int value = Math.min(colon + 1, to);
        if (value < to && bytes[value] == ' ') {
            value++;
        }
        switch (text(from, colon)) {
            case "event" -> name = text(value, to);
            case "data" -> {
                hasData = true;
                data.addBytes(bytes, value, to);
            }
            default -> {}
        }
    }

    private String text(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }

    boolean isNamed(String expected) {
        return name.equals(expected);
    }

    boolean hasData() {
        return hasData;
    }

    /** The data; its lines are joined without line feeds, as a reader of URLs does. */
    LocatedText data() {
        return data;
    }
}
