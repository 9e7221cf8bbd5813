package dev.mcpreel.captures.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mcpreel.captures.exchange.ClockAnchor;
import dev.mcpreel.captures.exchange.LossReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A log that fails for long is tried again and again, and costs no more the hundredth time than the first. */
@Timeout(60)
@EnabledOnOs(OS.LINUX)
class ReopenedLogTest {
    private static final int RETRIES = 40;

    @TempDir
    Path store;

    private final FakeClock clock = new FakeClock(0);
    private final RandomEvents random = new RandomEvents(5);

    @Test
    void logThatFailsForLong_leavesNoFileOpenAndNothingMapped() throws Exception {
        AtomicBoolean broken = new AtomicBoolean();
        AtomicInteger opened = new AtomicInteger();
        CaptureWriter.LogFactory logs = folder -> {
            opened.incrementAndGet();
            LogSink log = ChronicleLog.create(folder, clock::now);
            return new FailingSink(log, broken);
        };
        CaptureWriter writer =
                CaptureWriter.create(store, Captures.SEED, Captures.options(clock), logs, new ClockAnchor(0, 0));
        CaptureAppender appender = writer.newAppender();
        int filesAtFirst = openFiles();
        int mapsAtFirst = mappings();
        broken.set(true);
        for (int retry = 1; retry <= RETRIES; retry++) {
            random.exchange(retry, 100).forEach(appender::append);
            appender.flush();
            await().until(() -> writer.status().suspended() == LossReason.WRITE_FAILED
                    && writer.status().queuedBytes() == 0);
            int before = opened.get();
            clock.advanceMillis(65_000);
            await().until(() -> opened.get() > before);
        }
        assertThat(openFiles()).as("open files").isLessThanOrEqualTo(filesAtFirst + 8);
        assertThat(mappings()).as("mappings").isLessThanOrEqualTo(mapsAtFirst + 8);

        broken.set(false);
        clock.advanceMillis(65_000);
        await().until(() -> writer.status().suspended() == null);
        random.exchange(100, 100).forEach(appender::append);
        assertThat(writer.close(Ending.COMPLETE, SourceCounts.NONE).counts().recorded())
                .isEqualTo(1);
        assertThat(CaptureVerifier.verify(store).ok()).isTrue();
    }

    @Test
    void create_thatFailsHalfway_leavesNothing() throws Exception {
        Path folder = store.resolve("log");
        AtomicInteger asked = new AtomicInteger();
        assertThatThrownBy(() -> ChronicleLog.create(folder, () -> {
                    asked.incrementAndGet();
                    throw new IllegalStateException("no clock");
                }))
                .hasMessageContaining("no clock");
        assertThat(asked).hasPositiveValue();
        assertThat(folder).doesNotExist();
        // The library lets go of its files on a thread of its own, after those of every log closed before.
        await().until(() -> openFiles() == 0);
    }

    private int openFiles() throws IOException {
        int open = 0;
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            for (Path descriptor : descriptors.toList()) {
                try {
                    open += Files.readSymbolicLink(descriptor).startsWith(store.toRealPath()) ? 1 : 0;
                } catch (IOException e) {
                    // Closed meanwhile.
                }
            }
        }
        return open;
    }

    private int mappings() throws IOException {
        String within = store.toRealPath().toString();
        return (int) Files.readAllLines(Path.of("/proc/self/maps")).stream()
                .filter(line -> line.contains(within))
                .count();
    }
}
