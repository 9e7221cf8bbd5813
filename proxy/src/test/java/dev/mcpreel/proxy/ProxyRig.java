package dev.mcpreel.proxy;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mcpreel.proxy.testkit.CollectingTap;
import dev.mcpreel.proxy.testkit.FakeUpstream;
import dev.mcpreel.proxy.testkit.SeenExchange;
import dev.mcpreel.proxy.testkit.Wire;
import io.netty.channel.epoll.Epoll;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A fake upstream, a proxy before it, a tap on it, and clients by the dozen. */
final class ProxyRig {
    final FakeUpstream upstream = new FakeUpstream();
    final CollectingTap tap = new CollectingTap();
    final RecordingProxy proxy;
    private final List<Wire> clients = new ArrayList<>();

    ProxyRig(Transport transport, UnaryOperator<ProxyConfig> change) throws IOException {
        assumeTrue(transport != Transport.EPOLL || Epoll.isAvailable(), "epoll does not load here");
        ProxyConfig config = ProxyConfig.of("127.0.0.1:0", upstream.url()).withLoops(2);
        proxy = RecordingProxy.start(change.apply(config), tap, System::nanoTime, transport);
    }

    ProxyRig(Transport transport) throws IOException {
        this(transport, config -> config);
    }

    ProxyRig() throws IOException {
        this(Transport.best());
    }

    Wire client() throws IOException {
        Wire client = Wire.connect(proxy.address());
        clients.add(client);
        return client;
    }

    /** Host as a client of the proxy writes it. */
    String host() {
        return "127.0.0.1:" + proxy.address().getPort();
    }

    SeenExchange ended(int index) {
        return tap.ended(index);
    }

    void close() throws IOException {
        for (Wire client : clients) {
            client.close();
        }
        proxy.close(Duration.ZERO);
        upstream.close();
    }
}
