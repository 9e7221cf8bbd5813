package dev.mcpreel.captures.store;

import dev.mcpreel.captures.exchange.BodyPart;
import dev.mcpreel.captures.exchange.BodyState;
import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.Direction;
import dev.mcpreel.captures.exchange.EndCause;
import dev.mcpreel.captures.exchange.EndedBy;
import dev.mcpreel.captures.exchange.ExchangeEnd;
import dev.mcpreel.captures.exchange.Headers;
import dev.mcpreel.captures.exchange.PartKind;
import dev.mcpreel.captures.exchange.RequestHead;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Captures of many small logs, with times that make sense. */
final class RolledCaptures {
    static final int ROLL_BYTES = 48 << 10;

    private final FakeClock clock;
    private final RandomEvents random = new RandomEvents(5);
    private final Random names = new Random(17);
    /** How far the time of events is ahead of the writer's, which reads its clock when it likes. */
    private long aheadMillis;

    RolledCaptures(FakeClock clock) {
        this.clock = clock;
    }

    /** What keeps nothing from growing, but begins a new log soon. */
    static Retention rolling(long maxBytes, long maxAgeNanos, int captures) {
        return new Retention(maxBytes, maxAgeNanos, captures, ROLL_BYTES, Long.MAX_VALUE);
    }

    WriterOptions options() {
        return Captures.options(clock)
                .withRandom(names)
                .withRetention(rolling(Long.MAX_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE));
    }

    /** One that ended, of so many exchanges one after the other, a second for each. */
    Path write(Path store, Role role, int exchanges, int bodyBytes) {
        ManifestSeed like = Captures.SEED;
        ManifestSeed seed = new ManifestSeed(role, like.product(), "", like.upstreams(), like.redaction(), null);
        CaptureWriter writer = CaptureWriter.create(store, seed, Captures.apart(options()));
        CaptureAppender appender = writer.newAppender();
        for (int id = 1; id <= exchanges; id++) {
            for (CaptureEvent event : exchange(id, bodyBytes)) {
                // A log is rolled between frames, so that it may be in the middle of an exchange.
                appender.append(event);
                appender.flush();
            }
        }
        writer.close(Ending.COMPLETE, SourceCounts.NONE);
        touch(writer.folder());
        clock.advanceMillis(aheadMillis);
        aheadMillis = 0;
        return writer.folder();
    }

    /** Lasts a second. */
    List<CaptureEvent> exchange(long id, int bodyBytes) {
        List<CaptureEvent> events = new ArrayList<>();
        events.add(new RequestHead(id, 1, now(), "POST", "/mcp", "HTTP/1.1", "127.0.0.1:1", new Headers(List.of())));
        events.add(part(id, Direction.REQUEST, bodyBytes));
        aheadMillis += 1_000;
        events.add(part(id, Direction.RESPONSE, bodyBytes));
        events.add(new ExchangeEnd(id, 1, now(), EndCause.COMPLETE, EndedBy.UPSTREAM, 0, 0, bodyBytes, bodyBytes, ""));
        return events;
    }

    private long now() {
        return clock.now() + TimeUnit.MILLISECONDS.toNanos(aheadMillis);
    }

    private BodyPart part(long id, Direction direction, int length) {
        return new BodyPart(
                id, 1, now(), now(), direction, PartKind.BODY, 0, BodyState.WHOLE, false, length, random.bytes(length));
    }

    /** Gives its files the time of their newest record, as if the clock had not been a fake. */
    static void touch(Path run) {
        try {
            for (Path file : LogWalker.files(run)) {
                long newest = FileTally.of(file).newestWallNanos();
                Files.setLastModifiedTime(file, FileTime.from(newest, TimeUnit.NANOSECONDS));
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static List<CaptureEvent> events(Path run) {
        List<CaptureEvent> events = new ArrayList<>();
        CaptureReader.open(run).read(events::add);
        return events;
    }
}
