package dev.mcpreel.proxy.relay;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the transports leave to their users. Futures are dropped in this class only: a failed write comes back as the
 * channel's exception, and after a failed close there is nothing left to do.
 */
@SuppressWarnings("FutureReturnValueIgnored") // see above
final class Sockets {
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

    /** Says that nothing more will be sent, goes on reading for a while, then closes. */
    static void linger(Channel channel, long seconds) {
        if (channel instanceof DuplexChannel duplex) {
            duplex.shutdownOutput();
            channel.eventLoop().schedule(() -> channel.close(), seconds, TimeUnit.SECONDS);
        } else {
            channel.close();
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
