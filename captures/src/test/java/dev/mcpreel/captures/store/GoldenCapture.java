package dev.mcpreel.captures.store;

import dev.mcpreel.captures.exchange.BodyPart;
import dev.mcpreel.captures.exchange.BodyState;
import dev.mcpreel.captures.exchange.Bytes;
import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.Direction;
import dev.mcpreel.captures.exchange.EndCause;
import dev.mcpreel.captures.exchange.EndedBy;
import dev.mcpreel.captures.exchange.ExchangeEnd;
import dev.mcpreel.captures.exchange.Gap;
import dev.mcpreel.captures.exchange.Headers;
import dev.mcpreel.captures.exchange.LossReason;
import dev.mcpreel.captures.exchange.NameDefined;
import dev.mcpreel.captures.exchange.Outcome;
import dev.mcpreel.captures.exchange.PartKind;
import dev.mcpreel.captures.exchange.RequestHead;
import dev.mcpreel.captures.exchange.ResponseHead;
import dev.mcpreel.captures.exchange.RunSample;
import dev.mcpreel.captures.exchange.StepKind;
import dev.mcpreel.captures.exchange.StepRecord;
import dev.mcpreel.captures.exchange.UpstreamConnected;
import dev.mcpreel.captures.exchange.UpstreamPick;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Makes the golden capture of the current format; how to run it stands in {@code golden/README.md}. A golden capture is
 * made once for each format and kept for ever, so this is for the next format, not for repairs.
 */
final class GoldenCapture {
    private static final long SECOND = 1_000_000_000L;

    private GoldenCapture() {}

    public static void main(String[] arguments) throws IOException {
        make(Path.of(arguments[0]), GoldenCapture::write);
    }

    /** Packs the capture that is written into a fresh store, and what is read of it. */
    static void make(Path folderToMake, UnaryOperator<Path> write) throws IOException {
        Path target = Files.createDirectories(folderToMake);
        Path store = Files.createTempDirectory("golden");
        Path folder = write.apply(store);
        pack(folder, target.resolve("capture.zip"));
        List<CaptureEvent> events = new ArrayList<>();
        CaptureReader.open(folder).read(events::add);
        Files.write(
                target.resolve("events.txt"), events.stream().map(EventText::of).toList());
        Folders.deleteAll(store);
    }

    private static Path write(Path store) {
        FakeClock clock = new FakeClock(SECOND);
        ReplayInfo replay = new ReplayInfo(
                "20261120T090000000Z-abcde",
                3,
                "http://127.0.0.1:3001/mcp",
                "safe",
                10,
                10,
                2.0,
                42,
                "d41d8cd9",
                40,
                2,
                false,
                List.of("lateness p99 was 31 ms"));
        ManifestSeed seed = new ManifestSeed(
                Role.REPLAYED,
                "mcp-reel 0.1.0",
                "",
                List.of("http://127.0.0.1:3001"),
                List.of("authorization, cookie: keyed hash"),
                replay);
        CaptureWriter writer = CaptureWriter.create(store, seed, Captures.options(clock));
        CaptureAppender appender = writer.newAppender();
        exchange(1, 40, 200).forEach(appender::append);
        exchange(2, 150_000, 500).forEach(appender::append);
        List<CaptureEvent> lost = exchange(3, 30_000, 502);
        lost.subList(0, 2).forEach(appender::append);
        appender.appendIncomplete((ExchangeEnd) lost.get(5));
        appender.flush();
        writer.put(Frames.raw(200, new byte[] {1, 2, 3}, "of a later version".getBytes(StandardCharsets.UTF_8)));
        byte[] longer = Frames.of(new NameDefined(4 * SECOND, 1, "tools/call"));
        writer.put(Frames.withFixedLength(longer, 12));
        appender.append(new NameDefined(4 * SECOND, 2, "create_ticket — žluť"));
        appender.append(new Gap(5 * SECOND, LossReason.LANE_FULL, 1, 1, 3, 30_000));
        appender.append(step(0, Outcome.OK, 7 * SECOND));
        appender.append(step(1, Outcome.DEADLINE, 0));
        appender.append(new RunSample(8 * SECOND, SECOND, 740, 512, 10, 3, 12, 31, 33, 4_000_000, 2_500_000));
        exchange(4, 10, 200).subList(0, 3).forEach(appender::append);
        return close(writer);
    }

    private static Path close(CaptureWriter writer) {
        writer.close(Ending.STOPPED, new SourceCounts(5, Map.of("not mcp", 2L), Map.of(LossReason.LANE_FULL, 1L), 0));
        return writer.folder();
    }

    private static List<CaptureEvent> exchange(long id, int bodyLength, int status) {
        long at = id * SECOND;
        long connection = 100 + id;
        byte[] body = new byte[bodyLength];
        for (int i = 0; i < bodyLength; i++) {
            body[i] = (byte) ('a' + i % 23);
        }
        Headers headers = Headers.of("Content-Type", "application/json", "X-Name", "žluťoučký");
        return List.of(
                new RequestHead(id, connection, at, "127.0.0.1:40000", "POST", "/mcp?x=1", "HTTP/1.1", headers),
                new BodyPart(
                        id,
                        connection,
                        at + 2_000,
                        at + 1_000,
                        Direction.REQUEST,
                        PartKind.BODY,
                        0,
                        BodyState.WHOLE,
                        false,
                        bodyLength,
                        Bytes.owned(body)),
                new UpstreamConnected(
                        id,
                        connection,
                        at + 3_000,
                        UpstreamPick.only("http://127.0.0.1:3001"),
                        "127.0.0.1:3001",
                        id % 2 == 0,
                        250_000),
                new ResponseHead(id, connection, at + 4_000, status, "Status " + status, "HTTP/1.1", headers),
                new BodyPart(
                        id,
                        connection,
                        at + 6_000,
                        at + 5_000,
                        Direction.RESPONSE,
                        PartKind.SSE_EVENT,
                        1,
                        BodyState.OMITTED,
                        true,
                        5_000_000_000L,
                        Bytes.utf8("0123456789abcdef0123456789abcdef")),
                new ExchangeEnd(
                        id,
                        connection,
                        at + 7_000,
                        EndCause.CLOSED,
                        EndedBy.CLIENT,
                        at + 2_000,
                        at + 6_000,
                        bodyLength,
                        5_000_000_000L,
                        "the client went away"));
    }

    private static StepRecord step(int step, Outcome outcome, long doneNanos) {
        return new StepRecord(
                7 * SECOND,
                2,
                102,
                3,
                1,
                step,
                StepKind.REQUEST,
                1,
                2,
                0,
                outcome,
                200,
                6 * SECOND,
                6 * SECOND + 5,
                6 * SECOND + 9,
                6 * SECOND + 700,
                doneNanos,
                1_500_000,
                321,
                4_321);
    }

    private static void pack(Path folder, Path zip) throws IOException {
        try (OutputStream out = Files.newOutputStream(zip);
                ZipOutputStream packed = new ZipOutputStream(out);
                Stream<Path> files = Files.walk(folder)) {
            packed.setLevel(9);
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                ZipEntry entry =
                        new ZipEntry(folder.getParent().relativize(file).toString());
                entry.setTime(0);
                packed.putNextEntry(entry);
                Files.copy(file, packed);
                packed.closeEntry();
            }
        }
    }
}
