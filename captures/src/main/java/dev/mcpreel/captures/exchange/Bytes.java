package dev.mcpreel.captures.exchange;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** An immutable run of bytes with value equality. Safe to share between threads. */
public final class Bytes {
    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] array;

    private Bytes(byte[] array) {
        this.array = array;
    }

    /** Takes ownership of the array: the caller must not touch it again. */
    public static Bytes owned(byte[] array) {
        return array.length == 0 ? EMPTY : new Bytes(array);
    }

    /** Copies the given range. */
    public static Bytes copyOf(byte[] array, int offset, int length) {
        return owned(Arrays.copyOfRange(array, offset, offset + length));
    }

    public static Bytes utf8(String text) {
        return owned(text.getBytes(StandardCharsets.UTF_8));
    }

    public int length() {
        return array.length;
    }

    public boolean isEmpty() {
        return array.length == 0;
    }

    public byte at(int index) {
        return array[index];
    }

    /** A read-only view; position 0, limit {@link #length()}. */
    public ByteBuffer asByteBuffer() {
        return ByteBuffer.wrap(array).asReadOnlyBuffer();
    }

    /** A fresh copy. */
    public byte[] toByteArray() {
        return array.clone();
    }

    /** Copies a range into a caller's array, as {@link System#arraycopy}. */
    public void copyTo(int from, byte[] target, int targetOffset, int length) {
        System.arraycopy(array, from, target, targetOffset, length);
    }

    /** Copies the range {@code [from, to)}. */
    public Bytes slice(int from, int to) {
        return from == 0 && to == array.length ? this : owned(Arrays.copyOfRange(array, from, to));
    }

    /** Decoded as UTF-8; malformed input becomes U+FFFD. */
    public String utf8() {
        return new String(array, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes bytes && Arrays.equals(array, bytes.array);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(array);
    }

    @Override
    public String toString() {
        return array.length + " bytes";
    }
}
