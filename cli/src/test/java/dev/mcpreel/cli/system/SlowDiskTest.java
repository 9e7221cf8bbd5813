package dev.mcpreel.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.exchange.LossReason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk that answers late, under a recorder with traffic. Its JVM collects garbage several times a second here, so a thread
 * that waited for the disk where the collector must wait for it would stop every client.
 */
@Tag("faults")
@Timeout(180)
class SlowDiskTest {
    private static final Duration FROZEN = Duration.ofSeconds(5);

    /** The disk is thawed by then, whatever happens to the test. */
    private static final Duration AT_MOST = Duration.ofSeconds(45);

    @TempDir
    private Path work;

    @BeforeEach
    void needsADisk() throws Exception {
        DiskUnderTest.assumePossible();
    }

    @Test
    void frozenFor5s_noRequestWaitsForIt_andNothingIsLost() throws Exception {
        try (EchoServer upstream = new EchoServer(2_000);
                DiskUnderTest disk = DiskUnderTest.ext4(work, 400);
                ChildRecorder recorder = ChildRecorder.start(upstream.uri(), disk.folder());
                SteadyLoad load = new SteadyLoad(recorder.address(), 4, Duration.ofMillis(10), 2_000)) {
            soon(() -> load.answered() > 200);
            disk.freeze(AT_MOST);
            long from = System.nanoTime();
            int answered = load.answered();
            Awaitility.await().pollDelay(FROZEN).atMost(AT_MOST).until(() -> true);
            System.out.printf(
                    "slowest call before %s, while frozen %s, answered %d%n",
                    load.slowest(from - Duration.ofHours(1).toNanos(), from),
                    load.slowest(from, System.nanoTime()),
                    load.answered() - answered);
            assertThat(load.answered() - answered).isGreaterThan(100);
            assertThat(said(recorder))
                    .contains("NOT RECORDING: the disk has not answered for 2 s; the traffic goes on");
            disk.thaw();
            soon(() -> said(recorder).contains("recording again after "));
            load.stop();
            assertThat(recorder.end()).isZero();
            assertThat(load.failures()).isEmpty();
            assertThat(load.slowest(from, System.nanoTime())).isLessThan(FROZEN.dividedBy(2));
            RecordedTraffic recorded = RecordedTraffic.read(disk.folder());
            recorded.accountsFor(load);
            assertThat(recorded.whole()).containsAll(load.calls().keySet());
        }
    }

    @Test
    void frozenUntilTheLanesAreFull_losesCounted_staysBounded_andRecordsAgain() throws Exception {
        int padding = 200_000;
        try (EchoServer upstream = new EchoServer(padding);
                DiskUnderTest disk = DiskUnderTest.ext4(work, 1_500);
                ChildRecorder recorder = ChildRecorder.start(upstream.uri(), disk.folder());
                SteadyLoad load = new SteadyLoad(recorder.address(), 4, Duration.ofMillis(15), padding)) {
            soon(() -> load.answered() > 50);
            disk.freeze(AT_MOST);
            long from = System.nanoTime();
            soon(() -> said(recorder).contains("LOST ") && said(recorder).contains("NOT RECORDING: "));
            int full = load.answered();
            System.out.println("lanes full after " + full + " calls");
            soon(() -> load.answered() > full + 50);
            long resident = residentMebibytes(recorder);
            System.out.println("resident with every lane full: " + resident + " MiB");
            disk.thaw();
            soon(() -> said(recorder).contains("recording again after "));
            // What waits in the full lanes goes first, and until they have room some is still lost: a busy machine has
            // to
            // write more than comes in.
            load.pace(Duration.ofMillis(100));
            int thawed = load.answered();
            soon(() -> load.answered() > thawed + 300);
            long resumed = System.nanoTime();
            int again = load.answered();
            soon(() -> load.answered() > again + 100);
            load.stop();
            assertThat(recorder.end()).isZero();
            assertThat(load.failures()).isEmpty();
            assertThat(load.slowest(from, System.nanoTime())).isLessThan(FROZEN.dividedBy(2));
            RecordedTraffic recorded = RecordedTraffic.read(disk.folder());
            recorded.accountsFor(load, LossReason.LANE_FULL);
            assertThat(recorded.verified().exchangesOpen()).as("without an end").isZero();
            assertThat(recorded.whole()).containsAll(load.begunSince(resumed));
            assertThat(resident).as("MiB, with a heap of 256").isLessThan(700);
        }
    }

    @Test
    void terminate_whileFrozen_endsInTime_andSaysWhatIsMissing() throws Exception {
        try (EchoServer upstream = new EchoServer(2_000);
                DiskUnderTest disk = DiskUnderTest.ext4(work, 400);
                ChildRecorder recorder = ChildRecorder.start(upstream.uri(), disk.folder());
                SteadyLoad load = new SteadyLoad(recorder.address(), 4, Duration.ofMillis(10), 2_000)) {
            soon(() -> load.answered() > 100);
            disk.freeze(AT_MOST);
            soon(() -> said(recorder).contains("NOT RECORDING: the disk has not answered"));
            load.stop();
            long from = System.nanoTime();
            recorder.command().terminate();
            soon(() -> said(recorder).contains("mcp-reel: "));
            assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(20));
            List<String> said = recorder.command().said();
            assertThat(said.get(said.size() - 1))
                    .matches(
                            "mcp-reel: the disk of \\S+ has not answered for 1\\d s: of [1-9]\\d* exchanges it is not known"
                                    + " whether they are written; the capture has no end and reads as interrupted");
            // The kernel lets go of the process once the disk answers its last request, and not before.
            disk.thaw();
            assertThat(recorder.command().exitCode()).isEqualTo(6);
            assertThat(load.failures()).isEmpty();
            assertThat(RecordedTraffic.read(disk.folder()).verified().interrupted())
                    .isTrue();
        }
    }

    private static String said(ChildRecorder recorder) {
        return String.join("\n", recorder.command().said());
    }

    private static long residentMebibytes(ChildRecorder recorder) throws Exception {
        return Files.readAllLines(
                        Path.of("/proc", String.valueOf(recorder.command().pid()), "status"))
                .stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
                .findFirst()
                .orElseThrow();
    }

    private static void soon(Callable<Boolean> condition) {
        Awaitility.await().atMost(AT_MOST).pollInterval(Duration.ofMillis(20)).until(condition);
    }
}
