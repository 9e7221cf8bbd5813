package dev.mcpreel.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.store.CaptureVerifier;
import dev.mcpreel.captures.store.VerifyReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The power goes under a recorder with traffic: what the kernel had not yet written is gone. Some MiB each second, so that
 * the log leaves several blocks behind before the cut.
 */
@Tag("faults")
@Timeout(120)
class PowerLossTest {
    private static final int PADDING = 40_000;

    @TempDir
    private Path work;

    @BeforeEach
    void needsADisk() throws Exception {
        DiskUnderTest.assumePossible();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 6})
    void powerLoss_underLoad_losesNothingAcknowledged(int seconds) throws Exception {
        Path acks = work.resolve("acks");
        Set<Long> acknowledged;
        try (EchoServer upstream = new EchoServer(PADDING);
                DiskUnderTest disk = DiskUnderTest.ext4(work, 1_000)) {
            try (ChildRecorder recorder =
                            ChildRecorder.start(upstream.uri(), disk.folder(), "--ack-file", acks.toString());
                    SteadyLoad load = new SteadyLoad(recorder.address(), 4, Duration.ofMillis(20), PADDING)) {
                Awaitility.await()
                        .pollDelay(Duration.ofSeconds(seconds))
                        .atMost(Duration.ofSeconds(60))
                        .until(() -> RecordedTraffic.acknowledged(acks).size() > 20);
                assertThat(load.failures()).isEmpty();
                recorder.command().stop();
                acknowledged = RecordedTraffic.acknowledged(acks);
                disk.keepAsItIs();
                recorder.kill();
            }
            disk.mountKept();
            VerifyReport verified = CaptureVerifier.verify(disk.folder());
            RecordedTraffic recorded = RecordedTraffic.of(verified);
            System.out.printf(
                    "power lost after %d s: %d acknowledged, %d there, %s unreadable%n",
                    seconds,
                    acknowledged.size(),
                    recorded.ended().size(),
                    verified.log().damaged());
            assertThat(verified.interrupted()).isTrue();
            assertThat(acknowledged).hasSizeGreaterThan(20);
            assertThat(recorded.ended()).containsAll(acknowledged);
        }
    }
}
