package dev.mcpreel.captures.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Records whose checksums are right and whose content is anything: no capture may harm whoever reads it. */
@Timeout(600)
class HostileLogTest {
    private static final boolean FULL = "full".equals(System.getProperty("mcpreel.damage"));
    private static final int CASES = FULL ? 5_000 : 150;
    private static final int RECORDS = 60;

    @TempDir
    Path work;

    private final RandomEvents events = new RandomEvents(12);

    @Test
    void anyContentBehindAGoodChecksum_isReadAndSalvaged() throws IOException {
        long seed = FULL ? System.nanoTime() : 77;
        System.out.println("seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < CASES; i++) {
            String where = "seed " + seed + " case " + i;
            Path capture = capture(random);
            long before = allocated();
            assertTimeoutPreemptively(
                    Duration.ofSeconds(5),
                    () -> new SurvivedDamage(capture, 0, where).check(work.resolve("out")),
                    where);
            new LogReader(event -> {}, record -> {}).read(capture);
            assertThat(allocated() - before).as(where).isLessThan(64L << 20);
            Folders.deleteAll(capture);
            Folders.deleteAll(work.resolve("out"));
        }
    }

    /** The bytes allocated by this thread alone. */
    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    private Path capture(SplittableRandom random) throws IOException {
        Path capture = Files.createDirectory(work.resolve("capture"));
        PlainLog log = PlainLog.create(capture.resolve("log"));
        long seq = 0;
        for (int i = 0; i < RECORDS; i++) {
            byte[] record = random.nextInt(3) == 0 ? made(random) : changed(random);
            seq += random.nextInt(20) == 0 ? 1 + random.nextLong(1L << random.nextInt(55)) : 1;
            Records.seal(record, 0, seq, random.nextLong());
            log.append(record, 0, record.length);
        }
        log.close();
        return capture;
    }

    /** All of it random, with a type that there is. */
    private static byte[] made(SplittableRandom random) {
        byte[] fixed = new byte[random.nextInt(90)];
        byte[] payload = new byte[random.nextInt(4) == 0 ? 60_000 : random.nextInt(300)];
        random.nextBytes(fixed);
        random.nextBytes(payload);
        byte[] record = Frames.raw(1 + random.nextInt(18), fixed, payload);
        Le.i64(record, Format.EXCHANGE_AT, random.nextInt(5));
        return record;
    }

    /** An honest record with some of what is behind its lengths changed: counts, lengths of texts, codes, chunk numbers. */
    private byte[] changed(SplittableRandom random) {
        byte[] frame = Frames.of(events.any(1 + random.nextInt(5)));
        RecordView view = new RecordView();
        view.set(frame, 0);
        byte[] record = Arrays.copyOf(frame, view.total());
        int room = view.total() - Format.HEADER - Format.CRC;
        for (int i = random.nextInt(6); i > 0 && room > 4; i--) {
            int at = Format.HEADER + random.nextInt(Math.min(room - 4, 120));
            Le.i32(record, at, random.nextBoolean() ? -1 : random.nextInt());
        }
        return record;
    }
}
