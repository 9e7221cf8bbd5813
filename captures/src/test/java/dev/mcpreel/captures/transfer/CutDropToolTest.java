package dev.mcpreel.captures.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.exchange.BodyPart;
import dev.mcpreel.captures.session.Call;
import dev.mcpreel.captures.store.CaptureVerifier;
import dev.mcpreel.captures.tap.Glob;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nothing of a tool whose calls are dropped is left, wherever its output came. */
@Timeout(60)
class CutDropToolTest {
    @TempDir
    private Path work;

    @ParameterizedTest
    @CsvSource({
        "ts1-tasks, simulate*, Research Report",
        "ts1-tasks, simulate*, tasks/get",
        "ts1-sse, trigger-long*, Long running operation completed",
        "ts1-sse, trigger-long*, \"progressToken\"",
        "ts1-sse, echo, Echo: ",
        "ts1-resume, poll, polled",
        "ts1-resume, poll, \"progressToken\":1",
        "ts2-input-required, confirm, inputResponses",
    })
    void dropTool_leavesNothingOfItsOutput(String row, String tool, String words) {
        Path source = GoldenCapture.unpacked(row, work);
        assertThat(text(source)).contains(words);
        Path cut = cut(source, tool);
        assertThat(text(cut)).doesNotContain(words);
        Glob glob = new Glob(tool);
        assertThat(told(cut))
                .isEqualTo(GoldenCapture.calls(source).stream()
                        .filter(call -> !glob.matches(call.tool()))
                        .map(CutDropToolTest::told)
                        .toList());
        assertThat(CaptureVerifier.verify(cut).ok()).isTrue();
    }

    @Test
    void dropTool_leavesTheIdsOfEmptiedEvents_toResumeFrom() {
        Path source = GoldenCapture.unpacked("ts1-resume", work);
        long ids = text(source).lines().filter(line -> line.startsWith("id: ")).count();
        assertThat(ids).isPositive();
        Path cut = cut(source, "poll");
        long gone = text(source).lines().filter(line -> line.startsWith("id: ")).count()
                - text(cut).lines().filter(line -> line.startsWith("id: ")).count();
        assertThat(text(cut)).contains(": cut\n");
        assertThat(gone).as("only those on the POST that is gone").isLessThan(ids / 2);
    }

    private Path cut(Path source, String tool) {
        CutOptions options = new CutOptions(
                Set.of(), Set.of(), List.of(), List.of(new Glob(tool)), List.of(), Set.of(), null, null, 0, false);
        return GoldenCapture.cut(source, options, work.resolve("out"));
    }

    private static List<String> told(Path capture) {
        return GoldenCapture.calls(capture).stream().map(CutDropToolTest::told).toList();
    }

    private static String told(Call call) {
        return call.tool() + " " + call.outcome() + " " + call.durationNanos() + " "
                + call.legs().size() + " " + call.last().progressNanos();
    }

    private static String text(Path capture) {
        StringBuilder text = new StringBuilder();
        TestCaptures.events(capture).forEach(event -> {
            if (event instanceof BodyPart part && part.isWhole()) {
                text.append(part.content().utf8()).append('\n');
            }
        });
        return text.toString();
    }
}
