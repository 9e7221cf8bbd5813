package dev.mcpreel.proxy.relay;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpObject;

/** Tells the pair what happens on the upstream's channel. Inbound objects become the pair's, with their reference. */
final class UpstreamHandler extends ChannelInboundHandlerAdapter {
    private final ConnectionPair pair;

    UpstreamHandler(ConnectionPair pair) {
        this.pair = pair;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        pair.upstreamSent((HttpObject) message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        pair.upstreamBurstEnded();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        pair.upstreamWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        pair.upstreamClosed();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        pair.upstreamFailed(cause);
    }
}
