package dev.mcpreel.captures.transfer;

import dev.mcpreel.captures.exchange.BodyPart;
import dev.mcpreel.captures.exchange.BodyState;
import dev.mcpreel.captures.exchange.Bytes;
import dev.mcpreel.captures.exchange.Direction;
import dev.mcpreel.captures.exchange.ExchangeEnd;
import dev.mcpreel.captures.exchange.ExchangeEvent;
import dev.mcpreel.captures.exchange.Headers;
import dev.mcpreel.captures.exchange.PartKind;
import dev.mcpreel.captures.exchange.RequestHead;
import dev.mcpreel.captures.exchange.ResponseHead;
import dev.mcpreel.captures.redact.MediaType;
import dev.mcpreel.captures.redact.OverBudgetException;
import dev.mcpreel.captures.redact.Redaction;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes the secrets out of imported events as the recorder does. */
final class ImportRedaction {
    private final Redaction redaction;
    private final Map<Long, Map<Direction, MediaType>> types = new HashMap<>();

    ImportRedaction(Redaction redaction) {
        this.redaction = redaction;
    }

    /** @throws OverBudgetException when a head cannot be searched in reasonable time */
    ExchangeEvent apply(ExchangeEvent event) {
        if (event instanceof RequestHead head) {
            learn(event, Direction.REQUEST, head.headers());
        } else if (event instanceof ResponseHead head) {
            learn(event, Direction.RESPONSE, head.headers());
        } else if (event instanceof ExchangeEnd) {
            types.remove(event.exchangeId());
        } else if (event instanceof BodyPart part) {
            return part.isWhole() ? body(part) : part;
        }
        return redaction.apply(event);
    }

    private void learn(ExchangeEvent event, Direction direction, Headers headers) {
        types.computeIfAbsent(event.exchangeId(), id -> new EnumMap<>(Direction.class))
                .put(direction, MediaType.of(headers.first("Content-Type")));
    }

    private BodyPart body(BodyPart part) {
        MediaType type = types.getOrDefault(part.exchangeId(), Map.of()).getOrDefault(part.direction(), MediaType.TEXT);
        try {
            Bytes clean = clean(part, type);
            if (clean != null) {
                return part.with(BodyState.WHOLE, clean);
            }
            return part.with(BodyState.UNKNOWN_ENCODING, digest(part));
        } catch (OverBudgetException e) {
            return part.with(BodyState.OMITTED, digest(part));
        }
    }

    private @Nullable Bytes clean(BodyPart part, MediaType type) {
        if (part.part() == PartKind.BODY) {
            return redaction.body(part.content(), type);
        }
        return type == MediaType.UNREADABLE ? null : redaction.event(part.content());
    }

    private Bytes digest(BodyPart part) {
        return Bytes.owned(redaction.hash().digest(part.content().toByteArray()));
    }
}
