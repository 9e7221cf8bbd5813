package dev.mcpreel.analysis.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.analysis.calls.CaptureAnalysis;
import dev.mcpreel.analysis.pattern.TrafficPattern;
import dev.mcpreel.analysis.selection.SessionSelection.Listing;
import dev.mcpreel.analysis.summary.Summary;
import dev.mcpreel.analysis.testkit.Manifests;
import dev.mcpreel.analysis.waterfall.Waterfall;
import dev.mcpreel.captures.exchange.ClockAnchor;
import dev.mcpreel.captures.session.AgentSession;
import dev.mcpreel.captures.session.SessionModel;
import dev.mcpreel.captures.session.SessionOptions;
import dev.mcpreel.captures.session.SessionShape;
import dev.mcpreel.captures.store.Counts;
import dev.mcpreel.captures.store.Ending;
import dev.mcpreel.captures.store.Manifest;
import dev.mcpreel.captures.store.Role;
import dev.mcpreel.captures.testkit.CaptureScript;
import dev.mcpreel.captures.testkit.CollectedSessions;
import dev.mcpreel.captures.testkit.HostileStrings;
import dev.mcpreel.captures.wire.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A capture full of hostile texts, in every output of this module. */
@Timeout(60)
class HostileOutputTest {
    private static final ClockAnchor ANCHOR = new ClockAnchor(CaptureScript.at(0), 1_800_000_000_000_000_000L);
    /** Longer names of tools are cut where they are counted. */
    private static final int NAME_CHARS = 512;

    private static final CaptureScript CAPTURE = HostileStrings.capture();

    @ParameterizedTest
    @ValueSource(ints = {60, 80, 100, 200})
    void sessionsText_hostileCapture_isSafeAndKeepsToTheWidth(int width) {
        String text = new SessionsText(ANCHOR, width, false).render(Listing.all(sessions()));

        HostileStrings.assertTerminalSafe(text);
        assertThat(text.lines()).allMatch(line -> TerminalText.cells(line) <= width);
        assertThat(text).contains("<script>alert(1)</script>", "\\x1b]8;;", "\\u202e", "\\x9b31m", "nul\\x00nul");
    }

