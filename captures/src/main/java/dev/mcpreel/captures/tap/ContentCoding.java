package dev.mcpreel.captures.tap;

import dev.mcpreel.captures.exchange.Bytes;
import dev.mcpreel.captures.exchange.Headers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/** How a body is coded on the wire, RFC 9110 section 8.4.1. */
enum ContentCoding {
    NONE,
    GZIP,
    DEFLATE,
    OTHER;

    /** The one coding that the lines of a head tell; of several, one inside the other, the body is not had. */
    static ContentCoding of(Headers headers) {
        List<String> codings = values(headers, "Content-Encoding")
                .filter(name -> !name.equals("identity"))
                .toList();
        if (values(headers, "Transfer-Encoding").anyMatch(name -> !name.equals("chunked")) || codings.size() > 1) {
            return OTHER;
        }
        return codings.isEmpty() ? NONE : of(codings.get(0));
    }

    /** This coding, unless the bytes look otherwise: nothing else that can be searched begins as gzip does. */
    ContentCoding orAsItLooks(Bytes body) {
        return this == NONE && looksLikeGzip(body) ? GZIP : this;
    }

    /** Whether these are the first bytes of a gzip member, RFC 1952 section 2.3. */
    static boolean looksLikeGzip(Bytes body) {
        return body.length() >= 3 && body.at(0) == 0x1f && body.at(1) == (byte) 0x8b && body.at(2) == 8;
    }

    private static ContentCoding of(String name) {
        return switch (name) {
            case "gzip", "x-gzip" -> GZIP;
            case "deflate" -> DEFLATE;
            default -> OTHER;
        };
    }

    private static Stream<String> values(Headers headers, String name) {
        return headers.all(name).stream()
                .flatMap(line -> Arrays.stream(line.split(",", -1)))
                .map(value -> value.strip().toLowerCase(Locale.ROOT))
                .filter(value -> !value.isEmpty());
    }

    /** The plain bytes; null when they cannot be had: an unknown coding or one inside, damage, or more bytes than the cap. */
    @Nullable
    Bytes decode(Bytes coded, int capBytes) {
        try (InputStream in = open(new ByteArrayInputStream(coded.toByteArray()))) {
            if (in == null) {
                return null;
            }
            byte[] plain = in.readNBytes(capBytes + 1);
            Bytes bytes = Bytes.owned(plain);
            return plain.length > capBytes || looksLikeGzip(bytes) ? null : bytes;
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
