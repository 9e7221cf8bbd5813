package dev.mcpreel.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.exchange.LossReason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A recorder with traffic whose disk is full, fails, or dies: the clients must not notice, and nothing is lost unsaid. */
@Tag("faults")
@Timeout(180)
class FaultyDiskTest {
    private static final String FULL = "NOT RECORDING: the disk is full";
    private static final String FAILED = "NOT RECORDING: the log cannot be written";
    private static final String AGAIN = "recording again after ";
    private static final Duration PROMPT = Duration.ofMillis(2_500);

    @TempDir
    private Path work;

    @BeforeEach
    void needsADisk() throws Exception {
        DiskUnderTest.assumePossible();
    }

    @Test
    void memoryDiskFull_thenFreed_recordsAgain() throws Exception {
        try (EchoServer upstream = new EchoServer(2_000);
                DiskUnderTest disk = DiskUnderTest.tmpfs(work, 120);
                ChildRecorder recorder = ChildRecorder.start(upstream.uri(), disk.folder());
                SteadyLoad load = new SteadyLoad(recorder.address(), 4, Duration.ofMillis(10), 2_000)) {
            moreCalls(load, 100);
            disk.fill(30);
            heard(recorder, FULL, 1);
            moreCalls(load, 100);
            disk.free();
            heard(recorder, AGAIN, 1);
            long resumed = System.nanoTime();
            moreCalls(load, 100);
            load.stop();
            assertThat(recorder.end()).isZero();
            unharmed(load);
            RecordedTraffic recorded = RecordedTraffic.read(disk.folder());
            recorded.accountsFor(load, LossReason.DISK_FULL);
            assertThat(recorded.whole()).containsAll(load.begunSince(resumed));
            assertThat(String.join("\n", recorder.command().said()))
                    .contains("LOST " + recorded.counts().lostExchanges() + " exchanges (disk full)");
        }
    }

    /** Faster than the recorder looks at the space left, so that it meets a disk without one page to give. */
    @Test
    void diskFullToTheLastPage_thenFreed_recordsAgainAndSpoilsNoRecord() throws Exception {
        try (EchoServer upstream = new EchoServer(60_000);
                DiskUnderTest disk = DiskUnderTest.ext4(work, 200);
                ChildRecorder recorder = ChildRecorder.start(upstream.uri(), disk.folder());
                SteadyLoad load = new SteadyLoad(recorder.address(), 4, Duration.ofMillis(20), 60_000)) {
            moreCalls(load, 50);
            for (int round = 1; round <= 3; round++) {
                disk.fillUp();
                heard(recorder, FULL, round);
                moreCalls(load, 20);
                disk.free();
                heard(recorder, AGAIN, round);
            }
            long resumed = System.nanoTime();
            moreCalls(load, 50);
            load.stop();
            assertThat(recorder.end()).isZero();
            unharmed(load);
            RecordedTraffic recorded = RecordedTraffic.read(disk.folder());
            recorded.accountsFor(load, LossReason.DISK_FULL);
            assertThat(recorded.whole()).containsAll(load.begunSince(resumed));
        }
    }

    @Test
    void fileSystemFailsToReadOnly_trafficGoesOn_andTheCaptureIsReadable() throws Exception {
        refusesTheRest(DiskUnderTest::failToReadOnly, "Read-only file system");
    }

    @Test
    void diskDies_trafficGoesOn_andTheCaptureIsReadable() throws Exception {
        refusesTheRest(DiskUnderTest::die, "Input/output error");
    }

    private interface Fault {
        void happen(DiskUnderTest disk) throws Exception;
    }

    private void refusesTheRest(Fault fault, String reason) throws Exception {
        Path acks = work.resolve("acks");
        try (EchoServer upstream = new EchoServer(2_000);
                DiskUnderTest disk = DiskUnderTest.ext4(work, 400);
                ChildRecorder recorder =
                        ChildRecorder.start(upstream.uri(), disk.folder(), "--ack-file", acks.toString());
                SteadyLoad load = new SteadyLoad(recorder.address(), 4, Duration.ofMillis(10), 2_000)) {
            moreCalls(load, 100);
            fault.happen(disk);
            heard(recorder, FAILED, 1);
            moreCalls(load, 200);
            load.stop();
            assertThat(recorder.end()).isEqualTo(6);
            unharmed(load);
            List<String> said = recorder.command().said();
            assertThat(said.get(said.size() - 1))
                    .startsWith("mcp-reel: cannot write the manifest of ")
                    .contains(reason);
            disk.mountAgain();
            RecordedTraffic recorded = RecordedTraffic.read(disk.folder());
            assertThat(recorded.verified().interrupted()).isTrue();
            Set<Long> acknowledged = RecordedTraffic.acknowledged(acks);
            assertThat(acknowledged).hasSizeGreaterThan(10);
            assertThat(recorded.ended()).containsAll(acknowledged);
        }
    }

    @Test
    void readOnlyFromTheStart_isToldInOneLine_andLeavesNothing() throws Exception {
        try (DiskUnderTest disk = DiskUnderTest.ext4(work, 200)) {
            disk.readOnly();
            Process record = new ProcessBuilder(ChildCommand.commandLine(
                            false,
                            List.of(),
                            List.of(
                                    "record",
                                    "--upstream",
                                    "http://127.0.0.1:1",
                                    "--listen",
                                    "127.0.0.1:0",
                                    "--out",
                                    disk.folder().resolve("store").toString())))
                    .redirectErrorStream(true)
                    .start();
            List<String> said = record.inputReader().lines().toList();
            assertThat(record.waitFor()).isEqualTo(2);
            assertThat(said).hasSize(1);
            assertThat(said.get(0))
                    .startsWith("mcp-reel: cannot make a capture in ")
                    .contains("Read-only file system");
            assertThat(disk.folder().resolve("store")).doesNotExist();
        }
    }

    private static void unharmed(SteadyLoad load) {
        assertThat(load.failures()).isEmpty();
        assertThat(load.slowest(Long.MIN_VALUE / 4 + System.nanoTime(), System.nanoTime()))
                .isLessThan(PROMPT);
    }

    private static void moreCalls(SteadyLoad load, int more) {
        int enough = load.answered() + more;
        soon(() -> load.answered() >= enough || !load.failures().isEmpty());
    }

    private static void heard(ChildRecorder recorder, String words, int times) {
        soon(() -> count(recorder, words) >= times);
    }

    private static long count(ChildRecorder recorder, String words) {
        return recorder.command().said().stream()
                .filter(line -> line.startsWith(words))
                .count();
    }

    private static void soon(Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(condition);
    }
}
