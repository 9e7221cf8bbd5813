package dev.mcpreel.captures.store;

import static org.awaitility.Awaitility.await;

import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.Direction;
import dev.mcpreel.captures.exchange.EndCause;
import dev.mcpreel.captures.exchange.EndedBy;
import dev.mcpreel.captures.exchange.ExchangeEnd;
import dev.mcpreel.captures.exchange.Headers;
import dev.mcpreel.captures.exchange.LossReason;
import dev.mcpreel.captures.exchange.RequestHead;
import dev.mcpreel.captures.exchange.Trailers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** The golden capture of counts in the log and of filters, which format 1 got later than the rest. It was interrupted. */
final class GoldenCountsCapture {
    private static final long SECOND = 1_000_000_000L;

    private GoldenCountsCapture() {}

    public static void main(String[] arguments) throws IOException {
        GoldenCapture.make(Path.of(arguments[0]), GoldenCountsCapture::write);
    }

    private static Path write(Path store) {
        FakeClock clock = new FakeClock(SECOND);
        ManifestSeed seed = new ManifestSeed(
                Role.RECORDED, "mcp-reel 0.1.0", "", List.of("http://127.0.0.1:3001"), List.of(), null);
        CaptureWriter writer = CaptureWriter.create(
                store, seed.withFilter(List.of("only path:/mcp*", "except tool:žluť")), Captures.options(clock));
        AtomicReference<SourceCounts> source = new AtomicReference<>(new SourceCounts(
                9, Map.of("only path:/mcp*", 3L, "except tool:žluť", 1L), Map.of(LossReason.LANE_FULL, 2L), 0));
        writer.countedBy(source::get);
        CaptureAppender appender = writer.newAppender();
        exchange(1).forEach(appender::append);
        exchange(2).forEach(appender::append);
        appender.flush();
        await().until(() -> writer.status().queuedBytes() == 0);
        clock.advanceMillis(11_000);
        await().until(() -> writer.syncedSeq() >= 3);
        exchange(3).forEach(appender::append);
        source.set(new SourceCounts(
                12, Map.of("only path:/mcp*", 4L, "except tool:žluť", 1L), Map.of(LossReason.LANE_FULL, 2L), 1));
        appender.flush();
        writer.close();
        return writer.folder();
    }

    private static List<CaptureEvent> exchange(long id) {
        long at = id * SECOND;
        return List.of(
                new RequestHead(id, 7, at, "127.0.0.1:50000", "POST", "/mcp", "HTTP/1.1", Headers.EMPTY),
                new Trailers(id, 7, at + 1, Direction.REQUEST, Headers.of("X-Checksum", "žluť")),
                new ExchangeEnd(id, 7, at + 2, EndCause.COMPLETE, EndedBy.UPSTREAM, at + 1, at + 2, 0, 0, ""));
    }
}
