package dev.mcpreel.captures.transfer;

import dev.mcpreel.captures.exchange.BodyPart;
import dev.mcpreel.captures.exchange.Bytes;
import dev.mcpreel.captures.exchange.Direction;
import dev.mcpreel.captures.exchange.PartKind;
import dev.mcpreel.captures.wire.JsonRpcMessage;
import dev.mcpreel.captures.wire.JsonRpcReader;
import dev.mcpreel.captures.wire.Meta;
import dev.mcpreel.captures.wire.RpcId;
import dev.mcpreel.captures.wire.SseEvent;
import dev.mcpreel.captures.wire.TaskState;
import dev.mcpreel.captures.wire.Tasks;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What streams that are kept hold of calls that are not. Their events are emptied and keep their time, size and id. */
final class CutBlanks {
    private final Set<Place> answers = new HashSet<>();
    private final Set<Place> progress = new HashSet<>();
    private final Set<String> tasks = new HashSet<>();
    private final ExchangeIds streams = new ExchangeIds();

    /** An id on a stream. */
    private record Place(long exchangeId, RpcId id) {}

    /** The answer to a request that is gone, and its progress, may stand on this exchange. */
    void add(long exchangeId, CutLeg gone) {
        streams.add(exchangeId);
        if (gone.id() != null) {
            answers.add(new Place(exchangeId, gone.id()));
        }
        if (gone.token() != null) {
            progress.add(new Place(exchangeId, gone.token()));
        }
    }

    /** What any stream tells of this task goes. */
    void addTask(String taskId) {
        tasks.add(taskId);
    }

    /** The same event, or one without what it said. */
    BodyPart apply(BodyPart part) {
        boolean looked = !tasks.isEmpty() || streams.contains(part.exchangeId());
        if (!looked || part.direction() == Direction.REQUEST || part.part() != PartKind.SSE_EVENT || !part.isWhole()) {
            return part;
        }
        SseEvent event = SseEvent.parse(part.content());
        List<JsonRpcMessage> messages = JsonRpcReader.event(event).messages();
        return messages.stream().anyMatch(message -> isGone(part.exchangeId(), message))
                ? emptied(part, event.id())
                : part;
    }

    private boolean isGone(long exchangeId, JsonRpcMessage message) {
        String related = Tasks.related(message);
        if (related != null && tasks.contains(related)) {
            return true;
        }
        if (message instanceof JsonRpcMessage.Response answer) {
            return answer.id() != null && answers.contains(new Place(exchangeId, answer.id()));
        }
        if (message instanceof JsonRpcMessage.Notification told) {
            TaskState state = Tasks.told(told);
            RpcId token = Meta.progressToken(told);
            return (state != null && tasks.contains(state.taskId()))
                    || (token != null && progress.contains(new Place(exchangeId, token)));
        }
        return false;
    }

    private static BodyPart emptied(BodyPart part, @Nullable String eventId) {
        String text = (eventId == null ? "" : "id: " + eventId + "\n") + ": cut\n\n";
        return part.with(part.state(), Bytes.owned(text.getBytes(StandardCharsets.UTF_8)));
    }
}
