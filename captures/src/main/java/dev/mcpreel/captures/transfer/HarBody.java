package dev.mcpreel.captures.transfer;

import dev.mcpreel.captures.exchange.Bytes;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The bodies of a HAR entry, in the spellings of its writers. */
final class HarBody {
    private HarBody() {}

    /** The body of a request; null when the HAR does not have it. */
    static @Nullable Bytes sent(Fields request) {
        if (!request.has("postData")) {
            return null;
        }
        Fields data = Fields.of(request.where() + ", postData", request.node().get("postData"));
        if (data.has("text")) {
            return bytes(data);
        }
        String form = data.objects("params").stream()
                .map(pair -> encoded(pair.text("name", "")) + "=" + encoded(pair.text("value", "")))
                .collect(Collectors.joining("&"));
        return form.isEmpty() ? null : Bytes.utf8(form);
    }

    /** The body of a response, its content coding undone; null when the HAR does not have it. */
    static @Nullable Bytes received(Fields content) {
        return content.has("text") ? bytes(content) : null;
    }

    private static Bytes bytes(Fields json) {
        if (!json.text("encoding", "").equalsIgnoreCase("base64")) {
            return Bytes.utf8(json.text("text"));
        }
        Bytes bytes = BodyText.fromBase64(json.text("text"));
        if (bytes == null) {
            throw json.bad("\"text\" is no Base64");
        }
        return bytes;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
