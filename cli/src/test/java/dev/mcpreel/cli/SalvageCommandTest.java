package dev.mcpreel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.exchange.Gap;
import dev.mcpreel.captures.exchange.LossReason;
import dev.mcpreel.captures.exchange.RunSample;
import dev.mcpreel.captures.store.CaptureAppender;
import dev.mcpreel.captures.store.CaptureStore;
import dev.mcpreel.captures.store.CaptureWriter;
import dev.mcpreel.captures.store.Ending;
import dev.mcpreel.captures.store.ManifestSeed;
import dev.mcpreel.captures.store.Role;
import dev.mcpreel.captures.store.SourceCounts;
import dev.mcpreel.captures.store.WriterOptions;
import dev.mcpreel.captures.wire.Json;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What {@code verify} says of damage, and what {@code salvage} makes of it, from the outside. */
@Timeout(120)
class SalvageCommandTest {
    private static final int SAMPLES = 200;

    @TempDir
    private Path folder;

    private Path capture;

    @BeforeEach
    void write() {
        capture = write(Ending.COMPLETE);
    }

    private Path write(Ending how) {
        CaptureWriter writer = CaptureWriter.create(
                folder.resolve("store"),
                new ManifestSeed(Role.RECORDED, "test", "", List.of("http://127.0.0.1:1"), List.of("all"), null),
                WriterOptions.defaults());
        CaptureAppender appender = writer.newAppender();
        for (int i = 1; i <= SAMPLES; i++) {
            appender.append(new RunSample(i, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10));
        }
        appender.append(new Gap(1, LossReason.LANE_FULL, 0, 0, 0, 0));
        if (how == Ending.OPEN) {
            writer.close();
        } else {
            writer.close(how, SourceCounts.NONE);
        }
        return writer.folder();
    }

    @Test
    void verify_hole_saysWhereHowMuchAndWhatToDo() throws IOException {
        long[] zeroed = zero(50, 59);
        CommandRun verify = CommandRun.of("verify", capture.toString());
        assertThat(verify.code()).isEqualTo(1);
        assertThat(verify.out().lines())
                .contains("verdict     damaged")
                .anyMatch(line ->
                        line.matches("readable    192 of 202 records \\(95\\.0%\\), .* of .*; of 0 exchanges 0 whole,"
                                + " 0 in part, 0 without an end"))
                .anyMatch(line -> line.matches("DAMAGED     log/\\d+-\\d+F\\.cq4 bytes " + zeroed[0] + " to "
                        + (zeroed[1] - 1) + " \\(.*\\) unreadable, with 10 records"))
                .contains("HOLE        records 50 to 59 are missing (10)")
                .contains("cure        copy what can be read to a new capture: mcp-reel salvage " + capture
                        + " --out DIR");
        JsonNode json = Json.parse(
                        CommandRun.of("verify", capture.toString(), "--json").out())
                .orElseThrow();
        assertThat(json.path("ok").booleanValue()).isFalse();
        assertThat(json.path("records_written").longValue()).isEqualTo(202);
        assertThat(json.path("records_missing").longValue()).isEqualTo(10);
        assertThat(json.path("damaged_bytes").longValue()).isEqualTo(zeroed[1] - zeroed[0]);
        assertThat(json.path("damage").get(0).path("records").longValue()).isEqualTo(10);
        assertThat(json.path("sequence_holes").get(0).path("first").longValue()).isEqualTo(50);
    }

    @Test
    void salvage_hole_givesBackTheRest() throws IOException {
        zero(50, 59);
        List<String> before = contents();
        CommandRun salvage = CommandRun.of("salvage", capture.toString(), "--out", out());
        assertThat(salvage.code()).as(salvage.err()).isZero();
        assertThat(salvage.err()).isEmpty();
        Path made = CaptureStore.runs(folder.resolve("out")).get(0);
        assertThat(salvage.out().lines())
                .anyMatch(line -> line.startsWith("saved       192 of 202 records (95.0%)"))
                .contains("HOLE        records 50 to 59 are missing (10)")
                .contains("capture     " + made);
        assertThat(contents()).isEqualTo(before);
        CommandRun verify = CommandRun.of("verify", made.toString(), "--json");
        assertThat(verify.code()).as(verify.out()).isZero();
        JsonNode json = Json.parse(verify.out()).orElseThrow();
        assertThat(json.path("run_samples").longValue()).isEqualTo(SAMPLES - 10);
        assertThat(json.path("lost").toString()).contains("\"damaged\"");
        CommandRun report = CommandRun.of("report", made.toString());
        assertThat(report.code()).isZero();
        assertThat(report.err())
                .contains("salvaged from " + capture.getFileName() + ": 10 records of it are known to be missing");
    }

