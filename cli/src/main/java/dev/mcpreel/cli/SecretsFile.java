package dev.mcpreel.cli;

import dev.mcpreel.captures.redact.Masks;
import dev.mcpreel.replay.plan.Secrets;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code --secrets}: a line for each hash of a capture with what stands behind it. No value is ever shown. */
final class SecretsFile {
    private static final String OPTION = "--secrets ";
    private static final String ENV = "${env:";

    private SecretsFile() {}

    /** Nothing when no file is given; says so when others may read it. */
    static Secrets read(@Nullable Path file, Terminal terminal) {
        if (file == null) {
            return Secrets.NONE;
        }
        Map<String, String> values = new LinkedHashMap<>();
        int number = 0;
        for (String line : lines(file)) {
            number++;
            if (!line.isBlank() && !line.startsWith("#")) {
                add(values, line, OPTION + file + " line " + number);
            }
        }
        if (PrivateFiles.isReadByOthers(file)) {
            terminal.err().println("warning: " + file + " can be read by others: chmod 600 " + file);
        }
        return Secrets.of(values);
    }

    private static void add(Map<String, String> values, String line, String where) {
        int equals = line.indexOf('=');
        String mask = equals < 0 ? "" : line.substring(0, equals).strip();
        if (!Masks.isMask(mask)) {
            throw CommandFailure.usage(where + ": write redacted:HASH=VALUE with a hash that replay --dry-run lists");
        }
        String value = line.substring(equals + 1).strip();
        if (value.startsWith(ENV) && value.endsWith("}")) {
            String name = value.substring(ENV.length(), value.length() - 1);
            value = System.getenv(name);
            if (value == null) {
                throw CommandFailure.usage(
                        where + ": the environment has no " + name + ": export it, or write the value");
            }
        }
        if (!value.isEmpty()) {
            values.put(mask, value);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (NoSuchFileException e) {
            throw CommandFailure.usage(
                    OPTION + file + ": there is no such file; replay --dry-run prints one to fill in");
        } catch (CharacterCodingException e) {
            throw CommandFailure.usage(
                    OPTION + file + ": it is not UTF-8 text; replay --dry-run prints a file to fill in");
        } catch (IOException e) {
            throw CommandFailure.usage(OPTION + file + " cannot be read: name a file you may read");
        }
    }
}
