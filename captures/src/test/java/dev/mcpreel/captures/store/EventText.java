package dev.mcpreel.captures.store;

import dev.mcpreel.captures.exchange.BodyPart;
import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.ClockAnchor;
import dev.mcpreel.captures.exchange.ExchangeCounts;
import dev.mcpreel.captures.exchange.ExchangeEnd;
import dev.mcpreel.captures.exchange.Gap;
import dev.mcpreel.captures.exchange.Headers;
import dev.mcpreel.captures.exchange.NameDefined;
import dev.mcpreel.captures.exchange.RequestHead;
import dev.mcpreel.captures.exchange.ResponseHead;
import dev.mcpreel.captures.exchange.RunSample;
import dev.mcpreel.captures.exchange.StepRecord;
import dev.mcpreel.captures.exchange.Trailers;
import dev.mcpreel.captures.exchange.UpstreamConnected;
import dev.mcpreel.captures.exchange.UpstreamFailed;
import dev.mcpreel.captures.exchange.UpstreamPick;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Every value of an event in one line, independent of how the event is written in Java. */
final class EventText {
    private EventText() {}

    static String of(CaptureEvent event) {
        return event.kind() + " at=" + event.atNanos() + values(event);
    }

    private static String values(CaptureEvent event) {
        return switch (event.kind()) {
            case REQUEST_HEAD -> {
                RequestHead e = (RequestHead) event;
                yield line(e.exchangeId(), e.connectionId(), e.peer(), e.method(), e.target(), e.version())
                        + headers(e.headers());
            }
            case UPSTREAM_CONNECTED -> {
                UpstreamConnected e = (UpstreamConnected) event;
                yield line(e.exchangeId(), e.connectionId(), e.instance(), e.address(), e.reused(), e.connectNanos())
                        + choice(e.pick());
            }
            case UPSTREAM_FAILED -> {
                UpstreamFailed e = (UpstreamFailed) event;
                yield line(e.exchangeId(), e.connectionId(), e.pick().instance(), e.reason(), e.connectNanos())
                        + choice(e.pick());
            }
            case TRAILERS -> {
                Trailers e = (Trailers) event;
                yield line(e.exchangeId(), e.connectionId(), e.direction()) + headers(e.headers());
            }
            case RESPONSE_HEAD -> {
                ResponseHead e = (ResponseHead) event;
                yield line(e.exchangeId(), e.connectionId(), e.status(), e.reason(), e.version())
                        + headers(e.headers());
            }
            case BODY_PART -> {
                BodyPart e = (BodyPart) event;
                yield line(e.exchangeId(), e.connectionId(), e.firstByteNanos(), e.direction(), e.part(), e.index())
                        + line(e.state(), e.decoded(), e.length(), e.content().length())
                        + line(Arrays.hashCode(e.content().toByteArray()));
            }
            case EXCHANGE_END -> {
                ExchangeEnd e = (ExchangeEnd) event;
                yield line(e.exchangeId(), e.connectionId(), e.cause(), e.endedBy(), e.requestEndNanos())
                        + line(e.responseEndNanos(), e.requestBytes(), e.responseBytes(), e.detail());
            }
            case GAP -> {
                Gap e = (Gap) event;
                yield line(e.reason(), e.lane(), e.exchanges(), e.events(), e.bytes());
            }
            case COUNTS -> {
                ExchangeCounts e = (ExchangeCounts) event;
                yield line(e.seen(), e.recorded(), e.filtered(), e.lost(), e.lostSteps());
            }
            case CLOCK_ANCHOR -> line(((ClockAnchor) event).wallNanos());
            case NAME_DEFINED -> line(((NameDefined) event).id(), ((NameDefined) event).name());
            case STEP -> {
                StepRecord e = (StepRecord) event;
                yield line(e.exchangeId(), e.connectionId(), e.agent(), e.session(), e.step(), e.stepKind())
                        + line(e.method(), e.tool(), e.instance(), e.outcome(), e.code(), e.plannedNanos())
                        + line(e.dueNanos(), e.sentNanos(), e.firstEventNanos(), e.doneNanos(), e.ownNanos())
                        + line(e.bytesOut(), e.bytesIn());
            }
            case RUN_SAMPLE -> {
                RunSample e = (RunSample) event;
                yield line(e.intervalNanos(), e.processCpuPermille(), e.machineCpuPermille(), e.agents())
                        + line(e.inFlight(), e.connections(), e.sent(), e.due(), e.longestStallNanos(), e.gcNanos());
            }
        };
    }

    /** Nothing where there was no choice: so read captures that are older than choices. */
    private static String choice(UpstreamPick pick) {
        return pick.equals(UpstreamPick.only(pick.instance())) ? "" : line(pick.choice(), pick.boundTo());
    }

    private static String headers(Headers headers) {
        return headers.fields().stream()
                .map(field -> " | " + field.name() + ": " + field.value())
                .collect(Collectors.joining());
    }

    private static String line(Object... values) {
        return Arrays.stream(values).map(value -> " | " + value).collect(Collectors.joining());
    }
}
