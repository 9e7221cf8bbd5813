package dev.mcpreel.captures.redact;

/** Undoes the escapes of texts: those of JSON strings, and the percent signs of URLs and forms. Tolerant. */
final class Escapes {
    private Escapes() {}

    /** What the inside of a JSON string means, RFC 8259 section 7. Half of a surrogate pair becomes three bytes. */
    static View json(View text) {
        byte[] in = text.bytes;
        byte[] out = new byte[text.length()];
        Places places = new Places();
        places.add(0, text.from);
        int length = 0;
        int i = text.from;
        while (i < text.to) {
            if (in[i] != '\\' || i + 1 == text.to) {
                out[length++] = in[i++];
                continue;
            }
            if (in[i + 1] == 'u' && hex4(in, i + 2, text.to) >= 0) {
                int code = hex4(in, i + 2, text.to);
                i += 6;
                int low = Character.isHighSurrogate((char) code) && i + 1 < text.to && in[i] == '\\' && in[i + 1] == 'u'
                        ? hex4(in, i + 2, text.to)
                        : -1;
                if (low >= 0 && Character.isLowSurrogate((char) low)) {
                    code = Character.toCodePoint((char) code, (char) low);
                    i += 6;
                }
                length = put(code, out, length);
            } else {
                out[length++] = unescaped(in[i + 1]);
                i += 2;
            }
            places.add(length, i);
        }
        return text.decoded(out, length, places);
    }

    /** What a part of a URL or a form means; a percent sign without two digits means itself. */
    static View percent(View text, boolean plusIsBlank) {
        byte[] in = text.bytes;
        byte[] out = new byte[text.length()];
        Places places = new Places();
        places.add(0, text.from);
        int length = 0;
        int i = text.from;
        while (i < text.to) {
            int value = in[i] == '%' && i + 2 < text.to ? hex2(in, i + 1) : -1;
            if (value >= 0) {
                out[length++] = (byte) value;
                i += 3;
                places.add(length, i);
            } else {
                out[length++] = plusIsBlank && in[i] == '+' ? (byte) ' ' : in[i];
                i++;
            }
        }
        return text.decoded(out, length, places);
    }

    private static byte unescaped(byte b) {
        return switch (b) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'b' -> '\b';
            case 'f' -> '\f';
            default -> b;
        };
    }

    private static int put(int code, byte[] out, int at) {
        int length = at;
        if (code < 0x80) {
            out[length++] = (byte) code;
        } else if (code < 0x800) {
            out[length++] = (byte) (0xC0 | (code >> 6));
            out[length++] = following(code);
        } else if (code < 0x10000) {
            out[length++] = (byte) (0xE0 | (code >> 12));
            out[length++] = following(code >> 6);
            out[length++] = following(code);
        } else {
            out[length++] = (byte) (0xF0 | (code >> 18));
            out[length++] = following(code >> 12);
            out[length++] = following(code >> 6);
            out[length++] = following(code);
        }
        return length;
    }

    private static byte following(int bits) {
        return (byte) (0x80 | (bits & 0x3F));
    }

    private static int hex4(byte[] in, int at, int end) {
        if (at + 4 > end) {
            return -1;
        }
        int high = hex2(in, at);
        int low = hex2(in, at + 2);
        return high < 0 || low < 0 ? -1 : (high << 8) | low;
    }

    private static int hex2(byte[] in, int at) {
        int high = Character.digit(in[at], 16);
        int low = Character.digit(in[at + 1], 16);
        return high < 0 || low < 0 ? -1 : (high << 4) | low;
    }
}
