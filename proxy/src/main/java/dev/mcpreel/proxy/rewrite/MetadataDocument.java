package dev.mcpreel.proxy.rewrite;

import dev.mcpreel.captures.wire.Json;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Puts the public origin into the {@code resource} of a protected-resource metadata document, RFC 9728 section 2, and
 * leaves every other byte as it is. Should the document have that key twice, both are changed, since its readers differ in
 * which one they take.
 */
final class MetadataDocument {
    private static final String KEY = "resource";

    private final byte[] utf8;
    private final PublicUrl publicUrl;
    private final ByteBuf changed;
    private int copied;

    private MetadataDocument(byte[] utf8, PublicUrl publicUrl) {
        this.utf8 = utf8;
        this.publicUrl = publicUrl;
        this.changed = Unpooled.buffer(utf8.length + publicUrl.origin().length());
    }

    /** The document with its origin changed; null when there is nothing to change, or it is no JSON object in UTF-8. */
    static byte @Nullable [] withOrigin(byte[] utf8, PublicUrl publicUrl) {
        try {
            MetadataDocument document = new MetadataDocument(utf8, publicUrl);
            return document.isReadable() && document.copied > 0 ? document.rest() : null;
        } catch (JacksonException e) {
            return null;
        }
    }

    /** Reads to the end, because what follows the object may show that it is none. */
    private boolean isReadable() {
        try (JsonParser parser = Json.mapper().createParser(utf8)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean resource = KEY.equals(parser.currentName());
                if (parser.nextToken() == JsonToken.VALUE_STRING && resource) {
                    parser.finishToken();
                    replaceIn((int) parser.currentTokenLocation().getByteOffset(), (int)
                            parser.currentLocation().getByteOffset());
                } else {
                    parser.skipChildren();
                }
            }
            return parser.nextToken() == null;
        }
    }

    /** Takes the range of a JSON string. The parser knows none when the document is in another encoding than UTF-8. */
    private void replaceIn(int from, int to) {
        if (from < 0 || utf8[from] != '"' || utf8[to - 1] != '"') {
            return;
        }
        LocatedText value = LocatedText.json(utf8, from + 1, to - 1);
        UrlOrigin origin = UrlOrigin.find(value.text());
        if (origin != null && !publicUrl.isOriginOf(origin)) {
            copyTo(value.offset(origin.start()));
            changed.writeCharSequence(publicUrl.origin(), StandardCharsets.US_ASCII);
            copied = value.offset(origin.end());
        }
    }

    private byte[] rest() {
        copyTo(utf8.length);
        return ByteBufUtil.getBytes(changed);
    }

    private void copyTo(int end) {
        changed.writeBytes(utf8, copied, end - copied);
    }
}
