package dev.mcpreel.proxy.relay;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.HttpObject;

/** Tells the pair what happens on the client's channel. Inbound objects become the pair's, with their reference. */
final class ClientHandler extends ChannelInboundHandlerAdapter {
    private final ConnectionPair pair;

    ClientHandler(ConnectionPair pair) {
        this.pair = pair;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        ctx.read();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        pair.clientSent((HttpObject) message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        pair.clientBurstEnded();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        pair.clientWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        pair.clientClosed();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof RelaySignal signal) {
            pair.signalled(signal);
        } else if (event instanceof ChannelInputShutdownEvent) {
            pair.clientFinished();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        pair.clientFailed(cause);
    }
}
