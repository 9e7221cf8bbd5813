package dev.mcpreel.captures.redact;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
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
                percent,
                lowerHex(percent),
                percent(value, true),
                json(value, false, false),
                json(value, true, false),
                json(value, false, true),
                json(value, true, true),
                html(value))) {
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

    /** As writers of JSON escape it, who differ in what they do with slashes and beyond ASCII. */
    private static byte[] json(byte[] value, boolean slash, boolean ascii) {
        StringBuilder out = new StringBuilder(2 * value.length);
        for (char c : new String(value, StandardCharsets.UTF_8).toCharArray()) {
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                case '/' -> out.append(slash ? "\\/" : "/");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (ascii && c > 0x7E) {
                        out.append("\\u").append(HexFormat.of().toHexDigits(c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        return out.toString().getBytes(StandardCharsets.UTF_8);
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
