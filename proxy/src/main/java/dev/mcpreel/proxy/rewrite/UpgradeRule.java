package dev.mcpreel.proxy.rewrite;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.util.Iterator;
import java.util.StringJoiner;

/**
 * Withdraws the offer of another protocol: RFC 9110 section 7.8. The offer is made to the next hop, which is this proxy,
 * and it declines; a server that would accept simply goes on in HTTP/1.1. What else Connection says is left alone.
 */
final class UpgradeRule {
    private static final AsciiString HTTP2_SETTINGS = AsciiString.cached("HTTP2-Settings");

    private UpgradeRule() {}

    static void apply(HttpHeaders headers) {
        if (!headers.contains(HttpHeaderNames.UPGRADE) && !headers.contains(HTTP2_SETTINGS)) {
            return;
        }
        headers.remove(HttpHeaderNames.UPGRADE);
        headers.remove(HTTP2_SETTINGS);
        Fields.replace(headers, HttpHeaderNames.CONNECTION, UpgradeRule::withoutOffer);
        removeEmpty(headers);
    }

    private static String withoutOffer(String connection) {
        StringJoiner kept = new StringJoiner(", ");
        boolean offered = false;
        for (String option : connection.split(",", -1)) {
            String token = option.trim();
            if (HttpHeaderNames.UPGRADE.contentEqualsIgnoreCase(token)
                    || HTTP2_SETTINGS.contentEqualsIgnoreCase(token)) {
                offered = true;
            } else if (!token.isEmpty()) {
                kept.add(token);
            }
        }
        return offered ? kept.toString() : connection;
    }

    private static void removeEmpty(HttpHeaders headers) {
        Iterator<? extends CharSequence> values = headers.valueCharSequenceIterator(HttpHeaderNames.CONNECTION);
        while (values.hasNext()) {
            if (values.next().length() == 0) {
                values.remove();
            }
        }
    }
}
