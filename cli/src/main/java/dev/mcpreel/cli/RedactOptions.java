package dev.mcpreel.cli;

import dev.mcpreel.captures.redact.Redaction;
import dev.mcpreel.captures.redact.RedactionPolicy;
import dev.mcpreel.captures.redact.SecretHash;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is kept from the disk as a secret. */
final class RedactOptions {
    private static final int LEAST_KEY_BYTES = 16;
    private static final int MOST_KEY_BYTES = 64 * 1024;

    @Option(
            names = "--redact",
            paramLabel = "RULE",
            description = "One more kind of secret: a name (api_key, *_pin), a /json/pointer into each message, or"
                    + " regex:EXPRESSION. More than one: repeat it.")
    private List<String> rules = new ArrayList<>();

    @Option(
            names = "--redact-off",
            paramLabel = "NAME",
            description = "A name or kind of secret that stays in clear after all; docs/REDACTION.md lists them."
                    + " More than one: repeat it.")
    private List<String> off = new ArrayList<>();

    @Option(
            names = "--redaction-key",
            paramLabel = "FILE",
            description = "Hash secrets under the bytes of this file, so that captures can be compared. Without it the"
                    + " key is random and gone in the end.")
    private @Nullable Path key;

    /** The policy and key asked for; warns of a key that others can read. */
    Redaction redaction(Terminal terminal) {
        return redaction(terminal, List.of());
    }

    /**
     * The same, with what a capture to be replayed was kept clean of: the live answers have it again.
     *
     * @param recorded that capture's policy in words
     */
    Redaction redaction(Terminal terminal, List<String> recorded) {
        RedactionPolicy policy = policy(recorded);
        long expressions = RedactionPolicy.expressions(recorded);
        if (expressions > RedactionPolicy.expressions(policy.describe())) {
            terminal.err()
                    .println(
                            "warning: the capture was recorded with "
                                    + Amounts.count(expressions, "--redact regex:... rule")
                                    + ", which are written down nowhere; give them again to keep the same from the replay's capture");
        }
        return redaction(policy, terminal);
    }

    /**
     * The policy and key for what is copied out of a capture, whose expressions have done their work already.
     *
     * @param recorded that capture's policy in words
     */
    Redaction tightening(Terminal terminal, List<String> recorded) {
        return redaction(policy(recorded), terminal);
    }

    private RedactionPolicy policy(List<String> recorded) {
        RedactionPolicy policy = RedactionPolicy.standard();
        for (String name : off) {
            policy = changed("--redact-off", policy::without, name);
        }
        for (String rule : rules) {
            policy = changed("--redact", policy::with, rule);
        }
        return policy.withThoseOf(recorded);
    }

    private Redaction redaction(RedactionPolicy policy, Terminal terminal) {
        return new Redaction(policy, key == null ? SecretHash.random() : SecretHash.of(read(key, terminal)));
    }

    private static RedactionPolicy changed(String option, Change change, String value) {
        try {
            return change.apply(value);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(option + " " + e.getMessage());
        }
    }

    private static byte[] read(Path file, Terminal terminal) {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MOST_KEY_BYTES + 1);
            if (PrivateFiles.isReadByOthers(file)) {
                terminal.err().println("--redaction-key " + file + " can be read by others: chmod 600 " + file);
            }
        } catch (IOException e) {
            throw CommandFailure.usage("--redaction-key " + file + ": this file cannot be read"
                    + (Files.exists(file) ? "" : ", it is not there"));
        }
        if (bytes.length < LEAST_KEY_BYTES || bytes.length > MOST_KEY_BYTES) {
            throw CommandFailure.usage("--redaction-key " + file + ": a key has 16 bytes or more, up to 64 KiB;"
                    + " to make one: openssl rand -hex 32 > FILE");
        }
        return bytes;
    }

    private interface Change {
        RedactionPolicy apply(String value);
    }
}
