package dev.mcpreel.analysis.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.analysis.testkit.Working;
import dev.mcpreel.analysis.waterfall.Waterfall;
import dev.mcpreel.captures.session.SessionShape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One session to the byte. To write the golden files anew after a wanted change, and then read the difference:
 * {@code mvn -pl analysis -am test -Dtest=GoldenShowTest -Dsurefire.failIfNoSpecifiedTests=false -Dgolden.write=true}.
 */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class GoldenShowTest {
    private static final Path GOLDEN = Path.of("src", "test", "resources", "golden");

    private final Waterfall waterfall = Waterfall.of(Working.session(), SessionShape.DEFAULT_BURST_NANOS);

    @ParameterizedTest
    @ValueSource(ints = {80, 100, 120})
    void text_agentAtWork_asGolden(int width) throws IOException {
        check("show-" + width + ".txt", new WaterfallText(Working.ANCHOR, width, false, false).render(waterfall));
    }

    @Test
    void fullText_agentAtWork_asGolden() throws IOException {
        check("show-full.txt", new WaterfallText(Working.ANCHOR, 100, false, true).render(waterfall));
    }

    @Test
    void json_agentAtWork_asGolden() throws IOException {
        check("show.json", WaterfallJson.render(waterfall, Working.ANCHOR));
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
