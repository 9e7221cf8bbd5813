package dev.mcpreel.captures.transfer;

import dev.mcpreel.captures.exchange.Header;
import dev.mcpreel.captures.exchange.Headers;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a HAR says of headers; the pseudo fields of HTTP/2 stand in the request line. */
final class HarHeaders {
    private HarHeaders() {}

    /** @param url of a request, to know the Host that browsers leave out; null for a response */
    static Headers of(Fields message, @Nullable URI url) {
        List<Header> fields = new ArrayList<>();
        boolean host = false;
        for (Fields field : message.objects("headers")) {
            String name = field.text("name");
            if (!name.isEmpty() && !name.startsWith(":")) {
                host |= name.equalsIgnoreCase("Host");
                fields.add(new Header(name, field.text("value", "")));
            }
        }
        if (url != null && !host) {
            fields.add(0, new Header("Host", url.getRawAuthority()));
        }
        return new Headers(fields);
    }
}
