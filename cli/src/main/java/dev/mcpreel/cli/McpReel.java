package dev.mcpreel.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The root command: help, version, and what every command shares. */
@Command(
        name = "mcp-reel",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Records the traffic AI agents make to an MCP server, replays it amplified, and says what changed.",
            ""
        },
        footer = {
            "",
            "Start here:  mcp-reel demo",
            "Exit codes:  0 ok, 1 failed, 2 usage, 3 threshold, 4 regression, 5 inconclusive, 6 invalid run"
        },
        subcommands = {
            RecordCommand.class,
            ReplayCommand.class,
            ReportCommand.class,
            SessionsCommand.class,
            ShowCommand.class,
            StatsCommand.class,
            TailCommand.class,
            CutCommand.class,
            VerifyCommand.class,
            SalvageCommand.class,
            ExportCommand.class,
            ImportCommand.class,
            RedactCommand.class,
            DemoCommand.class,
            CommandLine.HelpCommand.class
        })
final class McpReel implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before run
    private CommandSpec spec;

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Show the stack trace behind an error.")
    private boolean debug;

    boolean debug() {
        return debug;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name a command, for example: mcp-reel demo");
    }
}
