package dev.mcpreel.analysis.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.analysis.summary.Summary;
import dev.mcpreel.analysis.testkit.Samples;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Reports to the byte. To write the golden files anew after a wanted change, and then read the difference:
 * {@code mvn -pl analysis -am test -Dtest=GoldenReportTest -Dsurefire.failIfNoSpecifiedTests=false -Dgolden.write=true}.
 */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class GoldenReportTest {
    private static final Path GOLDEN = Path.of("src", "test", "resources", "golden");

    @ParameterizedTest
    @CsvSource({"recorded,80", "recorded,120", "replayed,80", "replayed,120"})
    void textReport_sample_asGolden(String sample, int width) throws IOException {
        check(sample + "-" + width + ".txt", new TextReport(width, false).render(summary(sample)));
    }

    @ParameterizedTest
    @CsvSource({"recorded", "replayed"})
    void jsonReport_sample_asGolden(String sample) throws IOException {
        check(sample + ".json", JsonReport.render(summary(sample)));
    }

    private static Summary summary(String sample) {
        return sample.equals("recorded") ? Samples.recorded() : Samples.replayed();
    }

    private static void check(String name, String actual) throws IOException {
        Path file = GOLDEN.resolve(name);
        if (Boolean.getBoolean("golden.write")) {
            Files.createDirectories(GOLDEN);
            Files.writeString(file, actual, StandardCharsets.UTF_8);
        }
        assertThat(actual).isEqualTo(Files.readString(file, StandardCharsets.UTF_8));
    }
}