    @Test
    void endGone_everyReader_saysHowMuchAndTheCure() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(logs().get(0).toFile(), "rw")) {
            // The whole end between two records: what is left reads without a fault.
            file.setLength(offset(150));
        }
        String expected =
                "warning: 52 records of this capture are missing; copy what can be read to a new capture: mcp-reel"
                        + " salvage " + capture + " --out DIR";
        assertThat(CommandRun.of("report", capture.toString()).err().lines()).containsExactly(expected);
        assertThat(CommandRun.of("sessions", capture.toString()).err().lines()).containsExactly(expected);
    }

    @Test
    void salvage_nothingDamaged_saysThatItIsAPlainCopy() {
        CommandRun salvage = CommandRun.of("salvage", capture.toString(), "--out", out());
        assertThat(salvage.code()).isZero();
        assertThat(salvage.err()).contains("nothing is damaged in " + capture);
        assertThat(salvage.out()).contains("saved       202 of 202 records (100.0%)");
    }

    @Test
    void salvage_interrupted_isStopped() {
        Path interrupted = write(Ending.OPEN);
        CommandRun salvage = CommandRun.of("salvage", interrupted.toString(), "--out", out());
        assertThat(salvage.code()).isZero();
        assertThat(salvage.out())
                .contains("saved       202 of at least 202 records")
                .contains(" (stopped)");
        assertThat(CommandRun.of("report", out()).out())
                .contains("! Salvaged: made of " + interrupted.getFileName())
                .doesNotContain("Stopped");
    }

    @Test
    void salvage_manifestGone_isMadeAnew() throws IOException {
        Files.delete(capture.resolve("manifest.json"));
        CommandRun salvage = CommandRun.of("salvage", capture.toString(), "--out", out());
        assertThat(salvage.code()).isZero();
        assertThat(salvage.out())
                .contains(
                        "MANIFEST    manifest.json cannot be read: it is missing; a new one was made from the records");
        assertThat(CommandRun.of("report", out()).code()).isZero();
    }

    @Test
    void salvage_whatCannotBe_saysWhy() throws IOException {
        refused(2, "--out", "salvage", capture.toString());
        refused(2, "lies in the capture", "salvage", capture.toString(), "--out", capture + "/new");
        refused(2, "name the one to salvage", "salvage", folder.resolve("store").toString(), "--out", out());
        refused(2, "missing", "salvage", folder.resolve("missing").toString(), "--out", out());
        for (Path log : logs()) {
            Files.write(log, new byte[100]);
        }
        refused(1, "nothing to salvage", "salvage", capture.toString(), "--out", out());
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void manifestAndFileNames_withEscapes_areShownHarmless() throws IOException {
        zero(50, 59);
        Path log = logs().get(0);
        Files.move(log, log.resolveSibling("a\u001b[2J.cq4"));
        Path manifest = capture.resolve("manifest.json");
        String said = Files.readString(manifest);
        String hostile = said.substring(0, said.lastIndexOf('}'))
                + ", \"removed\": {\"files\":1,\"records\":0,\"bytes\":0,\"exchanges\":0,\"whole\":0,\"beforeSeq\":0,"
                + "\"until\":\"\\u001b[31mX\"}, \"salvaged\": {\"from\":\"\\u001b[5mX\",\"records\":1,\"missingRecords\":0,"
                + "\"damagedBytes\":0,\"files\":[]}}";
        Files.writeString(
                manifest, hostile.replaceFirst("\"removed\" *: *null,", "").replaceFirst("\"salvaged\" *: *null,", ""));
        CommandRun verify = CommandRun.of("verify", capture.toString());
        assertThat(verify.out()).contains("\\x1b[31mX", "\\x1b[2J.cq4 bytes").doesNotContain("\u001b");
        CommandRun report = CommandRun.of("report", capture.toString());
        assertThat(report.err()).contains("\\x1b[31mX", "\\x1b[5mX").doesNotContain("\u001b");
        CommandRun salvage = CommandRun.of("salvage", capture.toString(), "--out", out());
        assertThat(salvage.out()).contains("\\x1b[2J.cq4 bytes").doesNotContain("\u001b");
    }

    private static void refused(int code, String part, String... arguments) {
        CommandRun run = CommandRun.of(arguments);
        assertThat(run.code()).as(run.err()).isEqualTo(code);
        assertThat(run.err().lines()).hasSize(1);
        assertThat(run.complaint()).startsWith("mcp-reel: ").contains(part);
    }

    private String out() {
        return folder.resolve("out").toString();
    }

    private List<Path> logs() throws IOException {
        try (Stream<Path> files = Files.list(capture.resolve("log"))) {
            return files.filter(file -> file.toString().endsWith(".cq4")).toList();
        }
    }

    private List<String> contents() throws IOException {
        try (Stream<Path> files = Files.walk(capture)) {
            List<String> contents = new ArrayList<>();
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                contents.add(file + " " + Files.getLastModifiedTime(file) + " "
                        + new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).hashCode());
            }
            return contents;
        }
    }

    private long offset(int record) throws IOException {
        String bytes = Files.readString(logs().get(0), StandardCharsets.ISO_8859_1);
        int at = -1;
        for (int i = 0; i <= record; i++) {
            at = bytes.indexOf("MREL", at + 1);
        }
        return at - 4L;
    }

    /** Takes away records, by their places in the log; returns where the zeros begin and end. */
    private long[] zero(int first, int last) throws IOException {
        Path log = logs().get(0);
        String bytes = Files.readString(log, StandardCharsets.ISO_8859_1);
        int from = -1;
        int at = -1;
        for (int record = 0; record <= last + 1; record++) {
            at = bytes.indexOf("MREL", at + 1);
            from = record == first ? at - 4 : from;
        }
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
            file.seek(from);
            file.write(new byte[at - 4 - from]);
        }
        return new long[] {from, at - 4};
    }
}
