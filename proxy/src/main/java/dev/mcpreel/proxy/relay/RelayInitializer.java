package dev.mcpreel.proxy.relay;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.CombinedChannelDuplexHandler;
import io.netty.channel.group.ChannelGroup;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;
import java.util.function.BooleanSupplier;

/**
 * The map of the program. A client's channel and its upstream's run on one loop:
 *
 * <pre>
 * client   - HttpRequestDecoder -> ClientHandler   -> ConnectionPair -> RequestEncoder  - upstream
 *          - ResponseEncoder    <- ConnectionPair  <- UpstreamHandler <- ResponseDecoder -
 * </pre>
 *
 * <p>There is no aggregator, no decompressor and no idle timer on the way, and none may be added: bodies pass as they
 * come, and a call may be silent for as long as it likes.
 */
public final class RelayInitializer extends ChannelInitializer<Channel> {
    private static final int MAX_PIECE_BYTES = 64 * 1024;

    private final RelayContext context;
    private final ChannelGroup clients;

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
        clients.add(client);
        ConnectionPair pair = new ConnectionPair(context, client);
        client.pipeline()
                .addLast(clientCodec(context.limits(), pair::answersHead))
                .addLast(new ClientHandler(pair));
    }

    /** Assembles the pipeline of a pair's upstream channel. */
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

    private static CombinedChannelDuplexHandler<HttpRequestDecoder, ResponseEncoder> clientCodec(
            RelayLimits limits, BooleanSupplier answersHead) {
        return new CombinedChannelDuplexHandler<>(
                new HttpRequestDecoder(decoderConfig(limits)), new ResponseEncoder(answersHead));
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
