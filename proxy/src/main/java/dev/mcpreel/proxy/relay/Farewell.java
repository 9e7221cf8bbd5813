package dev.mcpreel.proxy.relay;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;

/** How a client's connection ends. */
enum Farewell {
    /** At once; what was not yet written is lost. */
    NOW {
        @Override
        void bid(Channel client) {
            Sockets.close(client);
        }
    },
    /** After everything written so far. */
    FLUSHED {
        @Override
        void bid(Channel client) {
            client.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    },
    /** After everything written so far, with a reset, as the upstream did it. */
    RESET {
        @Override
        void bid(Channel client) {
            client.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener((ChannelFuture f) -> Sockets.reset(f.channel()));
        }
    },
    /**
     * After everything written so far, and in two steps, because the client may still be sending: a close with unread
     * bytes is a reset, and a reset can destroy the response before the client has read it (RFC 9112 section 9.6).
     */
    LINGERING {
        @Override
        void bid(Channel client) {
            client.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener((ChannelFuture f) -> {
                if (f.isSuccess()) {
                    Sockets.linger(f.channel(), LINGER_SECONDS);
                } else {
                    Sockets.close(f.channel());
                }
            });
        }
    };

    private static final int LINGER_SECONDS = 2;

    abstract void bid(Channel client);
}
