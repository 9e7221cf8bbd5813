package dev.mcpreel.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.proxy.rewrite.HostMode;
import dev.mcpreel.proxy.testkit.CollectingTap;
import dev.mcpreel.proxy.testkit.Wire;
import java.io.IOException;
import java.time.Duration;
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
    void underscoreInTheUpstreamsName_isLookedUpAsItIs_andTheClientIsToldWhenItIsNotFound() throws Exception {
        CollectingTap tap = new CollectingTap();
        RecordingProxy proxy = RecordingProxy.start(
                ProxyConfig.of("127.0.0.1:0", "http://no_such_server.invalid:3001")
                        .withHostMode(HostMode.UPSTREAM),
                tap);
        Wire client = Wire.connect(proxy.address()).send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
        assertThat(client.readToEnd())
                .startsWith("HTTP/1.1 502 ")
                .contains("no connection to upstream http://no_such_server.invalid:3001: ");
        assertThat(tap.ended(0).ending()).isEqualTo("CONNECT_FAILED by UPSTREAM");
        client.close();
        proxy.close(Duration.ZERO);
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
