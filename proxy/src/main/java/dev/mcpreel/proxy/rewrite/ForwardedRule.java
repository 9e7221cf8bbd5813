package dev.mcpreel.proxy.rewrite;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Tells the upstream who asked, and for which host, in the words of RFC 7239 and in those that were usual before it.
 *
 * <ul>
 *   <li>{@code Forwarded} gets an element for this hop: {@code for}, {@code host} as the client sent it, {@code proto}.
 *       No {@code by}: nobody reads it, and it shows where the proxy stands inside. A client without a known address is
 *       {@code unknown} (section 6.2).
 *   <li>{@code X-Forwarded-For} gets the client's address at its end, an IPv6 address without brackets, as nginx and
 *       HAProxy write it. So the last one is always the one that this proxy saw.
 *   <li>{@code X-Forwarded-Proto} and {@code X-Forwarded-Host} hold one value, which means what the first client used;
 *       they are added only where they are missing, since a proxy further out knew better. What a client forges there is
 *       not taken out: where nothing in front of this proxy sets them, an upstream must not build trust on them.
 * </ul>
 */
final class ForwardedRule {
    private static final AsciiString FORWARDED = AsciiString.cached("Forwarded");
    private static final AsciiString FOR = AsciiString.cached("X-Forwarded-For");
    private static final AsciiString PROTO = AsciiString.cached("X-Forwarded-Proto");
    private static final AsciiString HOST = AsciiString.cached("X-Forwarded-Host");
    /** Clients speak no TLS to this proxy. */
    private static final String SCHEME = "http";

    private ForwardedRule() {}

    /** To be applied while Host is still the client's. */
    static void apply(HttpHeaders headers, @Nullable InetAddress client) {
        String host = headers.get(HttpHeaderNames.HOST);
        String address = client == null ? null : NetUtil.toAddressString(client);
        boolean named = host != null && !host.isEmpty();
        Fields.append(
                headers,
                FORWARDED,
                "for=" + node(address) + (named ? ";host=" + HttpToken.orQuoted(host) : "") + ";proto=" + SCHEME);
        if (address != null) {
            Fields.append(headers, FOR, address);
        }
        Fields.addIfAbsent(headers, PROTO, SCHEME);
        if (named) {
            Fields.addIfAbsent(headers, HOST, host);
        }
    }

    private static String node(@Nullable String address) {
        if (address == null) {
            return "unknown";
        }
        return address.indexOf(':') < 0 ? address : "\"[" + address + "]\"";
    }
}
