package dev.mcpreel.cli;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * A command as a person would run it, with what it printed.
 *
 * @param code the exit code
 */
record CommandRun(int code, String out, String err) {
    /** A terminal nobody looks at. */
    static Terminal silent() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        return new Terminal(nowhere, nowhere, false, false, Terminal.DEFAULT_WIDTH);
    }

    static CommandRun of(String... arguments) {
        return of(100, arguments);
    }

    static CommandRun of(int width, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                false,
                width);
        int code = Main.run(terminal, arguments);
        return new CommandRun(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** The one line an error is told in. */
    String complaint() {
        return err.lines().reduce((first, second) -> second).orElse("");
    }
}
