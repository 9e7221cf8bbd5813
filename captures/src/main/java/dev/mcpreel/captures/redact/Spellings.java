package dev.mcpreel.captures.redact;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The ways a value is written in URLs, forms, JSON and HTML. */
final class Spellings {
    private static final String HEX = "0123456789ABCDEF";

    private Spellings() {}

    /** The value as it is first, then every other way that differs. */
    static List<byte[]> of(byte[] value) {
        List<byte[]> all = new ArrayList<>(2);
        all.add(value);
        if (isPlain(value)) {
            return all;
        }
        byte[] percent = percent(value, false);
        for (byte[] other : List.of(
                percent, lowerHex(percent), percent(value, true), json(value, false), json(value, true), html(value))) {
            if (all.stream().noneMatch(known -> Arrays.equals(known, other))
                    && other.length <= KnownSecrets.MOST_BYTES) {
                all.add(other);
            }
        }
        return all;
    }

    private static boolean isPlain(byte[] value) {
        for (byte b : value) {
            if (!isUnreserved(b)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isUnreserved(byte b) {
        return (b >= 'a' && b <= 'z')
                || (b >= 'A' && b <= 'Z')
                || (b >= '0' && b <= '9')
                || b == '-'
                || b == '.'
                || b == '_'
                || b == '~';
    }

    private static byte[] percent(byte[] value, boolean form) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(2 * value.length);
        for (byte b : value) {
            if (isUnreserved(b)) {
                out.write(b);
            } else if (form && b == ' ') {
                out.write('+');
            } else {
                out.write('%');
                out.write(HEX.charAt((b >> 4) & 0xF));
                out.write(HEX.charAt(b & 0xF));
            }
        }
        return out.toByteArray();
    }

    private static byte[] lowerHex(byte[] percent) {
        byte[] out = percent.clone();
        for (int i = 0; i + 2 < out.length; i++) {
            if (out[i] == '%') {
                out[i + 1] = (byte) Character.toLowerCase(out[i + 1]);
                out[i + 2] = (byte) Character.toLowerCase(out[i + 2]);
                i += 2;
            }
        }
        return out;
    }

    private static byte[] json(byte[] value, boolean slash) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(2 * value.length);
        for (byte b : value) {
            switch (b) {
                case '"', '\\' -> escape(out, b);
                case '/' -> {
                    if (slash) {
                        out.write('\\');
                    }
                    out.write(b);
                }
                case '\n' -> escape(out, 'n');
                case '\r' -> escape(out, 'r');
                case '\t' -> escape(out, 't');
                default -> out.write(b);
            }
        }
        return out.toByteArray();
    }

    private static void escape(ByteArrayOutputStream out, int b) {
        out.write('\\');
        out.write(b);
    }

    private static byte[] html(byte[] value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(2 * value.length);
        for (byte b : value) {
            switch (b) {
                case '&' -> out.writeBytes("&amp;".getBytes(StandardCharsets.US_ASCII));
                case '<' -> out.writeBytes("&lt;".getBytes(StandardCharsets.US_ASCII));
                case '>' -> out.writeBytes("&gt;".getBytes(StandardCharsets.US_ASCII));
                case '"' -> out.writeBytes("&quot;".getBytes(StandardCharsets.US_ASCII));
                default -> out.write(b);
            }
        }
        return out.toByteArray();
    }
}
