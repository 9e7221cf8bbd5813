package dev.mcpreel.captures.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ClaimedFileTest {
    @TempDir
    Path folder;

    @Test
    void claim_behindWhatIsThere_changesNoByteOfIt() throws IOException {
        byte[] bytes = new byte[10_001];
        new Random(1).nextBytes(bytes);
        Path path = Files.write(folder.resolve("file"), bytes);
        try (ClaimedFile file = ClaimedFile.open(path, bytes.length)) {
            file.claim(bytes.length, 1);
            file.claim(bytes.length, 300_000);
            file.writeAgain(5_000, bytes.length);
            file.force();
        }
        byte[] after = Files.readAllBytes(path);
        assertThat(after.length).isBetween(310_001, 310_001 + (140 << 10));
        assertThat(Arrays.copyOf(after, bytes.length)).isEqualTo(bytes);
        for (int at = bytes.length; at < after.length; at++) {
            assertThat(after[at]).isZero();
        }
    }

    @Test
    void claim_asOftenAsItIsAsked_writesEachPageOnce() throws IOException {
        Path path = Files.createFile(folder.resolve("file"));
        try (ClaimedFile file = ClaimedFile.open(path, 0)) {
            file.claim(0, 1_000);
            long size = Files.size(path);
            for (int end = 0; end < 100_000; end += 1_000) {
                file.claim(end, 1_000);
            }
            assertThat(Files.size(path)).isEqualTo(size);
        }
    }
}
