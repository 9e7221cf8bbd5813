package dev.mcpreel.cli.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every test of every module keeps to, read from the sources. */
@Timeout(60)
class TestHabitsTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @Test
    void everyTestClass_hasATimeout() {
        assertThat(testSources()
                        .filter(path ->
                                read(path).contains("@Test") || read(path).contains("@ParameterizedTest"))
                        .filter(path -> !read(path).contains("@Timeout("))
                        .map(ROOT::relativize))
                .isEmpty();
    }

    @Test
    void noTest_sleeps() {
        String sleep = "Thread" + ".sleep(";
        assertThat(testSources().filter(path -> read(path).contains(sleep)).map(ROOT::relativize))
                .isEmpty();
    }

    @Test
    void sources_areFound() {
        assertThat(testSources()).hasSizeGreaterThan(30);
    }

    private static Stream<Path> testSources() {
        return Stream.of("captures", "proxy", "replay", "analysis", "demo", "cli", "benchmarks")
                .map(module -> ROOT.resolve(module).resolve("src/test/java"))
                .filter(Files::isDirectory)
                .flatMap(TestHabitsTest::javaFiles);
    }

    private static Stream<Path> javaFiles(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return List.copyOf(
                    files.filter(path -> path.toString().endsWith(".java")).toList())
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
