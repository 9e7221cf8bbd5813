package dev.mcpreel.analysis.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.analysis.pattern.TrafficPattern;
import dev.mcpreel.analysis.testkit.RandomTraffic;
import dev.mcpreel.analysis.testkit.Working;
import dev.mcpreel.captures.session.SessionModel;
import dev.mcpreel.captures.session.SessionOptions;
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
 * A traffic pattern to the byte. To write the golden files anew after a wanted change, and then read the difference:
 * {@code mvn -pl analysis -am test -Dtest=GoldenStatsTest -Dsurefire.failIfNoSpecifiedTests=false -Dgolden.write=true}.
 */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class GoldenStatsTest {
    private static final Path GOLDEN = Path.of("src", "test", "resources", "golden");
    private static final long SEED = 7;

    private final TrafficPattern pattern = new TrafficPattern();

    GoldenStatsTest() {
        SessionModel model = new SessionModel(SessionOptions.defaults(), pattern);
        RandomTraffic.script(SEED).feed(model);
        model.finish();
    }

    @ParameterizedTest
    @ValueSource(ints = {80, 100, 120})
    void text_randomTraffic_asGolden(int width) throws IOException {
        check("stats-" + width + ".txt", new PatternText("sample", Working.ANCHOR, width, false, 5).render(pattern));
    }

    @Test
    void json_randomTraffic_asGolden() throws IOException {
        check("stats.json", PatternJson.render(pattern, Working.ANCHOR));
    }

    @Test
    void text_nothing_saysSo() {
        assertThat(new PatternText("sample", Working.ANCHOR, 80, false, 5).render(new TrafficPattern()))
                .isEqualTo("no agent sessions: nothing in this capture speaks MCP\n");
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
