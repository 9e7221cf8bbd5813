package dev.mcpreel.proxy.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.proxy.rewrite.HostMode;
import dev.mcpreel.proxy.rewrite.Rewriting;
import dev.mcpreel.proxy.testkit.CollectingTap;
import dev.mcpreel.proxy.upstream.UpstreamConnector;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RelayInitializerTest {
    @Test
    void upstreamSide_givesEachAddressThatIsTriedAHandlerOfItsOwn() {
        RelayContext context = new RelayContext(
                (request, client) -> {
                    throw new AssertionError("nothing is sent on here");
                },
                new UpstreamConnector(new Bootstrap()),
                new Rewriting(HostMode.PRESERVE, null, false, false),
                RelayLimits.DEFAULT,
                new CollectingTap(),
                System::nanoTime,
                new RelayCounters());
        ConnectionPair pair =
                new ConnectionPair(context, new EmbeddedChannel(), new RequestDecoder(new HttpDecoderConfig()));
        ChannelInitializer<Channel> side = RelayInitializer.upstreamSide(RelayLimits.DEFAULT, pair);
        EmbeddedChannel first = new EmbeddedChannel(side);
        EmbeddedChannel second = new EmbeddedChannel(side);
        assertThat(second.isOpen()).isTrue();
        assertThat(UpstreamHandler.of(second)).isNotNull().isNotSameAs(UpstreamHandler.of(first));
    }
}
