package dev.mcpreel.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Where a command writes: results to one stream, progress and errors to the other.
 *
 * @param live whether {@code err} is a terminal, so that one line may be rewritten in place
 * @param colour whether {@code out} is a terminal that wants colour
 * @param width columns to write for
 */
record Terminal(PrintStream out, PrintStream err, boolean live, boolean colour, int width) {
    static final int DEFAULT_WIDTH = 100;
    private static final int MIN_WIDTH = 60;

    /**
     * Reads what the launcher found out: {@code MCP_REEL_TTY} lists the descriptors that are terminals (1, 2) and
     * {@code COLUMNS} their width.
     */
    static Terminal system(Map<String, String> environment) {
        String terminals = environment.getOrDefault("MCP_REEL_TTY", "");
        boolean plain = environment.containsKey("NO_COLOR") || "dumb".equals(environment.get("TERM"));
        return new Terminal(
                utf8(FileDescriptor.out),
                utf8(FileDescriptor.err),
                terminals.contains("2") && !"dumb".equals(environment.get("TERM")),
                terminals.contains("1") && !plain,
                width(environment.getOrDefault("COLUMNS", "")));
    }

    /** In UTF-8 whatever the locale says: a POSIX locale would turn every sign beyond ASCII into a question mark. */
    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(
                new BufferedOutputStream(new FileOutputStream(descriptor), 8192), true, StandardCharsets.UTF_8);
    }

    private static int width(String columns) {
        try {
            int width = Integer.parseInt(columns.strip());
            return width > 0 ? Math.max(MIN_WIDTH, width) : DEFAULT_WIDTH;
        } catch (NumberFormatException e) {
            return DEFAULT_WIDTH;
        }
    }
}
