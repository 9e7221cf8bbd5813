package dev.mcpreel.proxy.relay;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpObject;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * Tells the pair what happens on an upstream's channel, once it knows the link; before that nothing is read. Inbound
 * objects become the pair's, with their reference.
 */
final class UpstreamHandler extends ChannelInboundHandlerAdapter {
    private final ConnectionPair pair;
    private @Nullable UpstreamLink link;

    UpstreamHandler(ConnectionPair pair) {
        this.pair = pair;
    }

    /** The one of an upstream's channel. */
    static UpstreamHandler of(Channel channel) {
        return channel.pipeline().get(UpstreamHandler.class);
    }

    /** The pair takes the connection. */
    void serve(UpstreamLink served) {
        link = served;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (link != null) {
            pair.upstreamSent(link, (HttpObject) message);
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (link != null) {
            pair.upstreamBurstEnded(link);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        pair.upstreamWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (link != null) {
            pair.upstreamClosed(link);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (link != null) {
            pair.upstreamFailed(link, cause);
        }
    }
}
