package dev.mcpreel.proxy.relay;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;

/**
 * What the transports leave to their users. Futures are dropped in this class only: a failed write comes back as the
 * channel's exception, and after a failed close there is nothing left to do.
 */
@SuppressWarnings("FutureReturnValueIgnored") // see above
final class Sockets {
    private static final int LINGER_SECONDS = 2;
    private static final int PROBE_SECONDS = 30;

    private Sockets() {}

    /** {@code ip:port}, an IPv6 address in brackets; empty when the connection was gone before it could be asked. */
    static String text(@Nullable SocketAddress address) {
        return address instanceof InetSocketAddress inet ? NetUtil.toSocketAddressString(inet) : "";
    }

    /** Whether the peer reset the connection. The transports say so in words only. */
    static boolean isReset(@Nullable Throwable cause) {
        if (!(cause instanceof IOException)) {
            return false;
        }
        String text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        return text.contains("reset") || text.contains("broken pipe");
    }

    /** Writes without a promise of its own. */
    static void write(Channel channel, Object message) {
        channel.write(message, channel.voidPromise());
    }

    static void close(Channel channel) {
        channel.close();
    }

    /** Closes once everything written has gone out, or after a while. */
    static void closeFlushed(Channel channel) {
        ChannelFuture flushed = channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        if (!flushed.isDone()) {
            channel.eventLoop().schedule(() -> channel.close(), LINGER_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** Says that nothing more will be sent, once everything written has gone out. */
    static void finish(Channel channel) {
        if (channel instanceof DuplexChannel duplex) {
            channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(flushed -> duplex.shutdownOutput());
        } else {
            closeFlushed(channel);
        }
    }

    /** Closes when both sides have said that they send nothing more. */
    static void closeIfFinished(Channel channel) {
        if (channel instanceof DuplexChannel duplex && duplex.isOutputShutdown()) {
            channel.close();
        }
    }

    /** Says that nothing more will be sent, goes on reading for a while, then closes. */
    static void linger(Channel channel) {
        if (channel instanceof DuplexChannel duplex && !duplex.isInputShutdown()) {
            duplex.shutdownOutput();
            channel.eventLoop().schedule(() -> channel.close(), LINGER_SECONDS, TimeUnit.SECONDS);
        } else {
            channel.close();
        }
    }

    /**
     * Finds out within a minute or two whether a peer that sends nothing more is still there to read: a kernel that has
     * forgotten the connection answers a probe with a reset (RFC 9293 section 3.8.4).
     */
    static void probe(Channel channel) {
        try {
            if (channel instanceof EpollSocketChannel) {
                channel.config().setOption(EpollChannelOption.TCP_KEEPIDLE, PROBE_SECONDS);
                channel.config().setOption(EpollChannelOption.TCP_KEEPINTVL, PROBE_SECONDS);
            } else if (channel instanceof NioSocketChannel) {
                channel.config().setOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE), PROBE_SECONDS);
                channel.config().setOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPINTERVAL), PROBE_SECONDS);
            }
        } catch (ChannelException | UnsupportedOperationException e) {
            // The system's own interval holds, or the connection is gone already.
        }
    }

    /** Closes with a reset. */
    static void reset(Channel channel) {
        try {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
        } catch (ChannelException e) {
            // The peer was faster, and there is no socket left to reset.
        }
        channel.close();
    }
}
