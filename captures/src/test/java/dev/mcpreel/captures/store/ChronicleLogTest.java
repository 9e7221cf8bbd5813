package dev.mcpreel.captures.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ChronicleLogTest {
    @TempDir
    Path store;

    /** What a sync wrote to mapped memory would wait for a silent disk where no safepoint is reached. */
    @Test
    void sync_changesNoByteOfAnyFile() throws IOException {
        Path folder = store.resolve("log");
        ChronicleLog log = ChronicleLog.create(folder, () -> 0);
        try {
            for (byte number = 0; number < 3; number++) {
                byte[] record = {1, 2, 3, number};
                log.claim(record.length);
                Map<Path, ByteBuffer> before = contents(folder);
                log.append(record, 0, record.length);
                Map<Path, ByteBuffer> appended = contents(folder);
                assertThat(appended).isNotEqualTo(before);
                log.sync();
                assertThat(contents(folder)).isEqualTo(appended);
            }
        } finally {
            log.close();
        }
    }

    private static Map<Path, ByteBuffer> contents(Path folder) throws IOException {
        Map<Path, ByteBuffer> contents = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> all = files.toList();
            for (Path file : all) {
                contents.put(file, ByteBuffer.wrap(Files.readAllBytes(file)));
            }
        }
        return contents;
    }
}
