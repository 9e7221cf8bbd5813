package dev.mcpreel.captures.transfer;

import dev.mcpreel.captures.session.RequestTrace;
import dev.mcpreel.captures.wire.Meta;
import dev.mcpreel.captures.wire.RpcId;
import org.jspecify.annotations.Nullable;

/**
 * Where a request of a dropped call, or of a task that may be one, and its answer stand.
 *
 * @param token what its progress is told under
 */
record CutLeg(
        long exchangeId,
        long answeredOn,
        boolean answered,
        @Nullable RpcId id,
        @Nullable RpcId token,
        CutSpan span) {
    static CutLeg of(RequestTrace request) {
        return new CutLeg(
                request.exchangeId(),
                request.answeredOn(),
                request.answer() != null,
                request.request().id(),
                Meta.progressToken(request.request()),
                new CutSpan(request.startNanos(), request.doneNanos(), null));
    }
}
