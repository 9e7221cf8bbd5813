package dev.mcpreel.cli;

import dev.mcpreel.analysis.report.TerminalText;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The entry point. */
public final class Main {
    private Main() {}

    /** Runs a command and exits with its code. */
    public static void main(String[] arguments) {
        int code = run(Terminal.system(System.getenv()), arguments);
        // Daemon or not, no thread may keep a finished command alive.
        System.exit(code);
    }

    static int run(Terminal terminal, String... arguments) {
        quietLibraries();
        return execute(terminal, arguments);
    }

    /** One command within this process. */
    static int execute(Terminal terminal, String... arguments) {
        McpReel root = new McpReel();
        CommandLine line = new CommandLine(root, new Wiring(terminal));
        line.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
        line.setUsageHelpWidth(Math.min(terminal.width(), 120));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler(usageErrors(terminal));
        line.setExecutionExceptionHandler((failure, command, result) -> report(terminal, root.debug(), failure));
        return line.execute(arguments);
    }

    /** Chronicle's announcements and counters, and loggers that would write into a progress line. */
    private static void quietLibraries() {
        Map.of(
                        "chronicle.analytics.disable", "true",
                        "chronicle.announcer.disable", "true",
                        "disable.perf.info", "true",
                        "org.slf4j.simpleLogger.defaultLogLevel", "error")
                .forEach((name, value) -> {
                    if (System.getProperty(name) == null) {
                        System.setProperty(name, value);
                    }
                });
    }

    private static IParameterExceptionHandler usageErrors(Terminal terminal) {
        return (ParameterException failure, String[] arguments) -> {
            String command = failure.getCommandLine().getCommandSpec().qualifiedName(" ");
            terminal.err().println("mcp-reel: " + oneLine(complaint(failure)) + " (see: " + command + " --help)");
            return ExitCode.USAGE.code();
        };
    }

    private static String complaint(ParameterException failure) {
        return failure instanceof UnmatchedArgumentException unmatched
                        && failure.getCommandLine().getParent() == null
                ? "unknown command '" + unmatched.getUnmatched().get(0) + "'"
                : String.valueOf(failure.getMessage());
    }

    private static int report(Terminal terminal, boolean debug, Exception failure) {
        if (debug) {
            failure.printStackTrace(terminal.err());
        }
        ExitCode expected = Failures.exitCode(failure);
        if (expected != null) {
            terminal.err().println("mcp-reel: " + oneLine(String.valueOf(failure.getMessage())));
            return expected.code();
        }
        String hint = debug ? "" : " (run again with --debug for where)";
        terminal.err().println("mcp-reel: internal error: " + oneLine(String.valueOf(failure)) + hint);
        return ExitCode.FAILED.code();
    }

    private static String oneLine(String message) {
        // An argument of the shell may hold anything. What is escaped already keeps its backslashes.
        return TerminalText.escapeJson(message.strip().replaceAll("\\s*\\R\\s*", "; "));
    }
}
