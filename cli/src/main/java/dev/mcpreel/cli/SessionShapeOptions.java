package dev.mcpreel.cli;

import dev.mcpreel.captures.session.SessionOptions;
import picocli.CommandLine.Option;

/** The same, for the commands that show what shape a session has. */
final class SessionShapeOptions extends SessionModelOptions {
    @Option(
            names = "--burst",
            paramLabel = "TIME",
            description = "The longest idle gap inside a burst of calls (default: 1s).")
    private String burst = "1s";

    @Override
    SessionOptions options() {
        return super.options().withBurst(Durations.nanos("--burst", burst));
    }
}
