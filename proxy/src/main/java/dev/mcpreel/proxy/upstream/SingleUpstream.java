package dev.mcpreel.proxy.upstream;

import dev.mcpreel.captures.exchange.UpstreamChoice;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** One upstream for everything, whatever becomes of it. Immutable, so one assignment serves all exchanges. */
record SingleUpstream(Upstream upstream) implements UpstreamSelector, Assignment {
    @Override
    public Assignment assign(HttpRequest request, @Nullable InetAddress client) {
        return this;
    }

    @Override
    public UpstreamChoice choice() {
        return UpstreamChoice.ONLY;
    }

    @Override
    public String boundTo() {
        return "";
    }

    @Override
    public void connected() {}

    @Override
    public boolean connectFailed(ConnectFailure failure) {
        return false;
    }

    @Override
    public void responseHead(HttpResponse head) {}

    @Override
    public void endpoint(String target) {}

    @Override
    public void ended() {}
}
