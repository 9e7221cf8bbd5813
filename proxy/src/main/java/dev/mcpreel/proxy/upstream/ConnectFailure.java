package dev.mcpreel.proxy.upstream;

import io.netty.channel.ConnectTimeoutException;
import java.net.UnknownHostException;
import java.util.Locale;

/**
 * Why no connection to an upstream could be made.
 *
 * @param timedOut whether nobody answered in time, as opposed to a refusal
 * @param reason a few words for people
 */
public record ConnectFailure(boolean timedOut, String reason) {
    public static ConnectFailure of(Throwable cause) {
        if (cause instanceof ConnectTimeoutException) {
            return new ConnectFailure(true, "no answer within the connect timeout");
        }
        if (cause instanceof UnknownHostException) {
            return new ConnectFailure(false, "the host name cannot be resolved");
        }
        String text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        if (text.contains("refused")) {
            return new ConnectFailure(false, "connection refused");
        }
        if (text.contains("timed out")) {
            return new ConnectFailure(true, "no answer");
        }
        String message = cause.getMessage();
        return new ConnectFailure(
                false,
                "connecting failed: " + (message == null ? cause.getClass().getSimpleName() : message));
    }
}
