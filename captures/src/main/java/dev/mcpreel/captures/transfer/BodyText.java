package dev.mcpreel.captures.transfer;

import dev.mcpreel.captures.exchange.Bytes;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Bytes as JSON can hold them: as text where they are UTF-8, and in Base64 otherwise. */
final class BodyText {
    private BodyText() {}

    /** The text of which these bytes are the UTF-8; null when they are none. */
    static @Nullable String of(Bytes bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(bytes.asByteBuffer())
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    static String base64(Bytes bytes) {
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    /** The bytes of a Base64 text, line breaks allowed; null when it is none. */
    static @Nullable Bytes fromBase64(String text) {
        try {
            return Bytes.owned(Base64.getDecoder().decode(text.replaceAll("\\s", "")));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
