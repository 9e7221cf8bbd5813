package dev.mcpreel.captures.store;

import dev.mcpreel.captures.exchange.Bytes;
import dev.mcpreel.captures.exchange.Header;
import dev.mcpreel.captures.exchange.Headers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing byte array that is written to at its end. Not thread-safe. */
final class EncodeBuffer {
    /** In place of a 16-bit string length: a 32-bit length follows. */
    static final int LONG_STRING = 0xFFFF;

    private static final int KEEP = 256 << 10;

    private byte[] array;
    private int length;

    EncodeBuffer(int capacity) {
        array = new byte[capacity];
    }

    byte[] array() {
        return array;
    }

    int length() {
        return length;
    }

    /** Forgets what was written behind this length. */
    void truncate(int to) {
        length = Math.min(length, to);
    }

    void clear() {
        length = 0;
        if (array.length > KEEP) {
            array = new byte[KEEP];
        }
    }

    byte[] copy() {
        return Arrays.copyOf(array, length);
    }

    /** Makes room at the end and returns where it begins; its bytes are whatever stood there. */
    int reserve(int count) {
        int at = length;
        int needed = Math.addExact(at, count);
        if (needed > array.length) {
            array = Arrays.copyOf(array, Math.max(needed, (int) Math.min(Integer.MAX_VALUE - 16L, array.length * 2L)));
        }
        length = needed;
        return at;
    }

    EncodeBuffer u8(int value) {
        int at = reserve(1);
        array[at] = (byte) value;
        return this;
    }

    EncodeBuffer u16(int value) {
        int at = reserve(2);
        Le.u16(array, at, value);
        return this;
    }

    EncodeBuffer i32(int value) {
        int at = reserve(4);
        Le.i32(array, at, value);
        return this;
    }

    /** The nearest number that fits 32 bits without a sign. */
    EncodeBuffer u32Clamped(long value) {
        return i32((int) Math.max(0, Math.min(0xFFFF_FFFFL, value)));
    }

    EncodeBuffer i64(long value) {
        int at = reserve(8);
        Le.i64(array, at, value);
        return this;
    }

    EncodeBuffer bytes(Bytes bytes) {
        int at = reserve(bytes.length());
        bytes.copyTo(0, array, at, bytes.length());
        return this;
    }

    EncodeBuffer bytes(byte[] from, int offset, int count) {
        int at = reserve(count);
        System.arraycopy(from, offset, array, at, count);
        return this;
    }

    /** UTF-8 behind its length. */
    EncodeBuffer string(String text) {
        int count = text.length();
        if (count >= LONG_STRING) {
            return slowString(text);
        }
        int start = reserve(2 + count);
        for (int i = 0; i < count; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                length = start;
                return slowString(text);
            }
            array[start + 2 + i] = (byte) c;
        }
        Le.u16(array, start, count);
        return this;
    }

    EncodeBuffer headers(Headers headers) {
        i32(headers.fields().size());
        for (Header field : headers.fields()) {
            string(field.name()).string(field.value());
        }
        return this;
    }

    private EncodeBuffer slowString(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (utf8.length < LONG_STRING) {
            u16(utf8.length);
        } else {
            u16(LONG_STRING).i32(utf8.length);
        }
        return bytes(utf8, 0, utf8.length);
    }
}
