package dev.mcpreel.captures.store;

import dev.mcpreel.captures.exchange.BodyPart;
import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.ClockAnchor;
import dev.mcpreel.captures.exchange.ExchangeCounts;
import dev.mcpreel.captures.exchange.ExchangeEnd;
import dev.mcpreel.captures.exchange.Gap;
import dev.mcpreel.captures.exchange.NameDefined;
import dev.mcpreel.captures.exchange.RequestHead;
import dev.mcpreel.captures.exchange.ResponseHead;
import dev.mcpreel.captures.exchange.RunSample;
import dev.mcpreel.captures.exchange.StepRecord;
import dev.mcpreel.captures.exchange.Trailers;
import dev.mcpreel.captures.exchange.UpstreamConnected;
import dev.mcpreel.captures.exchange.UpstreamFailed;
import org.jspecify.annotations.Nullable;

/** Events to items and back. */
final class EventCodec {
    private EventCodec() {}

    /**
     * Appends the event as an item.
     *
     * @param base the item's time is kept as the difference to this
     * @param incomplete of an end: events of its exchange were lost
     */
    static void encode(EncodeBuffer to, CaptureEvent event, long base, boolean incomplete) {
        switch (event.kind()) {
            case REQUEST_HEAD -> HeadCodec.encode(to, (RequestHead) event, base);
            case UPSTREAM_CONNECTED -> HeadCodec.encode(to, (UpstreamConnected) event, base);
            case RESPONSE_HEAD -> HeadCodec.encode(to, (ResponseHead) event, base);
            case BODY_PART -> BodyCodec.encode(to, (BodyPart) event, base);
            case EXCHANGE_END -> BodyCodec.encode(to, (ExchangeEnd) event, base, incomplete);
            case GAP -> LogCodec.encode(to, (Gap) event, base);
            case CLOCK_ANCHOR -> LogCodec.encode(to, (ClockAnchor) event, base);
            case NAME_DEFINED -> RunCodec.encode(to, (NameDefined) event, base);
            case STEP -> RunCodec.encode(to, (StepRecord) event, base);
            case RUN_SAMPLE -> RunCodec.encode(to, (RunSample) event, base);
            case UPSTREAM_FAILED -> HeadCodec.encode(to, (UpstreamFailed) event, base);
            case TRAILERS -> HeadCodec.encode(to, (Trailers) event, base);
            case COUNTS -> LogCodec.encode(to, (ExchangeCounts) event, base);
        }
    }

    /** The event of a record that holds exactly one; null for any other type, and for codes this version does not know. */
    static @Nullable CaptureEvent decode(RecordType type, RecordView record) {
        return switch (type) {
            case REQUEST_HEAD -> HeadCodec.requestHead(record);
            case UPSTREAM_CONNECTED -> HeadCodec.upstream(record);
            case RESPONSE_HEAD -> HeadCodec.responseHead(record);
            case BODY -> BodyCodec.bodyPart(record, true);
            case EXCHANGE_END -> BodyCodec.end(record);
            case GAP -> LogCodec.gap(record);
            case CLOCK_ANCHOR -> LogCodec.clockAnchor(record);
            case NAME_DEFINED -> RunCodec.nameDefined(record);
            case STEP -> RunCodec.step(record);
            case RUN_SAMPLE -> RunCodec.runSample(record);
            case UPSTREAM_FAILED -> HeadCodec.upstreamFailed(record);
            case TRAILERS -> HeadCodec.trailers(record);
            case COUNTS -> LogCodec.counts(record);
            case EXCHANGE, CONNECTION_OPENED, CONNECTION_CLOSED, SESSION_META -> null;
        };
    }
}
