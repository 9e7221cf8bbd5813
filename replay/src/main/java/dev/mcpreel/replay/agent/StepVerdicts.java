package dev.mcpreel.replay.agent;

import dev.mcpreel.captures.exchange.EndCause;
import dev.mcpreel.captures.exchange.Outcome;
import dev.mcpreel.captures.exchange.StepKind;
import dev.mcpreel.captures.session.Outcomes;
import dev.mcpreel.captures.session.Reply;
import dev.mcpreel.captures.session.Verdict;

/** Judges a step by what came back; for a request just as a capture's reader would. Pure. */
final class StepVerdicts {
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int NOT_FOUND = 404;

    private StepVerdicts() {}

    static Verdict of(StepKind kind, Reply reply) {
        boolean fine =
                switch (kind) {
                    case REQUEST -> false;
                    case NOTIFICATION -> isAccepted(reply);
                    case STREAM -> isAccepted(reply) || reply.status() == METHOD_NOT_ALLOWED;
                    case DELETE ->
                        isAccepted(reply) || reply.status() == METHOD_NOT_ALLOWED || reply.status() == NOT_FOUND;
                };
        return fine ? new Verdict(Outcome.OK, reply.status()) : Outcomes.of(reply);
    }

    /** The server took it and ended the response itself; a stream it ends so was not cut. */
    private static boolean isAccepted(Reply reply) {
        return reply.cause() == EndCause.COMPLETE && reply.status() >= 200 && reply.status() < 300;
    }
}
