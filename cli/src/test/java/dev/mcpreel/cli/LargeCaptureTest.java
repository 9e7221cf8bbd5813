package dev.mcpreel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.store.CaptureAppender;
import dev.mcpreel.captures.store.CaptureWriter;
import dev.mcpreel.captures.store.Ending;
import dev.mcpreel.captures.store.ManifestSeed;
import dev.mcpreel.captures.store.Role;
import dev.mcpreel.captures.store.SourceCounts;
import dev.mcpreel.captures.store.WriterOptions;
import dev.mcpreel.captures.testkit.EndlessTraffic;
import dev.mcpreel.captures.wire.Json;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A capture of mixed traffic, as large as is wished: {@code -Dmcpreel.exchanges=1000000 -Dmcpreel.store=DIR} leaves one in DIR
 * for the numbers in docs/MEASURING.md.
 */
@Timeout(600)
class LargeCaptureTest {
    private static final long EXCHANGES = Long.getLong("mcpreel.exchanges", 20_000);

    @TempDir
    private Path temporary;

    @Test
    void write_manyExchanges_readsBackWhole() {
        String wished = System.getProperty("mcpreel.store");
        CaptureWriter writer = CaptureWriter.create(
                wished == null ? temporary : Path.of(wished),
                new ManifestSeed(Role.RECORDED, "", "", List.of(), List.of(), null),
                WriterOptions.defaults());
        try (CaptureAppender appender = writer.newAppender()) {
            new EndlessTraffic(EndlessTraffic.Pattern.MIXED).play(EXCHANGES, appender::append);
            appender.flush();
        }
        assertThat(writer.closeWhole(Ending.COMPLETE, SourceCounts.NONE)
                        .counts()
                        .lost())
                .isEmpty();
        String capture = writer.folder().toString();

        CommandRun stats = CommandRun.of("stats", capture, "--json");
        CommandRun sessions = CommandRun.of("sessions", capture, "--limit", "20", "--json");

        assertThat(stats.code()).isZero();
        assertThat(Json.parse(stats.out()).orElseThrow().path("exchanges").longValue())
                .isEqualTo(EXCHANGES);
        assertThat(sessions.code()).isZero();
        assertThat(Json.parse(sessions.out()).orElseThrow().size()).isEqualTo(20);
    }
}
