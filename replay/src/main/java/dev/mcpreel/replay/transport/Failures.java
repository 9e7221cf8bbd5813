package dev.mcpreel.replay.transport;

import dev.mcpreel.captures.exchange.EndCause;
import io.netty.channel.unix.Errors;
import java.io.IOException;
import java.net.BindException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads what went wrong out of the exceptions that sockets throw. */
final class Failures {
    /** Linux: ENOMEM, ENFILE, EMFILE, EADDRNOTAVAIL, ENOBUFS. */
    private static final int[] LOCAL_ERRNO = {12, 23, 24, 99, 105};

    private Failures() {}

    /** Whether this machine, not the target, is what could not make the connection. */
    static boolean isLocal(@Nullable Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof BindException || (t instanceof Errors.NativeIoException io && isLocalErrno(io))) {
                return true;
            }
            String message = text(t);
            if (message.contains("too many open files") || message.contains("cannot assign requested address")) {
                return true;
            }
        }
        return false;
    }

    /** How an exchange ended whose connection went away, given the last error its channel reported. */
    static EndCause lost(@Nullable Throwable failure) {
        String message = failure instanceof IOException ? text(failure) : "";
        return message.contains("reset") || message.contains("broken pipe") ? EndCause.RESET : EndCause.CLOSED;
    }

    /** One line for people. */
    static String describe(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isEmpty()
                ? failure.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }

    private static boolean isLocalErrno(Errors.NativeIoException io) {
        for (int errno : LOCAL_ERRNO) {
            if (io.expectedErr() == -errno) {
                return true;
            }
        }
        return false;
    }

    private static String text(Throwable failure) {
        return failure.getMessage() == null ? "" : failure.getMessage().toLowerCase(Locale.ROOT);
    }
}
