package dev.mcpreel.captures.transfer;

import dev.mcpreel.captures.wire.Json;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads the JSON objects of a file of JSON Lines; empty lines are skipped. */
final class LineReader implements AutoCloseable {
    /** An export writes shorter ones. */
    private static final int MOST_BYTES = 128 << 20;

    private final Path file;
    private final InputStream in;
    private long number;
    private boolean endedByNewline;

    LineReader(Path file) throws IOException {
        this.file = file;
        this.in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    }

    /** The next object, null behind the last. */
    @Nullable
    Fields next() throws IOException {
        while (true) {
            byte[] line = line();
            if (line == null) {
                return null;
            }
            if (!isBlank(line)) {
                String where = where();
                return Fields.of(
                        where,
                        Json.parse(line).orElseThrow(() -> Fields.bad(where, "this line is no JSON" + cutOff())));
            }
        }
    }

    /** The place of the last line. */
    String where() {
        return file + ", line " + number;
    }

    private String cutOff() {
        return endedByNewline ? "; export the capture again" : ": the file was cut off; export the capture again";
    }

    private byte @Nullable [] line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(256);
        number++;
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (b == '\n') {
                endedByNewline = true;
                return line.toByteArray();
            }
            if (line.size() == MOST_BYTES) {
                throw Fields.bad(where(), "this line is longer than 128 MiB: it is none of an export");
            }
            line.write(b);
        }
        endedByNewline = false;
        return line.size() == 0 ? null : line.toByteArray();
    }

    private static boolean isBlank(byte[] line) {
        for (byte b : line) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
