package dev.mcpreel.captures.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mcpreel.captures.exchange.Gap;
import dev.mcpreel.captures.exchange.LossReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** What must hold of a damaged capture, whatever the damage is. */
final class SurvivedDamage {
    private final Path capture;
    private final int recordsWritten;
    private final String damage;

    /**
     * @param recordsWritten 0 for a log nobody wrote: gap records in it may be made up too, and ends have no room for a mark
     * @param damage in words, for whoever sees it fail
     */
    SurvivedDamage(Path capture, int recordsWritten, String damage) {
        this.capture = capture;
        this.recordsWritten = recordsWritten;
        this.damage = damage;
    }

    void check(Path salvaged) throws IOException {
        List<byte[]> before = contents();
        List<RawSearch.Key> walked = new ArrayList<>();
        List<Integer> contents = new ArrayList<>();
        new LogReader(event -> {}, record -> {
                    int at = record.fixedAt - Format.HEADER;
                    walked.add(RawSearch.key(record.array, at));
                    contents.add(RawSearch.content(record.array, at));
                })
                .read(capture);
        assertThat(walked).as(damage).doesNotHaveDuplicates();
        assertThat(missed(walked)).as(damage).isEmpty();

        VerifyReport report = CaptureVerifier.verify(capture);
        assertThat(report.log().records()).as(damage).isEqualTo(walked.size());
        if (walked.size() < recordsWritten) {
            assertThat(report.ok()).as(damage).isFalse();
        }
        if (walked.isEmpty()) {
            assertThatThrownBy(() -> salvage(salvaged))
                    .isInstanceOf(CaptureException.class)
                    .hasMessageContaining("nothing to salvage");
            assertThat(salvaged).doesNotExist();
        } else {
            holdsWhatWasFound(salvage(salvaged), contents);
        }
        List<byte[]> after = contents();
        for (int i = 0; i < before.size(); i++) {
            assertThat(Arrays.equals(after.get(i), before.get(i)))
                    .as("the source is unchanged")
                    .isTrue();
        }
    }

    /**
     * What a search of the raw bytes finds and the walker does not. It is right not to take the last record of the log when
     * its document never got its header: that is what a writer leaves that dies within an append, and such a record was
     * never acknowledged.
     */
    private Set<RawSearch.Key> missed(List<RawSearch.Key> walked) throws IOException {
        Set<RawSearch.Key> missed = RawSearch.keys(capture);
        missed.removeAll(new HashSet<>(walked));
        if (missed.size() == 1) {
            missed.removeIf(key -> key.seq() == recordsWritten - 1 && isUnfinished(key));
        }
        return missed;
    }

    private boolean isUnfinished(RawSearch.Key key) {
        try {
            byte[] bytes = Files.readAllBytes(Captures.logFile(capture));
            List<Integer> found = RawSearch.offsets(bytes);
            int last = found.get(found.size() - 1);
            int header = Le.i32(bytes, last - 4);
            return RawSearch.key(bytes, last).equals(key) && (header == 0 || header < 0);
        } catch (IOException e) {
            return false;
        }
    }

    private SalvageReport salvage(Path to) {
        WriterOptions options = Captures.options(new FakeClock(0)).withRandom(new Random(5));
        return CaptureSalvager.salvage(capture, to, "test", options, PlainLog::create);
    }

    /** The same records in the same order, and between them only what says what is missing. */
    private void holdsWhatWasFound(SalvageReport salvaged, List<Integer> contents) {
        VerifyReport report = CaptureVerifier.verify(salvaged.folder());
        assertThat(report.disagreements()).as(damage).isEmpty();
        assertThat(report.ok()).as("%s: %s", damage, report).isTrue();
        assertThat(report.interrupted()).as(damage).isFalse();
        List<Integer> there = new ArrayList<>();
        new LogReader(event -> {}, record -> there.add(RawSearch.content(record.array, record.fixedAt - Format.HEADER)))
                .read(salvaged.folder());
        assertThat(there).as(damage).containsSubsequence(contents);
        long[] told = new long[2];
        CaptureReader.open(salvaged.folder()).read(event -> {
            if (event instanceof Gap gap && gap.reason() == LossReason.DAMAGED) {
                told[0]++;
                told[1] += gap.events();
            }
        });
        if (recordsWritten > 0) {
            boolean hasAnchorOfItsOwn = there.size() > contents.size() + told[0];
            assertThat(there.size()).as(damage).isEqualTo(contents.size() + told[0] + (hasAnchorOfItsOwn ? 1 : 0));
            assertThat(told[1]).as(damage).isEqualTo(salvaged.source().recordsMissing());
        }
        Counts counts = salvaged.manifest().counts();
        assertThat(counts.seen()).as(damage).isEqualTo(counts.recorded() + counts.lostExchanges());
        if (recordsWritten > 0) {
            assertThat(counts.recorded()).as(damage).isEqualTo(salvaged.source().exchangesWhole());
        }
    }

    private List<byte[]> contents() throws IOException {
        List<byte[]> contents = new ArrayList<>();
        for (Path path : Captures.allFiles(capture)) {
            contents.add(Files.readAllBytes(path));
        }
        return contents;
    }
}
