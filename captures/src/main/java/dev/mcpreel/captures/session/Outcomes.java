package dev.mcpreel.captures.session;

import dev.mcpreel.captures.exchange.EndCause;
import dev.mcpreel.captures.exchange.Outcome;
import dev.mcpreel.captures.wire.JsonRpcMessage;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Judges what came back for a request. Pure; used on captures and on live calls alike, so that both count the same way.
 *
 * <p>An answer with the request's own id decides, whatever the status (a modern server sends 404 with -32601, revision
 * 2026-07-28), unless it speaks of a lost session. Without one, what the network did comes before the status, because the
 * recorder answers 502 in the place of an upstream it did not reach or lost.
 */
public final class Outcomes {
    /** 408 and the gateway statuses of RFC 9110, and 520 to 524 of a content network in front of the server. */
    private static final Set<Integer> GATEWAY = Set.of(408, 502, 503, 504, 520, 521, 522, 523, 524);

    /** What servers of the field use for an unknown session (no revision assigns it). */
    private static final int SESSION_NOT_FOUND = -32001;

    private static final Pattern SESSION_TROUBLE = Pattern.compile(
            "(?:no valid|not a valid|invalid|unknown|unrecogni[sz]ed|expired|no such)[ _-](?:mcp[ _-])?session"
                    + "|session.{0,80}?(?:not found|not exist|expired|invalid|unknown|terminated|no longer"
                    + "|not recogni[sz]ed|not valid)",
            Pattern.CASE_INSENSITIVE);

    /** A server that never saw the initialize of the session: an instance behind a balancer, after a hop. */
    private static final Pattern NOT_INITIALIZED = Pattern.compile("not initiali[sz]ed", Pattern.CASE_INSENSITIVE);

    private Outcomes() {}

    public static Verdict of(Reply reply) {
        JsonRpcMessage.Response answer = reply.answer();
        if (answer != null) {
            return answered(reply, answer);
        }
        return new Verdict(unanswered(reply), reply.status());
    }

    private static Verdict answered(Reply reply, JsonRpcMessage.Response answer) {
        if (!answer.isError()) {
            return new Verdict(answer.isToolError() ? Outcome.TOOL_ERROR : Outcome.OK, reply.status());
        }
        boolean refused = reply.status() == 404 || reply.status() == 400;
        if (refused && isAboutSession(reply, answer.errorMessage(), answer.errorCode() == SESSION_NOT_FOUND)) {
            return new Verdict(Outcome.SESSION_LOST, reply.status());
        }
        return new Verdict(Outcome.RPC_ERROR, answer.errorCode());
    }

    /** The code and the missing handshake mean other things too, so they count only where a session was claimed. */
    private static boolean isAboutSession(Reply reply, String text, boolean sessionCode) {
        return SESSION_TROUBLE.matcher(text).find()
                || (reply.sessionSent()
                        && (sessionCode || NOT_INITIALIZED.matcher(text).find()));
    }

    private static Outcome unanswered(Reply reply) {
        return switch (reply.cause()) {
            case CONNECT_FAILED, REFUSED -> Outcome.CONNECT_FAILED;
            case BAD_RESPONSE -> Outcome.INVALID;
            case COMPLETE, BAD_REQUEST -> whole(reply);
            case CLOSED, RESET -> broken(reply);
            case TIMED_OUT -> refusedOr(reply, Outcome.DEADLINE);
            case SHUTDOWN, UNKNOWN -> refusedOr(reply, Outcome.INTERRUPTED);
        };
    }

    /** A response that came whole but held no answer. */
    private static Outcome whole(Reply reply) {
        boolean cut = reply.eventStream() && !reply.foreignAnswer();
        return refusedOr(reply, cut ? Outcome.STREAM_CUT : Outcome.INVALID);
    }

    /** A connection that went away first. */
    private static Outcome broken(Reply reply) {
        return switch (reply.endedBy()) {
            case CLIENT -> refusedOr(reply, Outcome.DEADLINE);
            case RECORDER -> refusedOr(reply, Outcome.INTERRUPTED);
            case UPSTREAM, UNKNOWN -> brokenByServer(reply);
        };
    }

    /** The recorder's own 502 for a lost upstream must not pass for a gateway's. */
    private static Outcome brokenByServer(Reply reply) {
        if (reply.cause() == EndCause.RESET || reply.status() == 0 || reply.status() == 502) {
            return Outcome.RESET;
        }
        return refusedOr(reply, Outcome.STREAM_CUT);
    }

    /** The verdict of a status that refuses, otherwise the other one. */
    private static Outcome refusedOr(Reply reply, Outcome other) {
        int status = reply.status();
        if (status < 300) {
            return other;
        }
        if (isSessionLost(reply)) {
            return Outcome.SESSION_LOST;
        }
        return GATEWAY.contains(status) ? Outcome.GATEWAY_TIMEOUT : Outcome.HTTP_ERROR;
    }

    /**
     * 404 to a known session is what the revisions ask for (2025-03-26 and later, basic/transports, session management);
     * a 400 that speaks of the session is what many servers send instead.
     */
    private static boolean isSessionLost(Reply reply) {
        if (reply.status() != 404 && reply.status() != 400) {
            return false;
        }
        return (reply.status() == 404 && reply.sessionSent())
                || isAboutSession(reply, reply.text(), reply.text().contains(Integer.toString(SESSION_NOT_FOUND)));
    }
}