    @Test
    void sessionsJson_hostileCapture_isSafeAndSaysTheTextsThemselves() {
        String text = SessionsJson.render(sessions(), ANCHOR);

        HostileStrings.assertTerminalSafe(text);
        JsonNode array = Json.parse(text).orElseThrow();
        List<String> tools = array.valueStream()
                .flatMap(session -> session.path("tools").valueStream())
                .map(tool -> tool.path("name").stringValue())
                .toList();
        // Of names that nobody keeps whole the beginning stays.
        List<String> texts = HostileStrings.all().stream()
                .map(whole -> whole.substring(0, Math.min(1_024, whole.length())))
                .toList();
        assertThat(tools).containsExactlyInAnyOrderElementsOf(texts);
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 80, 100, 200})
    void waterfall_hostileSessions_isSafeAndKeepsToTheWidth(int width) {
        for (AgentSession session : kept()) {
            Waterfall waterfall = Waterfall.of(session, SessionShape.DEFAULT_BURST_NANOS);
            for (boolean full : new boolean[] {false, true}) {
                String text = new WaterfallText(ANCHOR, width, false, full).render(waterfall);

                HostileStrings.assertTerminalSafe(text);
                assertThat(text.lines()).allMatch(line -> TerminalText.cells(line) <= width);
            }
        }
    }

    @Test
    void waterfallJson_hostileSessions_isSafeAndSaysTheTextsThemselves() {
        List<String> tools = kept().stream()
                .map(session -> WaterfallJson.render(Waterfall.of(session, SessionShape.DEFAULT_BURST_NANOS), ANCHOR))
                .peek(HostileStrings::assertTerminalSafe)
                .flatMap(text -> Json.parse(text).orElseThrow().path("sections").valueStream())
                .flatMap(section -> section.path("rows").valueStream())
                .filter(row -> row.path("kind").stringValue().equals("call"))
                .map(row -> row.path("label").stringValue())
                .distinct()
                .toList();
        assertThat(tools).containsExactlyInAnyOrderElementsOf(HostileStrings.all());
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 80, 100, 200})
    void stats_hostileCapture_isSafeAndKeepsToTheWidth(int width) {
        TrafficPattern pattern = pattern();
        for (String title : HostileStrings.all()) {
            String text = new PatternText(title, ANCHOR, width, false, 10).render(pattern);

            HostileStrings.assertTerminalSafe(text);
            assertThat(text.lines()).allMatch(line -> TerminalText.cells(line) <= width);
        }
    }

    @Test
    void statsJson_hostileCapture_isSafeAndReadable() {
        String text = PatternJson.render(pattern(), ANCHOR);

        HostileStrings.assertTerminalSafe(text);
        assertThat(Json.parse(text)).isPresent();
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void textReport_hostileCapture_isSafeAndKeepsToTheWidth(Role role) {
        for (int width : new int[] {60, 80, 100, 200}) {
            String text = new TextReport(width, false).render(summary(role));

            HostileStrings.assertTerminalSafe(text);
            assertThat(text.lines()).allMatch(line -> TerminalText.cells(line) <= width);
        }
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void jsonReport_hostileCapture_isSafeAndSaysTheTextsThemselves(Role role) {
        String text = JsonReport.render(summary(role));

        HostileStrings.assertTerminalSafe(text);
        List<String> tools = Json.parse(text)
                .orElseThrow()
                .path("tools")
                .valueStream()
                .map(tool -> tool.path("tool").stringValue())
                .toList();
        assertThat(tools)
                .containsExactlyInAnyOrderElementsOf(HostileStrings.all().stream()
                        .map(name -> name.substring(0, Math.min(NAME_CHARS, name.length())))
                        .toList());
    }

    @Test
    void manifest_hostileTexts_areSafeInTheReport() {
        for (String text : HostileStrings.all()) {
            Manifest hostile = hostile(Manifests.recorded(Ending.COMPLETE, Counts.NONE), text);
            Summary summary = Summary.of(hostile, new CaptureAnalysis(Role.RECORDED));
            HostileStrings.assertTerminalSafe(new TextReport(80, false).render(summary));
            HostileStrings.assertTerminalSafe(JsonReport.render(summary));
        }
    }

    private static Manifest hostile(Manifest base, String text) {
        return new Manifest(
                base.format(),
                text,
                base.role(),
                text,
                text,
                text,
                base.ending(),
                base.anchor(),
                text,
                List.of(text, text),
                List.of(text),
                base.counts(),
                null,
                null,
                List.of(text),
                null,
                null);
    }

    private static List<AgentSession> kept() {
        return CollectedSessions.of(CAPTURE, SessionOptions.defaults().keepingExchanges())
                .sessions();
    }

    private static TrafficPattern pattern() {
        TrafficPattern pattern = new TrafficPattern();
        SessionModel model = new SessionModel(SessionOptions.defaults(), pattern);
        CAPTURE.feed(model);
        model.finish();
        return pattern;
    }

    private static List<AgentSession> sessions() {
        return CollectedSessions.of(CAPTURE, SessionOptions.defaults()).sessions();
    }

    private static Summary summary(Role role) {
        CaptureAnalysis analysis = new CaptureAnalysis(role);
        SessionModel model = new SessionModel(SessionOptions.defaults(), analysis);
        CAPTURE.feed(event -> {
            analysis.accept(event);
            model.accept(event);
        });
        model.finish();
        Manifest manifest = role == Role.RECORDED
                ? Manifests.recorded(Ending.COMPLETE, Counts.NONE)
                : Manifests.replayed(Ending.COMPLETE, Counts.NONE, true);
        return Summary.of(manifest, analysis);
    }
}
