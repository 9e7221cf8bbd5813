package dev.mcpreel.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Function;

/** Where a command writes a file: whole or not at all, and for its owner alone, because it holds what agents said. */
final class OutputTarget {
    private final String name;
    private final Terminal terminal;

    /** @param name a file's, or {@code -} for the output */
    OutputTarget(String name, Terminal terminal) {
        this.name = name;
        this.terminal = terminal;
    }

    <T> T write(Function<OutputStream, T> writer) {
        if (name.equals("-")) {
            T result = writer.apply(terminal.out());
            if (terminal.out().checkError()) {
                throw new CommandFailure(ExitCode.FAILED, "the output was closed before all of it was written", null);
            }
            return result;
        }
        Path file = Path.of(name);
        try {
            // A pipe or a device is written to as it is.
            return Files.exists(file) && !Files.isRegularFile(file) ? to(file, file, writer) : replacing(file, writer);
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--out " + name + " cannot be written: name a file in a folder you may write to",
                    e);
        }
    }

    private <T> T replacing(Path file, Function<OutputStream, T> writer) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Path part = Files.createTempFile(folder, ".mcp-reel-", ".part");
        try {
            T result = to(part, file, writer);
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
            return result;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private <T> T to(Path path, Path named, Function<OutputStream, T> writer) throws IOException {
        if (Files.isDirectory(named)) {
            throw CommandFailure.usage("--out " + name + " is a folder: name a file");
        }
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path), 1 << 16)) {
            return writer.apply(out);
        } catch (UncheckedIOException e) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    "--out " + name + " could not be written whole: nothing of it is left; free some space, or name"
                            + " another file",
                    e);
        }
    }
}
