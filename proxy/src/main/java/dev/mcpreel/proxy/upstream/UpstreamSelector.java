package dev.mcpreel.proxy.upstream;

import io.netty.handler.codec.http.HttpRequest;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** Decides which upstream serves an exchange. Called on event loops; thread-safe; never blocks. */
@FunctionalInterface
public interface UpstreamSelector {
    /**
     * The upstream for an exchange.
     *
     * @param request its head, as the client sent it
     * @param client the client's address; null when its connection was gone before it could be asked
     */
    Assignment assign(HttpRequest request, @Nullable InetAddress client);
}
