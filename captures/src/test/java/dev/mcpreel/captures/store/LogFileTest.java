package dev.mcpreel.captures.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.EventKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A disk with pages it cannot read. */
@Timeout(30)
class LogFileTest {
    private static final int PAGE = 4096;

    @TempDir
    Path store;

    @Test
    void badPages_loseTheRecordsOnThemAlone() throws IOException {
        byte[] bytes = log();
        List<Integer> offsets = RawSearch.offsets(bytes);
        long bad = offsets.get(100) / PAGE;
        Walk walk = walk(bytes, List.of(bad, bad + 1));
        long first = bad * PAGE;
        long last = first + 2L * PAGE;
        long expected = offsets.stream()
                .filter(at -> at + RawSearch.length(bytes, at) <= first || at >= last)
                .count();
        assertThat(walk.records).isEqualTo(expected);
        assertThat(walk.damaged).hasSize(1);
        assertThat(walk.damaged.get(0).why()).isEqualTo("Input/output error");
        assertThat(walk.damaged.get(0).records()).isEqualTo(offsets.size() - expected);
    }

    /** Zeros there are the end of a log, so that without a word of the disk it would look whole. */
    @Test
    void badPagesAtTheEnd_areTold() throws IOException {
        byte[] bytes = log();
        List<Integer> offsets = RawSearch.offsets(bytes);
        int end = offsets.get(120);
        byte[] cut = Arrays.copyOf(Arrays.copyOf(bytes, end - 4), (end / PAGE + 3) * PAGE);
        long behind = end / PAGE + 1L;
        Walk walk = walk(cut, List.of(behind, behind + 1));
        assertThat(walk.records).isEqualTo(120);
        assertThat(walk.damaged)
                .containsExactly(new DamagedRegion(
                        "log/x.cq4", behind * PAGE, 2L * PAGE, DamagedRegion.UNKNOWN, "Input/output error"));
    }

    private byte[] log() throws IOException {
        RandomEvents random = new RandomEvents(4);
        List<CaptureEvent> events = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            events.add(random.of(EventKind.RUN_SAMPLE, 0));
        }
        return Files.readAllBytes(Captures.logFile(Captures.write(store, events)));
    }

    private static Walk walk(byte[] bytes, List<Long> badPages) throws IOException {
        LogFile.Source disk = new LogFile.Source() {
            @Override
            public int read(ByteBuffer to, long position) throws IOException {
                if (position >= bytes.length) {
                    return -1;
                }
                int length = (int) Math.min(to.remaining(), bytes.length - position);
                for (long page = position / PAGE; page <= (position + length - 1) / PAGE; page++) {
                    if (badPages.contains(page)) {
                        if (page * PAGE <= position) {
                            throw new IOException("Input/output error");
                        }
                        length = (int) (page * PAGE - position);
                    }
                }
                to.put(bytes, (int) position, length);
                return length;
            }

            @Override
            public long size() {
                return bytes.length;
            }

            @Override
            public void close() {}
        };
        LogReader reader = new LogReader(event -> {}, record -> {});
        int[] records = new int[1];
        LogWalker walker = new LogWalker(new LogWalker.Visitor() {
            @Override
            public long record(byte[] array, int at) {
                records[0]++;
                return reader.record(array, at);
            }

            @Override
            public boolean isNew(long seq) {
                return reader.isNew(seq);
            }
        });
        walker.walk(new LogFile("log/x.cq4", disk, new byte[LogFile.WINDOW]));
        return new Walk(records[0], walker.damaged());
    }

    private record Walk(int records, List<DamagedRegion> damaged) {}
}
