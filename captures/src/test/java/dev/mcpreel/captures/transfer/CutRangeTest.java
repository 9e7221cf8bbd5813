package dev.mcpreel.captures.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.session.Call;
import dev.mcpreel.captures.session.RequestTrace;
import dev.mcpreel.captures.session.ServerRequest;
import dev.mcpreel.captures.store.CaptureReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A range keeps whole what was under way in it, however many exchanges that took. */
@Timeout(120)
class CutRangeTest {
    @TempDir
    private Path work;

    @ParameterizedTest
    @ValueSource(strings = {"ts1-tasks", "ts1-sse", "ts1-resume", "ts2-input-required", "python-legacy"})
    void range_thatBeginsOrEndsInACall_keepsItAsItWas(String row) {
        Path source = GoldenCapture.unpacked(row, work);
        List<Call> calls = GoldenCapture.calls(source);
        assertThat(calls).isNotEmpty();
        for (int i = 0; i < calls.size(); i++) {
            Call call = calls.get(i);
            long middle = call.startNanos() + call.durationNanos() / 2;
            List<String> all = told(calls, middle, Long.MAX_VALUE);
            Path from = cut(source, middle, null, row + i + "from");
            assertThat(told(GoldenCapture.calls(from), middle, Long.MAX_VALUE))
                    .as("from within call %s", i)
                    .containsExactlyElementsOf(all);
            Path to = cut(source, null, middle, row + i + "to");
            assertThat(told(GoldenCapture.calls(to), Long.MIN_VALUE, middle))
                    .as("to within call %s", i)
                    .containsExactlyElementsOf(told(calls, Long.MIN_VALUE, middle));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ts1-sse", "ts2-input-required"})
    void range_keepsTheAnswersToWhatTheServerAsked(String row) {
        Path source = GoldenCapture.unpacked(row, work);
        List<Call> calls = GoldenCapture.calls(source);
        long late = calls.get(calls.size() - 2).startNanos();
        assertThat(asked(cut(source, late, null, "late"))).isEqualTo(asked(source));
    }

    private static List<String> asked(Path capture) {
        return GoldenCapture.sessions(capture).stream()
                .flatMap(session -> session.serverRequests().stream())
                .map(CutRangeTest::told)
                .toList();
    }

    private static String told(ServerRequest asked) {
        return asked.request().method() + " " + (asked.answeredNanos() - asked.askedNanos());
    }

    private static List<String> told(List<Call> calls, long from, long to) {
        return calls.stream()
                .filter(call -> call.startNanos() <= to && call.doneNanos() >= from)
                .map(CutRangeTest::told)
                .toList();
    }

    private static String told(Call call) {
        List<Integer> progress =
                call.legs().stream().map(leg -> leg.progressNanos().size()).toList();
        return call.tool() + " "
                + call.legs().stream().map(RequestTrace::method).toList() + call.outcome() + progress + " "
                + call.durationNanos() + " less " + call.answeringNanos();
    }

    private Path cut(Path source, @Nullable Long from, @Nullable Long to, String name) {
        long begun = CaptureReader.open(source).manifest().anchor().atNanos();
        CutOptions options = new CutOptions(
                Set.of(),
                Set.of(),
                List.of(),
                List.of(),
                List.of(),
                Set.of(),
                from == null ? null : new CutTime("", true, from - begun),
                to == null ? null : new CutTime("", true, to - begun),
                0,
                false);
        return GoldenCapture.cut(source, options, work.resolve(name));
    }
}
