package dev.mcpreel.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.proxy.rewrite.HostMode;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HostModeTest {
    @Test
    void upstreamMode_changesTheHostTheServerSees_andRecordsTheClients() throws IOException {
        ProxyRig rig = new ProxyRig(Transport.best(), config -> config.withHostMode(HostMode.UPSTREAM));
        rig.client().send("GET / HTTP/1.1\r\nA: 1\r\nHost: " + rig.host() + "\r\nZ: 1\r\n\r\n");
        assertThat(rig.upstream.accept().readHead())
                .isEqualTo("GET / HTTP/1.1\r\nA: 1\r\nHost: 127.0.0.1:" + rig.upstream.port() + "\r\nZ: 1\r\n\r\n");
        assertThat(rig.tap.exchanges().get(0).requestFields()).contains("Host: " + rig.host());
        rig.close();
    }

    @Test
    void loopbackUpstream_seesTheClientsHost() throws IOException {
        ProxyRig rig = new ProxyRig();
        String request = "GET / HTTP/1.1\r\nHost: public.example\r\n\r\n";
        rig.client().send(request);
        assertThat(rig.upstream.accept().readHead()).isEqualTo(request);
        rig.close();
    }
}
