package dev.mcpreel.replay.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.exchange.EndCause;
import io.netty.channel.ChannelException;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.SocketException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class FailuresTest {
    @Test
    void isLocal_wantOfDescriptorsOrPorts_isTrue() {
        assertThat(Failures.isLocal(new SocketException("Too many open files"))).isTrue();
        assertThat(Failures.isLocal(new ChannelException(new IOException("newSocketStream: Too many open files"))))
                .isTrue();
        assertThat(Failures.isLocal(new BindException("whatever the platform says")))
                .isTrue();
        assertThat(Failures.isLocal(new ConnectException("Cannot assign requested address: /127.0.0.1:80")))
                .isTrue();
    }

    @Test
    void isLocal_whatTheTargetDoes_isFalse() {
        assertThat(Failures.isLocal(new ConnectException("Connection refused"))).isFalse();
        assertThat(Failures.isLocal(new IOException("Connection timed out"))).isFalse();
        assertThat(Failures.isLocal(null)).isFalse();
    }

    @Test
    void lost_byItsError_isAResetOrAClose() {
        assertThat(Failures.lost(new IOException("recvAddress(..) failed: Connection reset by peer")))
                .isEqualTo(EndCause.RESET);
        assertThat(Failures.lost(new IOException("Broken pipe"))).isEqualTo(EndCause.RESET);
        assertThat(Failures.lost(null)).isEqualTo(EndCause.CLOSED);
    }

    @Test
    void describe_anyFailure_isOneLine() {
        assertThat(Failures.describe(new IOException("first\nsecond"))).isEqualTo("first");
        assertThat(Failures.describe(new IOException())).isEqualTo("IOException");
    }
}
