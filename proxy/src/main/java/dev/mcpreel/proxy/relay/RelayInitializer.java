package dev.mcpreel.proxy.relay;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.CombinedChannelDuplexHandler;
import io.netty.channel.EventLoop;
import io.netty.channel.group.ChannelGroup;
import io.netty.handler.codec.http.HttpDecoderConfig;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * The map of the program. A client's channel and those to its upstreams run on one loop:
 *
 * <pre>
 * client   - RequestDecoder  -> ClientHandler  -> ConnectionPair  -> RequestEncoder  - upstream
 *          - ResponseEncoder <- ConnectionPair <- UpstreamHandler <- ResponseDecoder -
 * </pre>
 *
 * <p>There is no aggregator, no decompressor and no idle timer on the way, and none may be added: bodies pass as they
 * come, and a call may be silent for as long as it likes.
 */
public final class RelayInitializer extends ChannelInitializer<Channel> {
    private static final int MAX_PIECE_BYTES = 64 * 1024;

    /** Connections beyond the limit that are still told so; any more are closed at once. */
    private static final int STANDING_ROOM = 256;

    private final RelayContext context;
    private final ChannelGroup clients;
    private final Map<EventLoop, PairWatch> watches = new ConcurrentHashMap<>();

    /**
     * An initializer of accepted channels.
     *
     * @param clients every accepted channel is added here
     */
    public RelayInitializer(RelayContext context, ChannelGroup clients) {
        this.context = context;
        this.clients = clients;
    }

    @Override
    protected void initChannel(Channel client) {
        int before = context.counters().connectionOpened();
        client.closeFuture().addListener(closed -> context.counters().connectionClosed());
        if (before >= context.limits().maxConnections() + STANDING_ROOM) {
            context.counters().turnAway();
            Sockets.reset(client);
            return;
        }
        clients.add(client);
        RequestDecoder decoder = new RequestDecoder(decoderConfig(context.limits()));
        ConnectionPair pair = new ConnectionPair(context, client, decoder);
        if (before >= context.limits().maxConnections()) {
            context.counters().turnAway();
            pair.crowdOut();
        }
        client.pipeline()
                .addLast(new CombinedChannelDuplexHandler<>(decoder, new ResponseEncoder(pair::answersHead)))
                .addLast(new ClientHandler(pair));
        watch(client, pair);
        if (context.counters().isDraining()) {
            pair.signalled(RelaySignal.DRAIN);
        }
    }

    private void watch(Channel client, ConnectionPair pair) {
        PairWatch watch = watches.computeIfAbsent(
                client.eventLoop(), loop -> new PairWatch(loop, context.limits(), context.nanoClock()));
        watch.opened(pair);
        client.closeFuture().addListener(closed -> watch.closed(pair));
    }

    /** Assembles the pipeline of one of a pair's upstream channels; each address that is tried has a channel of its own. */
    static ChannelInitializer<Channel> upstreamSide(RelayLimits limits, ConnectionPair pair) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel upstream) {
                upstream.pipeline()
                        .addLast(upstreamCodec(limits, pair::answersHead))
                        .addLast(new UpstreamHandler(pair));
            }
        };
    }

    /** Bare line feeds are smuggling from a client, and only sloppy from the server the operator chose. */
    private static CombinedChannelDuplexHandler<ResponseDecoder, RequestEncoder> upstreamCodec(
            RelayLimits limits, BooleanSupplier answersHead) {
        HttpDecoderConfig config = decoderConfig(limits).setStrictLineParsing(false);
        return new CombinedChannelDuplexHandler<>(new ResponseDecoder(config, answersHead), new RequestEncoder());
    }

    private static HttpDecoderConfig decoderConfig(RelayLimits limits) {
        return new HttpDecoderConfig()
                .setMaxInitialLineLength(limits.maxInitialLineBytes())
                .setMaxHeaderSize(limits.maxHeaderBytes())
                .setMaxChunkSize(MAX_PIECE_BYTES);
    }
}
