package dev.mcpreel.captures.transfer;

import dev.mcpreel.captures.exchange.BodyPart;
import dev.mcpreel.captures.exchange.Direction;
import dev.mcpreel.captures.exchange.PartKind;
import dev.mcpreel.captures.tap.Glob;
import dev.mcpreel.captures.wire.JsonRpcMessage;
import dev.mcpreel.captures.wire.JsonRpcReader;
import dev.mcpreel.captures.wire.RpcId;
import dev.mcpreel.captures.wire.SseEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** What a cut has to know of the messages themselves. Holds what server and client ask of each other until their session is over. */
final class CutMessages {
    /** What a session begins with. A range keeps it, because without it the rest cannot be replayed. */
    private static final Set<String> OPENING =
            Set.of("initialize", "notifications/initialized", "server/discover", "tools/list");

    private final List<Glob> dropTools;
    private final ExchangeIds opening = new ExchangeIds();
    private final ExchangeIds dropped = new ExchangeIds();
    private final ExchangeIds batches = new ExchangeIds();
    private final Map<Long, List<Said>> asked = new HashMap<>();
    private final Map<Long, List<Said>> answered = new HashMap<>();
    private final Map<Long, List<Said>> cancelled = new HashMap<>();

    /** Something about the request of this id, at this moment. */
    record Said(RpcId id, long atNanos, long exchangeId) {
        /** The last of those that came before this, or null. */
        @Nullable
        Said lastOf(List<Said> earlier) {
            Said last = null;
            for (Said one : earlier) {
                if (one.atNanos <= atNanos && (last == null || one.atNanos >= last.atNanos)) {
                    last = one;
                }
            }
            return last;
        }
    }

    CutMessages(List<Glob> dropTools) {
        this.dropTools = dropTools;
    }

    void accept(BodyPart part) {
        if (!part.isWhole()) {
            return;
        }
        if (part.direction() == Direction.REQUEST) {
            sent(part, JsonRpcReader.read(part.content()));
        } else if (part.part() == PartKind.SSE_EVENT) {
            for (JsonRpcMessage message :
                    JsonRpcReader.event(SseEvent.parse(part.content())).messages()) {
                if (message instanceof JsonRpcMessage.Request request) {
                    note(asked, part, request.id());
                }
            }
        }
    }

    /** A batch is a call that is dropped only when all of it is. */
    private void sent(BodyPart part, List<JsonRpcMessage> messages) {
        long exchange = part.exchangeId();
        if (messages.size() > 1) {
            batches.add(exchange);
        }
        if (!messages.isEmpty() && messages.stream().allMatch(this::isDropped)) {
            dropped.add(exchange);
        }
        if (messages.stream().anyMatch(CutMessages::isOpening)) {
            opening.add(exchange);
        }
        for (JsonRpcMessage message : messages) {
            if (message instanceof JsonRpcMessage.Response answer) {
                note(answered, part, answer.id());
            } else if (message instanceof JsonRpcMessage.Notification told
                    && told.method().equals("notifications/cancelled")) {
                note(cancelled, part, RpcId.of(told.node().path("params").get("requestId")));
            }
        }
    }

    private static void note(Map<Long, List<Said>> where, BodyPart part, @Nullable RpcId id) {
        if (id != null) {
            where.computeIfAbsent(part.exchangeId(), unused -> new ArrayList<>(1))
                    .add(new Said(id, part.atNanos(), part.exchangeId()));
        }
    }

    private boolean isDropped(JsonRpcMessage message) {
        String tool = message instanceof JsonRpcMessage.Request request ? request.tool() : null;
        return tool != null && dropTools.stream().anyMatch(glob -> glob.matches(tool));
    }

    private static boolean isOpening(JsonRpcMessage message) {
        return (message instanceof JsonRpcMessage.Request request && OPENING.contains(request.method()))
                || (message instanceof JsonRpcMessage.Notification told && OPENING.contains(told.method()));
    }

    boolean isOpening(long exchangeId) {
        return opening.contains(exchangeId);
    }

    /** Drops what the client sent with an exchange that belongs to a dropped call, unless it sent more with it. */
    void drop(long exchangeId) {
        if (!batches.contains(exchangeId)) {
            dropped.add(exchangeId);
        }
    }

    /** Whether all that the client sent with it belongs to calls that are to go. */
    boolean isDropped(long exchangeId) {
        return dropped.contains(exchangeId);
    }

    /** What the server asked the client for on exchanges of a session that is over; they are forgotten. */
    Map<RpcId, List<Said>> takeAsked(ExchangeIds session) {
        Map<RpcId, List<Said>> byId = new HashMap<>();
        take(asked, session)
                .forEach(said -> byId.computeIfAbsent(said.id(), unused -> new ArrayList<>(1))
                        .add(said));
        return byId;
    }

    /** What the client answered to it. */
    List<Said> takeAnswered(ExchangeIds session) {
        return take(answered, session);
    }

    /** Which of its own requests the client called off. */
    List<Said> takeCancelled(ExchangeIds session) {
        return take(cancelled, session);
    }

    private static List<Said> take(Map<Long, List<Said>> from, ExchangeIds session) {
        List<Said> taken = new ArrayList<>();
        if (!from.isEmpty()) {
            LongConsumer one = id -> {
                List<Said> said = from.remove(id);
                if (said != null) {
                    taken.addAll(said);
                }
            };
            session.forEach(one);
        }
        return taken;
    }
}
