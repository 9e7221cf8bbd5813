package dev.mcpreel.replay.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Notes that the server said anything at all, be it half a status line: from then on nothing is sent twice. */
final class FirstByteHandler extends ChannelInboundHandlerAdapter {
    private final Connection connection;

    FirstByteHandler(Connection connection) {
        this.connection = connection;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        connection.sawBytes();
        ctx.fireChannelRead(message);
    }
}
