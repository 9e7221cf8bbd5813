package dev.mcpreel.captures.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.ExchangeEvent;
import dev.mcpreel.captures.store.CaptureFollower.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CaptureFollowerTest {
    @TempDir
    private Path work;

    private final FakeClock clock = new FakeClock(5_000_000_000L);
    private final RolledCaptures traffic = new RolledCaptures(clock);
    private final List<CaptureEvent> seen = new ArrayList<>();
    private CaptureWriter writer;
    private CaptureAppender appender;
    private CaptureFollower follower;

    private void begin(WriterOptions options) {
        writer = CaptureWriter.create(work.resolve("store"), Captures.SEED, Captures.apart(options));
        appender = writer.newAppender();
        follower = CaptureFollower.open(writer.folder(), seen::add);
    }

    @AfterEach
    void end() {
        follower.close();
        writer.close();
    }

    private List<CaptureEvent> append(long id, int bodyBytes) {
        List<CaptureEvent> events = traffic.exchange(id, bodyBytes);
        events.forEach(appender::append);
        appender.flush();
        return events;
    }

    /** Until the last of them was handed over. */
    private void follow(List<CaptureEvent> events) {
        CaptureEvent last = events.get(events.size() - 1);
        Awaitility.await().pollInterval(1, TimeUnit.MILLISECONDS).until(() -> {
            assertThat(follower.poll()).isEqualTo(State.GOING_ON);
            return seen.contains(last);
        });
    }

    private List<CaptureEvent> traffic(List<CaptureEvent> events) {
        return events.stream().filter(ExchangeEvent.class::isInstance).toList();
    }

    @Test
    void exchanges_areSeenWhenTheyAreWritten_andTheEndIs() {
        begin(Captures.options(clock));
        List<CaptureEvent> written = new ArrayList<>();
        for (int id = 1; id <= 20; id++) {
            List<CaptureEvent> exchange = append(id, 100);
            written.addAll(exchange);
            follow(exchange);
            assertThat(traffic(seen)).isEqualTo(written);
        }
        Manifest ended = writer.close(Ending.COMPLETE, SourceCounts.NONE);
        assertThat(follower.poll()).isEqualTo(State.ENDED);
        assertThat(follower.poll()).isEqualTo(State.ENDED);
        assertThat(follower.manifest()).isEqualTo(ended);
        assertThat(seen).isEqualTo(RolledCaptures.events(writer.folder()));
        assertThat(follower.missing()).isZero();
    }

    @Test
    void whatWasThereBefore_isSeenFirst() {
        begin(Captures.options(clock));
        List<CaptureEvent> written = new ArrayList<>(append(1, 200_000));
        written.addAll(append(2, 10));
        Awaitility.await().until(() -> writer.status().queuedBytes() == 0);
        follow(append(3, 10));
        assertThat(traffic(seen).subList(0, written.size())).isEqualTo(written);
    }

    @Test
    void logsThatRoll_areFollowed() throws IOException {
        begin(traffic.options());
        List<CaptureEvent> written = new ArrayList<>();
        for (int id = 1; id <= 60; id++) {
            List<CaptureEvent> exchange = append(id, 4_000);
            written.addAll(exchange);
            if (id % 7 == 0) {
                follow(exchange);
            }
        }
        writer.close(Ending.COMPLETE, SourceCounts.NONE);
        assertThat(StoredCapture.logs(writer.folder())).hasSizeGreaterThan(5);
        assertThat(follower.poll()).isEqualTo(State.ENDED);
        assertThat(traffic(seen)).isEqualTo(written);
        assertThat(follower.missing()).isZero();
    }

    @Test
    void hourlyFiles_areFollowed() throws IOException {
        begin(Captures.options(clock));
        List<CaptureEvent> written = new ArrayList<>();
        for (int id = 1; id <= 6; id++) {
            List<CaptureEvent> exchange = append(id, 100);
            written.addAll(exchange);
            follow(exchange);
            clock.advanceMillis(TimeUnit.MINUTES.toMillis(40));
        }
        writer.close(Ending.COMPLETE, SourceCounts.NONE);
        assertThat(LogWalker.files(writer.folder())).hasSizeGreaterThan(2);
        assertThat(follower.poll()).isEqualTo(State.ENDED);
        assertThat(traffic(seen)).isEqualTo(written);
    }

    @Test
    void writerThatLetsGoWithoutAnEnd_isInterrupted() {
        begin(Captures.options(clock));
        List<CaptureEvent> written = append(1, 100);
        follow(written);
        List<CaptureEvent> last = append(2, 100);
        writer.close();
        assertThat(follower.poll()).isEqualTo(State.INTERRUPTED);
        assertThat(traffic(seen)).endsWith(last.toArray(CaptureEvent[]::new));
    }

    @Test
    void filesRemovedByRetentionBeforeTheyWereReached_areMissing_andTheRestIsFollowed() {
        begin(Captures.options(clock).withRetention(RolledCaptures.rolling(4 << 20, Long.MAX_VALUE, 100)));
        writer.listen("http://127.0.0.1:8080", new RelayInfo("preserve", "", "", false));
        follow(append(1, 100));
        for (int id = 2; id <= 600; id++) {
            append(id, 4_000);
        }
        Awaitility.await().until(() -> writer.retention().files() > 1);
        List<CaptureEvent> last = append(601, 100);
        follow(last);
        assertThat(follower.missing()).isPositive();
        writer.close(Ending.COMPLETE, SourceCounts.NONE);
        assertThat(follower.poll()).isEqualTo(State.ENDED);
        assertThat(traffic(seen)).endsWith(last.toArray(CaptureEvent[]::new));
        assertThat(writer.retention().trouble()).isEmpty();
    }

    @Test
    void damagedRecord_isSteppedOverOnceTheFileIsWhole() throws IOException {
        begin(Captures.options(clock));
        List<CaptureEvent> written = new ArrayList<>();
        for (int id = 1; id <= 5; id++) {
            written.addAll(append(id, 100));
        }
        writer.close(Ending.COMPLETE, SourceCounts.NONE);
        Path log = Captures.logFile(writer.folder());
        Captures.overwrite(log, Captures.recordOffsets(log).get(6) + 70L, new byte[] {1, 2, 3, 4});
        assertThat(follower.poll()).isEqualTo(State.ENDED);
        assertThat(traffic(seen)).hasSize(written.size() - 1);
        assertThat(follower.missing()).isEqualTo(1);
    }

    @Test
    void store_hasANewestLiveCapture_orNone() {
        Path store = work.resolve("store");
        assertThat(CaptureFollower.newestLive(store)).isEmpty();
        begin(Captures.options(clock));
        assertThat(CaptureFollower.newestLive(store)).contains(writer.folder());
        writer.close(Ending.COMPLETE, SourceCounts.NONE);
        assertThat(CaptureFollower.newestLive(store)).isEmpty();
        assertThat(Files.isDirectory(writer.folder())).isTrue();
    }
}
