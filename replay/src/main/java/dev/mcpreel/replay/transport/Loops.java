package dev.mcpreel.replay.transport;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The event loops the agents live on: native epoll where it loads, NIO elsewhere. Thread-safe. */
public final class Loops implements AutoCloseable {
    private final MultiThreadIoEventLoopGroup group;
    private final boolean epoll;
    private final List<EventLoop> all = new ArrayList<>();

    private Loops(int threads, boolean epoll) {
        IoHandlerFactory io = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        this.epoll = epoll;
        this.group = new MultiThreadIoEventLoopGroup(threads, new DefaultThreadFactory("replay-loop", true), io);
        for (EventExecutor executor : group) {
            all.add((EventLoop) executor);
        }
    }

    /** Starts the loops; a thread begins with its loop's first task. At least one. */
    public static Loops start(int threads) {
        return new Loops(threads, Epoll.isAvailable());
    }

    /** Every loop, always in the same order. */
    public List<EventLoop> all() {
        return List.copyOf(all);
    }

    /** What moves the bytes, for people: {@code epoll} or {@code nio}. */
    public String kind() {
        return epoll ? "epoll" : "nio";
    }

    /** The group of all of them. */
    public EventLoopGroup group() {
        return group;
    }

    /** What listens on these loops. */
    public Class<? extends ServerSocketChannel> serverChannelType() {
        return epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    }

    Class<? extends SocketChannel> channelType() {
        return epoll ? EpollSocketChannel.class : NioSocketChannel.class;
    }

    /** Ends the loops once what they run has returned; waits at most five seconds. */
    @Override
    public void close() {
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
    }
}
