package dev.mcpreel.proxy.upstream;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Probes on event loops. */
@SuppressWarnings("FutureReturnValueIgnored") // a task is never cancelled; after a failed close there is nothing to do
record LoopProbe(EventLoopGroup loops, UpstreamConnector connector) implements UpstreamProbe {
    @Override
    public void schedule(long delayNanos, Runnable task) {
        try {
            loops.next().schedule(task, delayNanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // The loops have stopped: nobody is left who would use the upstream.
        }
    }

    @Override
    public void connect(Upstream upstream, Consumer<Boolean> reached) {
        connector.connect(loops.next(), upstream, new Silence()).addListener((Future<Channel> attempt) -> {
            if (attempt.isSuccess()) {
                attempt.getNow().close();
            }
            reached.accept(attempt.isSuccess());
        });
    }

    /** Says nothing, and wants to hear nothing. */
    @Sharable
    private static final class Silence extends ChannelInboundHandlerAdapter {
        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
