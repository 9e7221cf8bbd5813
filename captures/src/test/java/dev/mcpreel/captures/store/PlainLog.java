package dev.mcpreel.captures.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A log as the storage library writes it, less its tables: fast where a test makes hundreds. */
final class PlainLog implements LogSink {
    private final Path file;
    private final EncodeBuffer documents = new EncodeBuffer(64 << 10);

    private PlainLog(Path file) {
        this.file = file;
    }

    static PlainLog create(Path folder) throws IOException {
        return new PlainLog(Files.createDirectory(folder).resolve("20261121-10F.cq4"));
    }

    @Override
    public void claim(int bytes) {}

    @Override
    public void append(byte[] array, int offset, int length) {
        documents.i32(length).bytes(array, offset, length);
        documents.bytes(new byte[3], 0, -length & 3);
    }

    @Override
    public boolean holds(byte[] array, int offset, int length) {
        return false;
    }

    @Override
    public void sync() {}

    @Override
    public void abandon() {}

    @Override
    public void close() {
        try {
            Files.write(file, documents.copy());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
