package dev.mcpreel.cli;

import dev.mcpreel.analysis.report.TerminalText;
import dev.mcpreel.captures.redact.Finding;
import dev.mcpreel.captures.redact.Redaction;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code mcp-reel redact --test}: what a policy would do to a message, without a recording. */
@Command(
        name = "redact",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Show what of a message would be on the disk, and which rule replaced what.",
        footer = {
            "",
            "Example:  mcp-reel redact --test message.json --redact customer_id",
            "          curl -si http://127.0.0.1:3001/ | mcp-reel redact --test -"
        })
final class RedactCommand implements Callable<Integer> {
    /** As the recorder keeps no longer message. */
    private static final int MOST_BYTES = 8 * 1024 * 1024;

    private static final int WIDEST_PLACE = 48;

    private final Terminal terminal;

    @Option(
            names = "--test",
            required = true,
            paramLabel = "FILE",
            description = "A body, or an HTTP message with its head; - reads it from stdin.")
    private String file = "";

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            description = "What a body without a head is: json, form, sse or text. Default: by its looks")
    private @Nullable String type;

    @Mixin
    private RedactOptions redact = new RedactOptions();

    RedactCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Map<Finding, Integer> findings = new LinkedHashMap<>();
        Redaction redaction = redact.redaction(terminal).telling(finding -> findings.merge(finding, 1, Integer::sum));
        TestMessage message = TestMessage.of(read(), type);
        terminal.out().println(message.redacted(redaction));
        terminal.out().println();
        terminal.out().print(table(findings));
        return ExitCode.OK.code();
    }

    private byte[] read() {
        try (InputStream in = file.equals("-") ? System.in : Files.newInputStream(Path.of(file))) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw CommandFailure.usage("--test " + file + ": a message over 8 MiB is kept as its length only");
            }
            return bytes;
        } catch (IOException e) {
            throw CommandFailure.usage(
                    "--test " + file + ": this file cannot be read; name a file, or - for what comes on stdin");
        }
    }

    private static String table(Map<Finding, Integer> findings) {
        if (findings.isEmpty()) {
            return "nothing was replaced\n";
        }
        int widest = findings.keySet().stream()
                .mapToInt(finding -> TerminalText.escape(finding.place()).length())
                .max()
                .orElse(0);
        StringBuilder table = new StringBuilder("replaced\n");
        findings.forEach((finding, count) -> table.append(String.format(
                Locale.ROOT,
                "  %-" + Math.min(WIDEST_PLACE, widest) + "s  %s%s%n",
                TerminalText.escape(finding.place()),
                TerminalText.escape(finding.rule()),
                count == 1 ? "" : ", " + count + " times")));
        return table.toString();
    }
}
