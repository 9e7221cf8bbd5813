package dev.mcpreel.analysis.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.analysis.pattern.TrafficPattern;
import dev.mcpreel.analysis.testkit.RandomTraffic;
import dev.mcpreel.analysis.testkit.Working;
import dev.mcpreel.analysis.waterfall.Row;
import dev.mcpreel.analysis.waterfall.RowKind;
import dev.mcpreel.analysis.waterfall.Section;
import dev.mcpreel.analysis.waterfall.Waterfall;
import dev.mcpreel.captures.session.AgentSession;
import dev.mcpreel.captures.session.SessionModel;
import dev.mcpreel.captures.session.SessionOptions;
import dev.mcpreel.captures.session.SessionShape;
import dev.mcpreel.captures.testkit.CaptureScript;
import dev.mcpreel.captures.testkit.CollectedSessions;
import dev.mcpreel.captures.wire.Json;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever agents do, it is laid out within the width, in order, and without a sign that a terminal obeys. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class AnyTrafficTest {
    private static final int[] WIDTHS = {60, 61, 80, 100, 137, 200};

    static List<Long> seeds() {
        return LongStream.rangeClosed(1, 60).boxed().toList();
    }

    private static List<AgentSession> sessions(long seed) {
        return CollectedSessions.of(
                        RandomTraffic.script(seed), SessionOptions.defaults().keepingExchanges())
                .sessions();
    }

    private static Waterfall waterfall(AgentSession session) {
        return Waterfall.of(session, SessionShape.DEFAULT_BURST_NANOS);
    }

    private static void fits(String text, int width) {
        assertThat(text.lines()).allSatisfy(line -> {
            assertThat(TerminalText.cells(line)).as(line).isLessThanOrEqualTo(width);
            assertThat(line.chars().filter(sign -> sign < ' ' || sign == 0x202e))
                    .as(line)
                    .isEmpty();
        });
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void show_anySession_fitsAnyWidth(long seed) {
        for (AgentSession session : sessions(seed)) {
            for (int width : WIDTHS) {
                for (boolean full : List.of(false, true)) {
                    fits(new WaterfallText(Working.ANCHOR, width, false, full).render(waterfall(session)), width);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void show_inColour_saysTheSame(long seed) {
        for (AgentSession session : sessions(seed)) {
            String plain = new WaterfallText(Working.ANCHOR, 90, false, false).render(waterfall(session));
            String coloured = new WaterfallText(Working.ANCHOR, 90, true, false).render(waterfall(session));
            assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(plain);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void waterfall_anySession_hasEveryCallOnceAndInOrder(long seed) {
        for (AgentSession session : sessions(seed)) {
            Waterfall waterfall = waterfall(session);
            List<Row> rows = waterfall.sections().stream()
                    .flatMap(section -> section.rows().stream())
                    .toList();
            assertThat(rows).extracting(Row::startNanos).isSorted();
            List<Row> calls =
                    rows.stream().filter(row -> row.kind() == RowKind.CALL).toList();
            assertThat(calls).hasSize(session.calls().size());
            assertThat(calls).extracting(Row::number).isSorted().doesNotHaveDuplicates();
            assertThat(rows.stream()
                            .filter(row -> row.kind() == RowKind.REQUEST)
                            .count())
                    .isEqualTo(session.requests().stream()
                            .filter(request -> !request.isCall())
                            .filter(request -> !request.method().equals("initialize"))
                            .filter(request -> !request.method().equals("ping")
                                    || request.outcome().isError())
                            .count());
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void waterfall_anySession_isCutAtPausesAndBarsLieInTheirPart(long seed) {
        for (AgentSession session : sessions(seed)) {
            Waterfall waterfall = waterfall(session);
            WaterfallGrid grid = WaterfallGrid.of(waterfall, 100);
            long before = Long.MIN_VALUE;
            for (Section section : waterfall.sections()) {
                assertThat(section.startNanos()).isGreaterThanOrEqualTo(before);
                before = section.endNanos();
                WaterfallGrid own = grid.of(section);
                int last = 0;
                for (Row row : section.rows()) {
                    String bar = Bar.of(row, own, section.startNanos(), section.endNanos());
                    int begin = bar.length() - bar.stripLeading().length();
                    assertThat(bar).isNotBlank();
                    assertThat(bar.length()).isLessThanOrEqualTo(own.bar());
                    assertThat(begin).as("bars begin in order of start").isGreaterThanOrEqualTo(last);
                    last = begin;
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void json_anySession_isReadAgain(long seed) {
        for (AgentSession session : sessions(seed)) {
            assertThat(Json.parse(WaterfallJson.render(waterfall(session), Working.ANCHOR)))
                    .hasValueSatisfying(node -> assertThat(node.path("sections").size())
                            .isEqualTo(waterfall(session).sections().size()));
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void stats_anyTraffic_fitsAnyWidthAndAddsUp(long seed) {
        CaptureScript script = RandomTraffic.script(seed);
        TrafficPattern pattern = new TrafficPattern();
        SessionModel model = new SessionModel(SessionOptions.defaults(), pattern);
        script.feed(model);
        model.finish();

        for (int width : WIDTHS) {
            fits(new PatternText("capture", Working.ANCHOR, width, false, 5).render(pattern), width);
        }
        long calls = sessions(seed).stream()
                .mapToLong(session -> session.calls().size())
                .sum();
        assertThat(pattern.calls()).isEqualTo(calls);
        assertThat(pattern.timeline().in(50).counts().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(calls);
        var table = pattern.order().transitions(3);
        assertThat(table.counts().stream()
                        .flatMap(List::stream)
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(calls
                        + sessions(seed).stream()
                                .filter(session -> !session.calls().isEmpty())
                                .count());
    }
}
