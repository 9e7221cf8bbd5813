package dev.mcpreel.captures.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.mcpreel.captures.exchange.ClockAnchor;
import dev.mcpreel.captures.exchange.Headers;
import dev.mcpreel.captures.exchange.LossReason;
import dev.mcpreel.captures.exchange.RequestHead;
import dev.mcpreel.captures.store.CaptureException.Category;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A log that does not answer, or has no room: what the writer says of it, and how it ends. */
@Timeout(30)
class StalledDiskTest {
    @TempDir
    Path store;

    private final FakeClock clock = new FakeClock(0);
    private final AtomicLong space = new AtomicLong(Long.MAX_VALUE);
    private final RandomEvents random = new RandomEvents(3);
    private final CountDownLatch answer = new CountDownLatch(1);
    private final AtomicInteger opened = new AtomicInteger();

    @AfterEach
    void letGo() {
        answer.countDown();
        // The end that was given up goes on by itself now.
        await().until(() -> CaptureStore.runs(store).stream().noneMatch(FolderLock::isHeld));
    }

    @Test
    void close_whileTheDiskIsSilent_givesUpInTimeAndSaysWhatIsUncertain() {
        CaptureWriter writer = writer(bytes -> stall());
        CaptureAppender appender = writer.newAppender();
        random.exchange(1, 100).forEach(appender::append);
        appender.flush();
        await().until(() -> writer.status().queuedBytes() == 0);
        clock.advanceMillis(3_000);
        assertThat(writer.status().stalledNanos()).isBetween(2_900_000_000L, 3_000_000_000L);

        CompletableFuture<Throwable> closing = closing(writer);
        await().during(300, TimeUnit.MILLISECONDS).until(() -> !closing.isDone());
        clock.advanceMillis(8_000);
        Throwable failure = closing.join();

        assertThat(failure)
                .isInstanceOf(CaptureException.class)
                .hasMessageMatching(
                        "the disk of \\S+ has not answered for 1\\d s: of 2 exchanges it is not known whether they are"
                                + " written; the capture has no end and reads as interrupted");
        assertThat(((CaptureException) failure).category()).isEqualTo(Category.UNFINISHED);
        assertThat(ManifestFile.read(writer.folder()).ending()).isEqualTo(Ending.OPEN);
        // What is closed after a failure must not wait a second time.
        writer.close();
    }

    @Test
    void close_whileTheQueueIsFullAndTheDiskIsSilent_doesNotWaitForRoom() {
        CaptureWriter writer = writer(bytes -> stall());
        CaptureAppender appender = writer.newAppender();
        // The writer hangs on the first, the second fills the queue, and the third waits in the appender.
        random.exchange(1, 100).forEach(appender::append);
        appender.flush();
        await().until(() -> writer.status().queuedBytes() == 0);
        random.exchange(2, 1_000).forEach(appender::append);
        appender.flush();
        appender.append(
                new RequestHead(3, 3, 1, "127.0.0.1:1", "POST", "/mcp", "HTTP/1.1", Headers.of("Content-Length", "0")));

        CompletableFuture<Throwable> closing = closing(writer);
        clock.advanceMillis(11_000);
        assertThat(closing.join()).hasMessageContaining("has not answered");
    }

    @Test
    void close_afterAStallThatEnded_isComplete() {
        CaptureWriter writer = writer(bytes -> stall());
        CaptureAppender appender = writer.newAppender();
        random.exchange(1, 100).forEach(appender::append);
        appender.flush();
        await().until(() -> writer.status().queuedBytes() == 0);
        clock.advanceMillis(9_000);
        CompletableFuture<Throwable> closing = closing(writer);
        answer.countDown();
        assertThat(closing.join()).isNull();
        assertThat(ManifestFile.read(writer.folder()).ending()).isEqualTo(Ending.COMPLETE);
    }

    @Test
    void claimRefused_withoutSpace_isAFullDiskAndHarmsNoLog() {
        CaptureWriter writer = writer(bytes -> refuseWithoutSpace());
        CaptureAppender appender = writer.newAppender();
        space.set(0);
        random.exchange(1, 100).forEach(appender::append);
        appender.flush();
        await().until(() -> writer.status().suspended() == LossReason.DISK_FULL);
        space.set(Long.MAX_VALUE);
        clock.advanceMillis(1_000);
        await().until(() -> writer.status().suspended() == null);
        random.exchange(2, 100).forEach(appender::append);
        Counts counts = writer.close(Ending.COMPLETE, SourceCounts.NONE).counts();
        assertThat(counts.lost()).containsExactly(Map.entry(LossReason.DISK_FULL, 1L));
        assertThat(counts.recorded()).isEqualTo(1);
        assertThat(opened).hasValue(1);
    }

    @Test
    void claimRefused_withSpace_isAFailureAndBeginsAnotherLog() {
        AtomicInteger refusals = new AtomicInteger(1);
        CaptureWriter writer = writer(bytes -> {
            if (refusals.getAndDecrement() > 0) {
                throw new IOException("Input/output error");
            }
        });
        CaptureAppender appender = writer.newAppender();
        random.exchange(1, 100).forEach(appender::append);
        appender.flush();
        await().until(() -> writer.status().suspended() == LossReason.WRITE_FAILED);
        clock.advanceMillis(1_000);
        await().until(() -> writer.status().suspended() == null);
        random.exchange(2, 100).forEach(appender::append);
        Counts counts = writer.close(Ending.COMPLETE, SourceCounts.NONE).counts();
        assertThat(counts.lost()).containsExactly(Map.entry(LossReason.WRITE_FAILED, 1L));
        assertThat(counts.recorded()).isEqualTo(1);
        assertThat(opened).hasValue(2);
    }

    /** How a disk takes a claim. */
    private interface Claim {
        void of(int bytes) throws IOException;
    }

    private CaptureWriter writer(Claim claim) {
        WriterLimits limits = new WriterLimits(1 << 10, 50_000_000, 8 << 20, 16 << 10, 100_000_000, 60_000_000_000L, 0);
        CaptureWriter.LogFactory logs = folder -> {
            opened.incrementAndGet();
            return new ClaimingSink(claim);
        };
        WriterOptions options = Captures.options(clock).withLimits(limits).withFreeSpace(folder -> space.get());
        return CaptureWriter.create(store, Captures.SEED, options, logs, new ClockAnchor(0, 0));
    }

    private static CompletableFuture<Throwable> closing(CaptureWriter writer) {
        SourceCounts source = new SourceCounts(5, Map.of("except tool:echo", 3L), Map.of(), 0);
        return CompletableFuture.supplyAsync(() -> catchThrowable(() -> writer.close(Ending.COMPLETE, source)));
    }

    private void stall() throws IOException {
        try {
            answer.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private void refuseWithoutSpace() throws IOException {
        if (space.get() == 0) {
            throw new IOException("No space left on device");
        }
    }

    private record ClaimingSink(Claim claim) implements LogSink {
        @Override
        public void claim(int bytes) throws IOException {
            claim.of(bytes);
        }

        @Override
        public void append(byte[] array, int offset, int length) {}

        @Override
        public void sync() {}

        @Override
        public void abandon() {}

        @Override
        public void close() {}
    }
}
