package dev.mcpreel.captures.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mcpreel.captures.exchange.BodyState;
import dev.mcpreel.captures.exchange.Bytes;
import dev.mcpreel.captures.session.SessionOptions;
import dev.mcpreel.captures.store.CaptureException;
import dev.mcpreel.captures.store.CaptureException.Category;
import dev.mcpreel.captures.store.CaptureReader;
import dev.mcpreel.captures.testkit.CaptureScript;
import dev.mcpreel.captures.testkit.ScriptedAgent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Content that was made to hurt, and a disk that gives up. */
@Timeout(60)
class HostileTransferTest {
    @TempDir
    Path dir;

    @Test
    void export_hostileContent_isWrittenAndComesBack() throws IOException {
        CaptureScript script = new CaptureScript();
        ScriptedAgent agent = script.agent("ann").initialize();
        String call =
                "{\"jsonrpc\":\"2.0\",\"method\":\"tools/call\",\"params\":{\"name\":\"x\",\"arguments\":%s},\"id\":%s}";
        post(script, agent, call.formatted("{}", "\"" + "i".repeat(5 << 20) + "\""));
        post(script, agent, call.formatted("[".repeat(10_000) + "]".repeat(10_000), "1"));
        post(script, agent, call.formatted("[".repeat(490) + "]".repeat(490), "2"));
        post(script, agent, call.formatted("{\"n\":1e999999999,\"m\":-0.0,\"big\":" + "9".repeat(900) + "}", "3"));
        post(script, agent, call.formatted("{}", "1.5e3"));
        script.exchange(5_000)
                .body("{\"jsonrpc\":")
                .head(5_001, 200, "Content-Type", "application/json")
                .answer(5_002, 5_002, Bytes.owned(new byte[] {(byte) 0xC3, 0x28, (byte) 0xFF, 0}), BodyState.WHOLE)
                .end(5_003);
        Path capture = TestCaptures.write(dir.resolve("store"), script.events());
        Path made = TestCaptures.importText(dir, "hostile.jsonl", TestCaptures.jsonl(capture))
                .folder();
        assertThat(TestCaptures.events(made).equals(TestCaptures.events(capture)))
                .as("the same events")
                .isTrue();
        made = TestCaptures.importText(dir, "hostile.har", HarRoundTripTest.har(capture))
                .folder();
        assertThat(TestCaptures.sessions(made)
                        .requests()
                        .equals(TestCaptures.sessions(capture).requests()))
                .as("the same requests")
                .isTrue();
        ByteArrayOutputStream k6 = new ByteArrayOutputStream();
        assertThat(CaptureExport.k6(CaptureReader.open(capture), SessionOptions.defaults(), 10, k6)
                        .calls())
                .isEqualTo(TestCaptures.sessions(capture).calls().size())
                .isPositive();
    }

    @Test
    void import_diskFull_failsAndLeavesNothing() throws IOException {
        Path capture = TestCaptures.write(dir.resolve("store"), LongTraffic.events(6_000));
        Path file = Files.writeString(dir.resolve("export.jsonl"), TestCaptures.jsonl(capture));
        AtomicInteger asked = new AtomicInteger();
        ImportOptions plain = TestCaptures.options();
        // Room to begin with, and then none.
        ImportOptions full = new ImportOptions(
                plain.redaction(),
                plain.product(),
                0,
                plain.writer().withFreeSpace(path -> asked.incrementAndGet() > 2 ? 0 : 1L << 40));
        assertThatThrownBy(() -> CaptureImport.run(file, dir.resolve("made"), null, full))
                .isInstanceOfSatisfying(
                        CaptureException.class, e -> assertThat(e.category()).isEqualTo(Category.FAILED))
                .hasMessageContaining("made")
                .hasMessageContaining("free some space");
        assertThat(asked).hasValueGreaterThan(2);
        assertThat(dir.resolve("made")).doesNotExist();
    }

    @Test
    void export_outputThatFails_saysSo() {
        Path capture = TestCaptures.write(dir.resolve("store"), LongTraffic.events(10));
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("closed");
            }
        };
        assertThatThrownBy(
                        () -> CaptureExport.jsonl(CaptureReader.open(capture), SessionOptions.defaults(), true, closed))
                .isInstanceOf(UncheckedIOException.class);
    }

    private static void post(CaptureScript script, ScriptedAgent agent, String body) {
        agent.think(10);
        agent.post(body)
                .head(agent.now() + 1, 200, "Content-Type", "application/json")
                .end(agent.now() + 2);
        assertThat(script.events()).isNotEmpty();
    }
}
