package dev.mcpreel.captures.transfer;

import dev.mcpreel.captures.exchange.BodyPart;
import dev.mcpreel.captures.exchange.BodyState;
import dev.mcpreel.captures.exchange.Bytes;
import dev.mcpreel.captures.exchange.Direction;
import dev.mcpreel.captures.exchange.EventKind;
import dev.mcpreel.captures.exchange.ExchangeEvent;
import dev.mcpreel.captures.exchange.PartKind;
import dev.mcpreel.captures.exchange.RequestHead;
import dev.mcpreel.captures.exchange.ResponseHead;
import dev.mcpreel.captures.redact.MediaType;
import dev.mcpreel.captures.redact.OverBudgetException;
import dev.mcpreel.captures.redact.Redaction;
import dev.mcpreel.captures.store.CaptureException;
import dev.mcpreel.captures.store.CaptureException.Category;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Redacts what was recorded once more. What was a hash stays that hash: nothing becomes readable again. */
final class Tightening {
    private final Redaction redaction;
    private final Map<Long, Types> open = new HashMap<>();

    private record Types(MediaType request, MediaType response) {}

    Tightening(Redaction redaction) {
        this.redaction = redaction;
    }

    /** All events of an exchange, in order. */
    ExchangeEvent apply(ExchangeEvent event) {
        if (event instanceof BodyPart part) {
            return part.isWhole() ? body(part) : part;
        }
        if (event instanceof RequestHead head) {
            open.put(head.exchangeId(), new Types(type(head.headers().first("Content-Type")), MediaType.TEXT));
        } else if (event instanceof ResponseHead head) {
            MediaType response = type(head.headers().first("Content-Type"));
            open.computeIfPresent(head.exchangeId(), (id, types) -> new Types(types.request(), response));
        } else if (event.kind() == EventKind.EXCHANGE_END) {
            open.remove(event.exchangeId());
        }
        try {
            return redaction.apply(event);
        } catch (OverBudgetException e) {
            throw new CaptureException(
                    Category.FAILED,
                    "a head of the capture cannot be searched for secrets in reasonable time: name other --redact rules");
        }
    }

    private static MediaType type(@Nullable String contentType) {
        return MediaType.of(contentType);
    }

    private BodyPart body(BodyPart part) {
        Types types = open.getOrDefault(part.exchangeId(), new Types(MediaType.TEXT, MediaType.TEXT));
        MediaType type = part.direction() == Direction.REQUEST ? types.request() : types.response();
        Bytes content = part.content();
        try {
            Bytes redacted = part.part() == PartKind.BODY
                    ? redaction.body(content, type)
                    : type == MediaType.UNREADABLE ? null : redaction.event(content);
            return redacted == null
                    ? part.with(BodyState.UNKNOWN_ENCODING, hash(content))
                    : part.with(BodyState.WHOLE, redacted);
        } catch (OverBudgetException e) {
            return part.with(BodyState.OMITTED, hash(content));
        }
    }

    private Bytes hash(Bytes content) {
        return Bytes.owned(redaction.hash().digest(content.toByteArray()));
    }
}
