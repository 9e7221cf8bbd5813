package dev.mcpreel.captures.store;

import dev.mcpreel.captures.exchange.Bytes;
import dev.mcpreel.captures.exchange.Header;
import dev.mcpreel.captures.exchange.Headers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a payload from front to back. What a payload no longer holds reads as empty, so that a shorter one of an older
 * writer can be read.
 */
final class VarReader {
    private final byte[] array;
    private final int end;
    private int at;

    VarReader(byte[] array, int from, int to) {
        this.array = array;
        this.at = from;
        this.end = to;
    }

    String string() {
        long length = length();
        if (length > end - at) {
            at = end;
            return "";
        }
        String text = new String(array, at, (int) length, StandardCharsets.UTF_8);
        at += (int) length;
        return text;
    }

    /** Whether so many bytes are left. */
    boolean has(int bytes) {
        return end - at >= bytes;
    }

    long u32() {
        if (!has(4)) {
            at = end;
            return 0;
        }
        at += 4;
        return Le.u32(array, at - 4);
    }

    long i64() {
        if (!has(8)) {
            at = end;
            return 0;
        }
        at += 8;
        return Le.i64(array, at - 8);
    }

    Headers headers() {
        if (end - at < 4) {
            return Headers.EMPTY;
        }
        long count = Le.u32(array, at);
        at += 4;
        List<Header> fields = new ArrayList<>((int) Math.min(count, (end - at) / 4));
        for (int i = 0; i < count && at < end; i++) {
            fields.add(new Header(string(), string()));
        }
        return new Headers(fields);
    }

    Bytes rest() {
        Bytes bytes = Bytes.copyOf(array, at, end - at);
        at = end;
        return bytes;
    }

    private long length() {
        if (end - at < 2) {
            at = end;
            return 0;
        }
        int length = Le.u16(array, at);
        at += 2;
        if (length != EncodeBuffer.LONG_STRING) {
            return length;
        }
        if (end - at < 4) {
            at = end;
            return 0;
        }
        long longLength = Le.u32(array, at);
        at += 4;
        return longLength;
    }
}
