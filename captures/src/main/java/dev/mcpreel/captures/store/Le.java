package dev.mcpreel.captures.store;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Little-endian numbers in a byte array. */
final class Le {
    private static final VarHandle SHORT = view(short[].class);
    private static final VarHandle INT = view(int[].class);
    private static final VarHandle LONG = view(long[].class);

    private Le() {}

    static int u8(byte[] array, int at) {
        return array[at] & 0xFF;
    }

    static int u16(byte[] array, int at) {
        return (short) SHORT.get(array, at) & 0xFFFF;
    }

    static int i32(byte[] array, int at) {
        return (int) INT.get(array, at);
    }

    static long u32(byte[] array, int at) {
        return (int) INT.get(array, at) & 0xFFFF_FFFFL;
    }

    static long i64(byte[] array, int at) {
        return (long) LONG.get(array, at);
    }

    static void u16(byte[] array, int at, int value) {
        SHORT.set(array, at, (short) value);
    }

    static void i32(byte[] array, int at, int value) {
        INT.set(array, at, value);
    }

    static void i64(byte[] array, int at, long value) {
        LONG.set(array, at, value);
    }

    private static VarHandle view(Class<?> type) {
        return MethodHandles.byteArrayViewVarHandle(type, ByteOrder.LITTLE_ENDIAN);
    }
}
