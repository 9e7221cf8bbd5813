package dev.mcpreel.proxy.relay;

import dev.mcpreel.proxy.upstream.Upstream;
import io.netty.channel.Channel;

/**
 * The connection to the upstream that serves a pair.
 *
 * @param address the address connected to, as {@code ip:port}
 */
record UpstreamLink(Channel channel, Upstream upstream, String address) {
    UpstreamLink(Channel channel, Upstream upstream) {
        this(channel, upstream, Sockets.text(channel.remoteAddress()));
    }
}
