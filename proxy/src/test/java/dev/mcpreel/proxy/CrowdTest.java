package dev.mcpreel.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mcpreel.proxy.testkit.Wire;
import java.io.IOException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** More clients than there may be at a time. */
@Timeout(60)
class CrowdTest {
    private static final String GET = "GET /mcp HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final int LIMIT = 3;

    private final List<Wire> crowd = new ArrayList<>();
    private ProxyRig rig;

    @BeforeEach
    void start() throws IOException {
        rig = new ProxyRig(
                Transport.best(), config -> config.withLimits(config.limits().withMaxConnections(LIMIT)));
    }

    @AfterEach
    void stop() throws IOException {
        rig.close();
    }

    private void fill() throws IOException {
        while (crowd.size() < LIMIT) {
            crowd.add(rig.client());
        }
        await().until(() -> rig.proxy.stats().openConnections() == LIMIT);
    }

    @Test
    void oneTooMany_is503AndRecorded_andTheOthersGoOn() throws IOException {
        fill();
        assertThat(rig.client().send(GET).readToEnding())
                .startsWith("HTTP/1.1 503 Service Unavailable\r\n")
                .contains("too many connections: the limit is 3 (--max-connections)")
                .endsWith("<FIN>");
        assertThat(rig.ended(0).ending()).isEqualTo("REFUSED by RECORDER");
        crowd.get(0).send(GET);
        assertThat(rig.upstream.accept().readHead()).isEqualTo(GET);
        assertThat(rig.proxy.stats().turnedAway()).isEqualTo(1);
    }

    @Test
    void roomThatBecomesFree_isGivenAway() throws IOException {
        fill();
        crowd.get(0).close();
        await().until(() -> rig.proxy.stats().openConnections() == LIMIT - 1);
        rig.client().send(GET);
        assertThat(rig.upstream.accept().readHead()).isEqualTo(GET);
    }

    @Test
    void farTooMany_areClosedAtOnce_soThatDescriptorsAreBounded() throws IOException {
        for (int i = 0; i < LIMIT + 600; i++) {
            try {
                rig.client();
            } catch (SocketException e) {
                // Closed while it was connecting.
            }
        }
        await().until(() -> rig.proxy.stats().turnedAway() == 600);
        assertThat(rig.proxy.stats().openConnections()).isEqualTo(LIMIT + 256);
    }
}
