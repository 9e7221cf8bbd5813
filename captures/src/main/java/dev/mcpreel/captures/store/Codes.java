package dev.mcpreel.captures.store;

import dev.mcpreel.captures.exchange.BodyState;
import dev.mcpreel.captures.exchange.Direction;
import dev.mcpreel.captures.exchange.EndCause;
import dev.mcpreel.captures.exchange.EndedBy;
import dev.mcpreel.captures.exchange.LossReason;
import dev.mcpreel.captures.exchange.Outcome;
import dev.mcpreel.captures.exchange.PartKind;
import dev.mcpreel.captures.exchange.StepKind;
import dev.mcpreel.captures.exchange.UpstreamChoice;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The numbers that stand for enum constants in the log: their positions in these lists, which therefore only ever grow at
 * their ends, whatever becomes of the enums.
 */
final class Codes<E extends Enum<E>> {
    /** No constant has this code. */
    static final int NONE = 255;

    static final Codes<Direction> DIRECTION =
            new Codes<>(Direction.class, List.of(Direction.REQUEST, Direction.RESPONSE));
    static final Codes<PartKind> PART =
            new Codes<>(PartKind.class, List.of(PartKind.BODY, PartKind.SSE_EVENT, PartKind.SSE_TAIL));
    static final Codes<BodyState> BODY_STATE = new Codes<>(
            BodyState.class,
            List.of(
                    BodyState.WHOLE,
                    BodyState.OMITTED,
                    BodyState.TOO_LARGE,
                    BodyState.UNKNOWN_ENCODING,
                    BodyState.LOST_IN_PART));
    static final Codes<EndCause> END_CAUSE = new Codes<>(
            EndCause.class,
            List.of(
                    EndCause.COMPLETE,
                    EndCause.CLOSED,
                    EndCause.RESET,
                    EndCause.CONNECT_FAILED,
                    EndCause.BAD_REQUEST,
                    EndCause.BAD_RESPONSE,
                    EndCause.TIMED_OUT,
                    EndCause.SHUTDOWN,
                    EndCause.UNKNOWN,
                    EndCause.REFUSED));
    static final Codes<EndedBy> ENDED_BY =
            new Codes<>(EndedBy.class, List.of(EndedBy.CLIENT, EndedBy.UPSTREAM, EndedBy.RECORDER, EndedBy.UNKNOWN));
    static final Codes<LossReason> LOSS_REASON = new Codes<>(
            LossReason.class,
            List.of(
                    LossReason.LANE_FULL,
                    LossReason.DISK_FULL,
                    LossReason.WRITE_FAILED,
                    LossReason.RECORDER_FAULT,
                    LossReason.DAMAGED));
    static final Codes<UpstreamChoice> UPSTREAM_CHOICE = new Codes<>(
            UpstreamChoice.class,
            List.of(UpstreamChoice.ONLY, UpstreamChoice.BALANCED, UpstreamChoice.BOUND, UpstreamChoice.REBOUND));
    static final Codes<StepKind> STEP_KIND = new Codes<>(
            StepKind.class, List.of(StepKind.REQUEST, StepKind.NOTIFICATION, StepKind.STREAM, StepKind.DELETE));
    static final Codes<Outcome> OUTCOME = new Codes<>(
            Outcome.class,
            List.of(
                    Outcome.OK,
                    Outcome.TOOL_ERROR,
                    Outcome.RPC_ERROR,
                    Outcome.HTTP_ERROR,
                    Outcome.SESSION_LOST,
                    Outcome.GATEWAY_TIMEOUT,
                    Outcome.DEADLINE,
                    Outcome.CANCELLED,
                    Outcome.STREAM_CUT,
                    Outcome.CONNECT_FAILED,
                    Outcome.RESET,
                    Outcome.INVALID,
                    Outcome.INTERRUPTED,
                    Outcome.SKIPPED,
                    Outcome.MISMATCH,
                    Outcome.LEAKED));

    private final List<E> constants;
    private final Map<E, Integer> codes;

    private Codes(Class<E> type, List<E> constants) {
        this.constants = constants;
        this.codes = new EnumMap<>(type);
        for (int code = 0; code < constants.size(); code++) {
            codes.put(constants.get(code), code);
        }
    }

    /** In the order of their codes. */
    List<E> all() {
        return constants;
    }

    int of(E constant) {
        Integer code = codes.get(constant);
        if (code == null) {
            throw new IllegalArgumentException(constant + " has no code in the log");
        }
        return code;
    }

    /** Null for a code this version does not know. */
    @Nullable
    E constant(int code) {
        return code < constants.size() ? constants.get(code) : null;
    }
}
