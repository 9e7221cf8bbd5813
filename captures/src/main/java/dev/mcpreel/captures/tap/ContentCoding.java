package dev.mcpreel.captures.tap;

import dev.mcpreel.captures.exchange.Bytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/** How a body is coded on the wire, RFC 9110 section 8.4.1. */
enum ContentCoding {
    NONE,
    GZIP,
    DEFLATE,
    OTHER;

    static ContentCoding of(@Nullable String contentEncoding) {
        if (contentEncoding == null) {
            return NONE;
        }
        return switch (contentEncoding.strip().toLowerCase(Locale.ROOT)) {
            case "", "identity" -> NONE;
            case "gzip", "x-gzip" -> GZIP;
            case "deflate" -> DEFLATE;
            default -> OTHER;
        };
    }

    /** The plain bytes; null when they cannot be had: an unknown coding, damage, or more bytes than the cap. */
    @Nullable
    Bytes decode(Bytes coded, int capBytes) {
        try (InputStream in = open(new ByteArrayInputStream(coded.toByteArray()))) {
            if (in == null) {
                return null;
            }
            byte[] plain = in.readNBytes(capBytes + 1);
            return plain.length > capBytes ? null : Bytes.owned(plain);
        } catch (IOException e) {
            return null;
        }
    }

    private @Nullable InputStream open(InputStream in) throws IOException {
        return switch (this) {
            case NONE -> in;
            case GZIP -> new GZIPInputStream(in);
            case DEFLATE -> new InflaterInputStream(in);
            case OTHER -> null;
        };
    }
}
