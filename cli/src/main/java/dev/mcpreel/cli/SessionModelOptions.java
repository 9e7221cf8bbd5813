package dev.mcpreel.cli;

import dev.mcpreel.captures.session.AgentKey;
import dev.mcpreel.captures.session.SessionOptions;
import picocli.CommandLine.Option;

/** How agent sessions are told apart: the same for every command that reads them, so that one capture has the same sessions everywhere. */
class SessionModelOptions {
    @Option(
            names = "--agent-key",
            paramLabel = "KEY",
            description = {
                "What tells one agent from another: path, header:NAME, meta:NAME, trace, token, client, address, or auto,"
                        + " the strongest each exchange offers (default). See docs/SESSIONS.md"
            })
    private String agentKey = "auto";

    @Option(
            names = "--session-gap",
            paramLabel = "TIME",
            description = "A longer time with nothing in flight ends an agent session (default: 30m).")
    private String sessionGap = "30m";

    /** What they add up to; complains about the first that makes no sense. */
    SessionOptions options() {
        return SessionOptions.defaults()
                .withAgentKey(key())
                .withSessionGap(Durations.nanos("--session-gap", sessionGap));
    }

    private AgentKey key() {
        try {
            return AgentKey.parse(agentKey.strip());
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage("--agent-key " + e.getMessage());
        }
    }
}
