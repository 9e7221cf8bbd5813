package dev.mcpreel.cli;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Ends a command with one line for the person who typed it, naming the option or file and the cure. */
final class CommandFailure extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;

    CommandFailure(ExitCode exitCode, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    static CommandFailure usage(String message) {
        return new CommandFailure(ExitCode.USAGE, message, null);
    }

    ExitCode exitCode() {
        return exitCode;
    }
}
