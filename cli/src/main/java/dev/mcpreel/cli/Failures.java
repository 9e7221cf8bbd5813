package dev.mcpreel.cli;

import dev.mcpreel.captures.store.CaptureException;
import dev.mcpreel.proxy.ProxyException;
import dev.mcpreel.replay.plan.PlanException;
import dev.mcpreel.replay.rig.RigException;
import org.jspecify.annotations.Nullable;

/** Which failures are told in one line, and the exit code of each. */
final class Failures {
    private Failures() {}

    /** The exit code of a failure whose message is meant for the person at the keyboard; null for any other. */
    static @Nullable ExitCode exitCode(Throwable failure) {
        if (failure instanceof CommandFailure command) {
            return command.exitCode();
        }
        if (failure instanceof CaptureException capture) {
            return switch (capture.category()) {
                case INPUT -> ExitCode.USAGE;
                case DAMAGED, FAILED -> ExitCode.FAILED;
                case UNFINISHED -> ExitCode.INVALID_RUN;
            };
        }
        if (failure instanceof ProxyException proxy) {
            return switch (proxy.category()) {
                case INPUT -> ExitCode.USAGE;
                case FAILED -> ExitCode.FAILED;
            };
        }
        if (failure instanceof RigException rig) {
            return switch (rig.category()) {
                case INPUT -> ExitCode.USAGE;
                case FAILED -> ExitCode.FAILED;
            };
        }
        return failure instanceof PlanException ? ExitCode.USAGE : null;
    }
}
