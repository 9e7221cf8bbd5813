package dev.mcpreel.captures.store;

import dev.mcpreel.captures.exchange.BodyPart;
import dev.mcpreel.captures.exchange.BodyState;
import dev.mcpreel.captures.exchange.Bytes;
import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.ClockAnchor;
import dev.mcpreel.captures.exchange.Direction;
import dev.mcpreel.captures.exchange.EndCause;
import dev.mcpreel.captures.exchange.EndedBy;
import dev.mcpreel.captures.exchange.EventKind;
import dev.mcpreel.captures.exchange.ExchangeCounts;
import dev.mcpreel.captures.exchange.ExchangeEnd;
import dev.mcpreel.captures.exchange.Gap;
import dev.mcpreel.captures.exchange.Header;
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
import dev.mcpreel.captures.exchange.Trailers;
import dev.mcpreel.captures.exchange.UpstreamChoice;
import dev.mcpreel.captures.exchange.UpstreamConnected;
import dev.mcpreel.captures.exchange.UpstreamFailed;
import dev.mcpreel.captures.exchange.UpstreamPick;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Events with any values they may hold, the same for the same seed. */
final class RandomEvents {
    private static final String[] SCRAPS = {"", "a", "Content-Type", "/mcp?x=1", "žluťoučký", "日本語", "𝄞", "\u0000\r\n"
    };

    private final SplittableRandom random;

    RandomEvents(long seed) {
        random = new SplittableRandom(seed);
    }

    CaptureEvent any(long exchangeId) {
        return of(one(EventKind.values()), exchangeId);
    }

    CaptureEvent of(EventKind kind, long exchangeId) {
        return switch (kind) {
            case REQUEST_HEAD -> requestHead(exchangeId);
            case UPSTREAM_CONNECTED ->
                new UpstreamConnected(
                        exchangeId, exchangeId + 1, time(), pick(), text(), random.nextBoolean(), random.nextLong());
            case UPSTREAM_FAILED ->
                new UpstreamFailed(exchangeId, exchangeId + 1, time(), pick(), text(), random.nextLong());
            case TRAILERS -> new Trailers(exchangeId, exchangeId + 1, time(), one(Direction.values()), headers());
            case RESPONSE_HEAD ->
                new ResponseHead(exchangeId, exchangeId + 1, time(), random.nextInt(), text(), text(), headers());
            case BODY_PART -> body(exchangeId, random.nextInt(10) == 0 ? random.nextInt(300_000) : random.nextInt(500));
            case EXCHANGE_END -> end(exchangeId);
            case GAP ->
                new Gap(
                        time(),
                        one(LossReason.values()),
                        random.nextInt(),
                        random.nextLong(),
                        random.nextLong(),
                        random.nextLong());
            case CLOCK_ANCHOR -> new ClockAnchor(time(), random.nextLong());
            case NAME_DEFINED -> new NameDefined(time(), random.nextInt(), one(SCRAPS));
            case STEP -> step(exchangeId);
            case RUN_SAMPLE -> sample();
            case COUNTS -> counts();
        };
    }

    private UpstreamPick pick() {
        return new UpstreamPick(text(), one(UpstreamChoice.values()), text());
    }

    RequestHead requestHead(long exchangeId) {
        return new RequestHead(exchangeId, exchangeId + 1, time(), text(), text(), text(), text(), headers());
    }

    BodyPart body(long exchangeId, int length) {
        return new BodyPart(
                exchangeId,
                exchangeId + 1,
                time(),
                time(),
                one(Direction.values()),
                one(PartKind.values()),
                random.nextInt(),
                one(BodyState.values()),
                random.nextBoolean(),
                random.nextLong(),
                bytes(length));
    }

    ExchangeEnd end(long exchangeId) {
        return new ExchangeEnd(
                exchangeId,
                exchangeId + 1,
                time(),
                one(EndCause.values()),
                one(EndedBy.values()),
                time(),
                time(),
                random.nextLong(),
                random.nextLong(),
                text());
    }

    StepRecord step(long exchangeId) {
        long at = time();
        return new StepRecord(
                at,
                exchangeId,
                exchangeId + 1,
                random.nextInt(),
                random.nextInt(),
                random.nextInt(),
                one(StepKind.values()),
                random.nextInt(0x10000),
                random.nextInt(0x10000),
                random.nextInt(0x10000),
                one(Outcome.values()),
                random.nextInt(),
                random.nextLong(),
                random.nextLong(),
                random.nextLong(),
                random.nextLong(),
                random.nextBoolean() ? at : 0,
                random.nextLong(0x1_0000_0000L) * 1_000,
                random.nextLong(0x1_0000_0000L),
                random.nextLong(0x1_0000_0000L));
    }

    /** A whole exchange that reads like one, with bodies of the given length. */
    List<CaptureEvent> exchange(long id, int bodyLength) {
        List<CaptureEvent> events = new ArrayList<>();
        events.add(requestHead(id));
        events.add(body(id, bodyLength));
        events.add(of(EventKind.UPSTREAM_CONNECTED, id));
        events.add(of(EventKind.RESPONSE_HEAD, id));
        events.add(body(id, bodyLength));
        events.add(end(id));
        return events;
    }

    Bytes bytes(int length) {
        byte[] array = new byte[length];
        random.nextBytes(array);
        return Bytes.owned(array);
    }

    private ExchangeCounts counts() {
        SortedMap<String, Long> filtered = new TreeMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            filtered.put(one(SCRAPS) + i, random.nextLong());
        }
        Map<LossReason, Long> lost = new EnumMap<>(LossReason.class);
        lost.put(one(LossReason.values()), random.nextLong());
        lost.put(one(LossReason.values()), random.nextLong());
        return new ExchangeCounts(time(), random.nextLong(), random.nextLong(), filtered, lost, random.nextLong());
    }

    private RunSample sample() {
        return new RunSample(
                time(),
                random.nextLong(),
                random.nextInt(),
                random.nextInt(),
                random.nextInt(),
                random.nextInt(),
                random.nextInt(),
                random.nextLong(),
                random.nextLong(),
                random.nextLong(),
                random.nextLong());
    }

    private Headers headers() {
        List<Header> fields = new ArrayList<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            fields.add(new Header(text(), text()));
        }
        return new Headers(fields);
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(5); i > 0; i--) {
            text.append(one(SCRAPS));
        }
        return random.nextInt(1_000) == 0 ? text.toString().repeat(40_000) : text.toString();
    }

    private long time() {
        return random.nextLong();
    }

    private <T> T one(T[] values) {
        return values[random.nextInt(values.length)];
    }
}
