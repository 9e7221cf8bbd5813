package dev.mcpreel.captures.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mcpreel.captures.exchange.BodyPart;
import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.EventKind;
import dev.mcpreel.captures.exchange.ExchangeEnd;
import dev.mcpreel.captures.exchange.ExchangeEvent;
import dev.mcpreel.captures.exchange.Gap;
import dev.mcpreel.captures.exchange.LossReason;
import dev.mcpreel.captures.exchange.Outcome;
import dev.mcpreel.captures.exchange.RequestHead;
import dev.mcpreel.captures.redact.Redaction;
import dev.mcpreel.captures.redact.RedactionPolicy;
import dev.mcpreel.captures.redact.SecretHash;
import dev.mcpreel.captures.session.AgentSession;
import dev.mcpreel.captures.session.AgentText;
import dev.mcpreel.captures.session.Call;
import dev.mcpreel.captures.session.RequestTrace;
import dev.mcpreel.captures.session.SessionOptions;
import dev.mcpreel.captures.store.CaptureAppender;
import dev.mcpreel.captures.store.CaptureException;
import dev.mcpreel.captures.store.CaptureException.Category;
import dev.mcpreel.captures.store.CaptureExcerpt;
import dev.mcpreel.captures.store.CaptureReader;
import dev.mcpreel.captures.store.CaptureVerifier;
import dev.mcpreel.captures.store.CaptureWriter;
import dev.mcpreel.captures.store.Clocks;
import dev.mcpreel.captures.store.Counts;
import dev.mcpreel.captures.store.CutInfo;
import dev.mcpreel.captures.store.CutReport;
import dev.mcpreel.captures.store.Ending;
import dev.mcpreel.captures.store.Manifest;
import dev.mcpreel.captures.store.Role;
import dev.mcpreel.captures.store.SourceCounts;
import dev.mcpreel.captures.store.VerifyReport;
import dev.mcpreel.captures.store.WriterOptions;
import dev.mcpreel.captures.tap.Glob;
import dev.mcpreel.captures.testkit.CaptureScript;
import dev.mcpreel.captures.testkit.ScriptedAgent;
import dev.mcpreel.captures.testkit.ScriptedCapture;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CaptureCutTest {
    @TempDir
    private Path work;

    /** s1 ann, s2 bob, s3 cid; ann's and bob's calls overlap, and a login is of nobody. */
    private static CaptureScript traffic() {
        CaptureScript script = new CaptureScript();
        script.exchange(1)
                .request("GET", "/.well-known/oauth")
                .head(2, 200)
                .answer(2, "{}")
                .end(2);
        ScriptedAgent ann =
                script.agent("ann").startingAt(10).coalesced().initialize().listTools();
        ScriptedAgent bob = script.agent("bob").startingAt(20).initialize().listTools();
        ann.stream().end(9_000);
        ann.think(100).call("search", "{\"q\":\"late\"}").json(50);
        bob.think(100).call("report").progress(20).sse(300);
        ann.think(100).call("create", "{\"name\":\"x\"}").json(50);
        bob.think(500).call("search", "{\"q\":\"" + "y".repeat(40_000) + "\"}").http(30, 503, "no healthy upstream");
        ann.think(3_000).call("search").json(40);
        ann.delete();
        ScriptedAgent cid = script.agent("cid").startingAt(6_000).initialize();
        cid.think(100).call("create").json(20);
        cid.delete();
        return script;
    }

    /** As a recorder would have written it: without secrets. */
    private static List<CaptureEvent> recorded() {
        Tightening recorder = new Tightening(Redaction.standard());
        return traffic().events().stream()
                .map(event -> (CaptureEvent) recorder.apply((ExchangeEvent) event))
                .toList();
    }

    private Path source() {
        return ScriptedCapture.write(work.resolve("store"), recorded(), Ending.COMPLETE, SourceCounts.NONE);
    }

    private static CutOptions with(
            Set<String> sessions,
            List<String> tools,
            List<String> dropTools,
            List<String> agents,
            Set<Outcome> outcomes) {
        return new CutOptions(
                sessions,
                Set.of(),
                globs(tools),
                globs(dropTools),
                agents.stream().map(AgentText::new).toList(),
                outcomes,
                null,
                null,
                0,
                false);
    }

    private static CutOptions range(@Nullable String from, @Nullable String to) {
        return new CutOptions(
                Set.of(), Set.of(), List.of(), List.of(), List.of(), Set.of(), time(from), time(to), 0, false);
    }

    private static @Nullable CutTime time(@Nullable String millis) {
        return millis == null ? null : new CutTime(millis + "ms", true, Long.parseLong(millis) * 1_000_000);
    }

    private static List<Glob> globs(List<String> patterns) {
        return patterns.stream().map(Glob::new).toList();
    }

    private CutReport cut(Path source, CutOptions options) {
        return cut(source, options, Redaction.standard());
    }

    private CutReport cut(Path source, CutOptions options, Redaction redaction) {
        try (CaptureExcerpt excerpt = CaptureExcerpt.open(source, work.resolve("out"))) {
            return CaptureCut.cut(
                    excerpt, options, SessionOptions.defaults(), redaction, WriterOptions.defaults(), () -> false);
        }
    }

    private static Counts verified(CutReport report) {
        VerifyReport verify = CaptureVerifier.verify(report.folder());
        assertThat(verify.ok()).as(verify.toString()).isTrue();
        assertThat(verify.accounting().addsUp()).isTrue();
        assertThat(verify.manifest()).isEqualTo(report.manifest());
        return report.manifest().counts();
    }

    private static List<AgentSession> sessions(Path capture) {
        return GoldenCapture.sessions(capture);
    }

    private static List<String> clients(CutReport report) {
        return sessions(report.folder()).stream()
                .map(AgentSession::client)
                .sorted()
                .toList();
    }

    private static List<String> tools(CutReport report) {
        return sessions(report.folder()).stream()
                .flatMap(session -> session.calls().stream())
                .map(Call::tool)
                .toList();
    }

    private static List<CaptureEvent> events(Path capture) {
        return TestCaptures.events(capture);
    }

    private static String text(Path capture) {
        StringBuilder text = new StringBuilder();
        for (CaptureEvent event : events(capture)) {
            text.append(event)
                    .append(event instanceof BodyPart part ? part.content().utf8() : "");
        }
        return text.toString();
    }

    @Test
    void bySession_isThatSessionExchangeForExchange() {
        Path source = source();
        AgentSession ann = sessions(source).stream()
                .filter(session -> session.client().equals("ann 1.0"))
                .findFirst()
                .orElseThrow();
        assertThat(ann.id()).isEqualTo("s1");
        CutReport report = cut(source, with(Set.of("s1"), List.of(), List.of(), List.of(), Set.of()));
        Counts counts = verified(report);
        assertThat(sessions(report.folder())).containsExactly(ann);
        long all = CaptureReader.open(source).manifest().counts().recorded();
        assertThat(counts.recorded()).isEqualTo(ann.exchanges().size());
        assertThat(counts.filtered()).containsExactly(Map.entry(CutInfo.REASON, all - counts.recorded()));
        assertThat(counts.seen()).isEqualTo(all);
        Manifest made = report.manifest();
        Manifest old = CaptureReader.open(source).manifest();
        assertThat(made.cut()).isEqualTo(new CutInfo(old.id(), List.of("--session s1"), 1, counts.recorded()));
        assertThat(made.anchor()).isEqualTo(old.anchor());
        assertThat(made.startedAt()).isEqualTo(old.startedAt());
        assertThat(made.relay()).isEqualTo(old.relay());
        assertThat(made.listen()).isEqualTo(old.listen());
        assertThat(made.ending()).isEqualTo(Ending.COMPLETE);
    }

    @Test
    void all_keepsEverythingOfMcp_inTheSameOrder() {
        Path source = source();
        CutReport report = cut(source, CutOptions.ALL);
        verified(report);
        List<Long> others = events(source).stream()
                .filter(event ->
                        event instanceof RequestHead head && head.target().contains("well-known"))
                .map(event -> ((RequestHead) event).exchangeId())
                .toList();
        assertThat(others).hasSize(1);
        assertThat(events(report.folder()))
                .filteredOn(ExchangeEvent.class::isInstance)
                .isEqualTo(events(source).stream()
                        .filter(event ->
                                event instanceof ExchangeEvent exchange && !others.contains(exchange.exchangeId()))
                        .toList());
    }

    @Test
    void withOther_keepsWhatIsOfNoSession() {
        CutReport report = cut(
                source(),
                new CutOptions(Set.of("s3"), Set.of(), List.of(), List.of(), List.of(), Set.of(), null, null, 0, true));
        verified(report);
        assertThat(clients(report)).containsExactly("cid 1.0");
        assertThat(events(report.folder()))
                .anyMatch(event ->
                        event instanceof RequestHead head && head.target().contains("well-known"));
    }

    @Test
    void byTool_keepsTheSessionsThatCallIt_whole() {
        CutReport report = cut(source(), with(Set.of(), List.of("rep*"), List.of(), List.of(), Set.of()));
        verified(report);
        assertThat(clients(report)).containsExactly("bob 1.0");
        assertThat(tools(report)).containsExactly("report", "search");
    }

    @Test
    void byToolAndOutcome_isOneCallThatIsBoth() {
        CutReport both =
                cut(source(), with(Set.of(), List.of("search"), List.of(), List.of(), Set.of(Outcome.GATEWAY_TIMEOUT)));
        assertThat(clients(both)).containsExactly("bob 1.0");
        assertThatThrownBy(() -> cut(
                        source(),
                        with(Set.of(), List.of("report"), List.of(), List.of(), Set.of(Outcome.GATEWAY_TIMEOUT))))
                .hasMessageContaining("nothing would be left");
    }

    @Test
    void byAgent_isByTextInNameAndVersion() {
        assertThat(clients(cut(source(), with(Set.of(), List.of(), List.of(), List.of("ob", "c*1.0"), Set.of()))))
                .containsExactly("bob 1.0", "cid 1.0");
    }

    @Test
    void dropTool_leavesItsCallsOut_andNothingElse() {
        Path source = source();
        CutReport report = cut(source, with(Set.of(), List.of(), List.of("search"), List.of(), Set.of()));
        Counts counts = verified(report);
        assertThat(clients(report)).containsExactly("ann 1.0", "bob 1.0", "cid 1.0");
        assertThat(tools(report)).containsExactlyInAnyOrder("create", "report", "create");
        // Three calls, and the one that is of no session.
        assertThat(counts.filtered()).containsExactly(Map.entry(CutInfo.REASON, 4L));
    }

    @Test
    void dropSession_andFirst_areThoseThatBeganFirst() {
        CutReport report = cut(
                source(),
                new CutOptions(
                        Set.of(), Set.of("s1"), List.of(), List.of(), List.of(), Set.of(), null, null, 1, false));
        verified(report);
        assertThat(clients(report)).containsExactly("bob 1.0");
    }

    @Test
    void range_keepsWhatOverlaps_andHowTheSessionBegan() {
        CutReport report = cut(source(), range("3000", "4000"));
        verified(report);
        assertThat(clients(report)).containsExactly("ann 1.0");
        assertThat(tools(report)).containsExactly("search");
        assertThat(sessions(report.folder()).get(0).requests())
                .extracting(RequestTrace::method)
                .containsExactly("initialize", "tools/list", "tools/call");
        assertThat(events(report.folder()).stream()
                        .filter(event -> event instanceof RequestHead)
                        .map(event -> ((RequestHead) event).method()))
                .as("the stream that began before it, too")
                .contains("GET");
    }

    @Test
    void range_callUnderWayWhenItBegins_isKept() {
        // bob's report runs from about 130 to 430 ms.
        CutReport report = cut(source(), range("400", "425"));
        verified(report);
        assertThat(tools(report)).containsExactly("report");
    }

    @Test
    void unknownSession_isSaid() {
        assertThatThrownBy(() -> cut(source(), with(Set.of("s1", "s9"), List.of(), List.of(), List.of(), Set.of())))
                .isInstanceOfSatisfying(
                        CaptureException.class, e -> assertThat(e.category()).isEqualTo(Category.INPUT))
                .hasMessageContaining("has no session s9 among its 3");
        assertThat(work.resolve("out")).doesNotExist();
    }

    @Test
    void losses_areTold() {
        List<CaptureEvent> events = new ArrayList<>(traffic().events());
        events.add(new Gap(CaptureScript.at(9_100), LossReason.LANE_FULL, 0, 2, 9, 100));
        Path source = ScriptedCapture.write(
                work.resolve("store"),
                events,
                Ending.COMPLETE,
                new SourceCounts(-1, Map.of("only tool:x", 7L), Map.of(LossReason.LANE_FULL, 2L), 0));
        CutReport report = cut(source, with(Set.of("s3"), List.of(), List.of(), List.of(), Set.of()));
        Counts counts = verified(report);
        assertThat(counts.lost()).containsExactly(Map.entry(LossReason.LANE_FULL, 2L));
        assertThat(counts.filtered()).containsEntry("only tool:x", 7L);
        assertThat(counts.seen())
                .isEqualTo(CaptureReader.open(source).manifest().counts().seen());
        assertThat(events(report.folder())).anyMatch(event -> event instanceof Gap);
    }

    @Test
    void exchangeLostInPart_staysSo() {
        CaptureWriter writer = CaptureWriter.create(
                work.resolve("store"), ScriptedCapture.seed(Role.RECORDED), ScriptedCapture.options());
        CaptureAppender appender = writer.newAppender();
        for (CaptureEvent event : traffic().events()) {
            if (event instanceof ExchangeEnd end && end.exchangeId() % 2 == 0) {
                appender.appendIncomplete(end);
            } else {
                appender.append(event);
            }
        }
        appender.flush();
        long inPart = traffic().events().stream()
                .filter(event -> event instanceof ExchangeEnd end && end.exchangeId() % 2 == 0)
                .count();
        writer.close(Ending.STOPPED, new SourceCounts(-1, Map.of(), Map.of(LossReason.LANE_FULL, inPart), 0));
        CutReport report = cut(writer.folder(), CutOptions.ALL);
        Counts counts = verified(report);
        assertThat(counts.lost()).containsExactly(Map.entry(LossReason.LANE_FULL, inPart));
        assertThat(CaptureVerifier.verify(report.folder()).exchangesInPart()).isEqualTo(inPart);
        assertThat(report.manifest().ending()).isEqualTo(Ending.STOPPED);
    }

    @Test
    void interrupted_isStopped_andWhatWasUnderWayIsLost() {
        List<CaptureEvent> events = traffic().events();
        events = events.stream()
                .filter(event -> !(event.kind() == EventKind.EXCHANGE_END && ((ExchangeEnd) event).exchangeId() == 4))
                .toList();
        Path source = ScriptedCapture.write(work.resolve("store"), events, Ending.OPEN, SourceCounts.NONE);
        CutReport report = cut(source, CutOptions.ALL);
        Counts counts = verified(report);
        assertThat(report.manifest().ending()).isEqualTo(Ending.STOPPED);
        assertThat(counts.lost()).containsExactly(Map.entry(LossReason.DAMAGED, 1L));
    }

    @Test
    void live_isCutAsFarAsItGot() {
        long begun = System.nanoTime();
        Clocks clocks =
                new Clocks(() -> CaptureScript.at(0) + System.nanoTime() - begun, () -> ScriptedCapture.WALL_NANOS);
        CaptureWriter writer = CaptureWriter.create(
                work.resolve("store"),
                ScriptedCapture.seed(Role.RECORDED),
                WriterOptions.defaults().withClocks(clocks));
        List<CaptureEvent> events = traffic().events().stream()
                .filter(event -> !(event.kind() == EventKind.EXCHANGE_END && ((ExchangeEnd) event).exchangeId() == 4))
                .toList();
        ScriptedCapture.append(writer, events);
        Awaitility.await().until(() -> writer.status().recorded() == 17);
        CutReport report = cut(writer.folder(), CutOptions.ALL);
        Counts counts = verified(report);
        assertThat(report.source().live()).isTrue();
        assertThat(counts.lost()).isEmpty();
        // The one under way, and the one that is of no session.
        assertThat(counts.filtered()).containsExactly(Map.entry(CutInfo.REASON, 2L));
        writer.close(Ending.COMPLETE, SourceCounts.NONE);
    }

    @Test
    void cutOfACut_saysBoth() {
        CutReport first = cut(source(), with(Set.of(), List.of("search"), List.of(), List.of(), Set.of()));
        CutReport second = cut(first.folder(), with(Set.of("s2"), List.of(), List.of(), List.of(), Set.of()));
        Counts counts = verified(second);
        CutInfo cut = second.manifest().cut();
        assertThat(cut).isNotNull();
        assertThat(cut.by()).containsExactly("--tool search", "--session s2");
        assertThat(cut.from()).isEqualTo(first.manifest().id());
        assertThat(counts.seen()).isEqualTo(first.manifest().counts().seen());
    }

    @Test
    void redaction_isTightened_everywhere_andNeverLoosened() {
        String mask = "redacted:0123456789abcdef01234567";
        CaptureScript script = new CaptureScript();
        ScriptedAgent ann = script.agent("ann").token("Bearer " + mask).initialize();
        ann.call("search", "{\"customer_id\":\"canary-4711-aabb\",\"password\":\"" + mask + "\"}")
                .json(10, "{\"content\":[{\"type\":\"text\",\"text\":\"hello canary-4711-aabb\"}]}");
        ann.call("search", "{\"q\":\"canary-4711-aabb\"}").progress(5).sse(20);
        ann.stream()
                .event(5_000, "{\"jsonrpc\":\"2.0\",\"method\":\"x\",\"params\":{\"t\":\"canary-4711-aabb\"}}")
                .end(6_000);
        ann.delete();
        Path source = ScriptedCapture.write(work.resolve("store"), script);
        Redaction redaction = new Redaction(RedactionPolicy.standard().with("customer_id"), SecretHash.random());
        CutReport report = cut(source, CutOptions.ALL, redaction);
        verified(report);
        String before = text(source);
        String after = text(report.folder());
        assertThat(before).contains("canary-4711-aabb");
        assertThat(after).doesNotContain("canary-4711-aabb").contains(mask);
        assertThat(after.split(mask, -1).length).as("every hash stays").isEqualTo(before.split(mask, -1).length);
        assertThat(report.manifest().redaction()).contains("added: customer_id", "defaults: version 1");
    }

    @Test
    void diskFull_leavesNothing() {
        Path source = source();
        WriterOptions full = WriterOptions.defaults().withFreeSpace(folder -> {
            // Room to begin, and no more once the log is there.
            return Files.isDirectory(folder.resolve("log")) ? 0 : Long.MAX_VALUE;
        });
        try (CaptureExcerpt excerpt = CaptureExcerpt.open(source, work.resolve("out"))) {
            assertThatThrownBy(() -> CaptureCut.cut(
                            excerpt,
                            CutOptions.ALL,
                            SessionOptions.defaults(),
                            Redaction.standard(),
                            full,
                            () -> false))
                    .hasMessageContaining("the disk is full")
                    .hasMessageContaining("nothing of it is left there");
        }
        assertThat(work.resolve("out")).doesNotExist();
    }

    @Test
    void stopped_inEitherPass_leavesNothing() {
        Path source = source();
        for (int after : new int[] {10, events(source).size() + 10}) {
            AtomicInteger left = new AtomicInteger(after);
            try (CaptureExcerpt excerpt = CaptureExcerpt.open(source, work.resolve("out"))) {
                assertThatThrownBy(() -> CaptureCut.cut(
                                excerpt,
                                CutOptions.ALL,
                                SessionOptions.defaults(),
                                Redaction.standard(),
                                WriterOptions.defaults(),
                                () -> left.decrementAndGet() < 0))
                        .hasMessageContaining("stopped before the cut was whole");
            }
            assertThat(work.resolve("out")).doesNotExist();
        }
    }

    @Test
    void intoACapture_isRefused() {
        Path source = source();
        assertThatThrownBy(() -> CaptureExcerpt.open(source, source.resolve("new")))
                .hasMessageContaining("lies in, a capture");
        assertThatThrownBy(() -> CaptureExcerpt.open(source, source)).hasMessageContaining("lies in, a capture");
    }

    @Test
    void damaged_isRefused() throws Exception {
        Path source = source();
        try (var files = Files.walk(source.resolve("log"))) {
            Path log = files.filter(file -> file.toString().endsWith(".cq4"))
                    .findFirst()
                    .orElseThrow();
            byte[] bytes = Files.readAllBytes(log);
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            int at = text.indexOf("MREL", text.indexOf("MREL", text.indexOf("MREL") + 1) + 1);
            bytes[at + 70] ^= 1;
            Files.write(log, bytes);
        }
        assertThatThrownBy(() -> cut(source, CutOptions.ALL)).hasMessageContaining("mcp-reel salvage " + source);
        assertThat(work.resolve("out")).doesNotExist();
    }
}
