package dev.mcpreel.proxy.relay;

import dev.mcpreel.captures.exchange.UpstreamChoice;
import dev.mcpreel.proxy.upstream.Assignment;
import dev.mcpreel.proxy.upstream.Upstream;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A connection to an upstream that serves a pair. Confined to the pair's loop. */
final class UpstreamLink {
    private final Channel channel;
    private final Upstream upstream;
    private final String address;
    private final boolean sole;
    private @Nullable Throwable failure;
    private boolean saidClose;
    private boolean finished;

    UpstreamLink(Channel channel, Assignment assignment) {
        this.channel = channel;
        this.upstream = assignment.upstream();
        this.address = Sockets.text(channel.remoteAddress());
        this.sole = assignment.choice() == UpstreamChoice.ONLY;
    }

    Channel channel() {
        return channel;
    }

    Upstream upstream() {
        return upstream;
    }

    /** The address connected to, as {@code ip:port}. */
    String address() {
        return address;
    }

    /** Whether it is the only upstream there is, so that the client's connection ends with this one. */
    boolean sole() {
        return sole;
    }

    boolean isWritable() {
        return channel.isWritable();
    }

    /** Remembers why reading or writing failed; the first reason counts. */
    void failed(IOException cause) {
        if (failure == null) {
            failure = cause;
        }
    }

    @Nullable
    Throwable failure() {
        return failure;
    }

    /** Whether what still comes out of the decoder only follows from a failure of the connection. */
    boolean isBroken() {
        return failure != null && !channel.isActive();
    }

    /** A final response came over it. */
    void answered(HttpResponse head) {
        saidClose |= !HttpUtil.isKeepAlive(head);
    }

    /** Whether it said that it closes, so that the client, who was told too, is to see it. */
    boolean saidClose() {
        return saidClose;
    }

    /** Sends the end of the client's stream once everything before it has gone; once only. */
    void finish() {
        if (!finished) {
            finished = true;
            Sockets.finish(channel);
        }
    }
}
