package dev.mcpreel.proxy.rewrite;

import dev.mcpreel.proxy.upstream.Upstream;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;

/** Applies a {@link HostMode}. Order and spelling of the fields stay as they are; a missing Host stays missing. */
final class HostRule {
    private final HostMode mode;

    HostRule(HostMode mode) {
        this.mode = mode;
    }

    void apply(HttpRequest request, Upstream upstream) {
        switch (mode) {
            case PRESERVE -> {}
            case UPSTREAM -> {
                String host = upstream.authority().toString();
                Fields.replace(request.headers(), HttpHeaderNames.HOST, clients -> host);
            }
        }
    }
}
