package dev.mcpreel.benchmarks.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.redact.Redaction;
import dev.mcpreel.captures.store.CaptureVerifier;
import dev.mcpreel.captures.store.CaptureWriter;
import dev.mcpreel.captures.store.Counts;
import dev.mcpreel.captures.store.Ending;
import dev.mcpreel.captures.store.ManifestSeed;
import dev.mcpreel.captures.store.Role;
import dev.mcpreel.captures.store.VerifyReport;
import dev.mcpreel.captures.store.WriterOptions;
import dev.mcpreel.captures.tap.Recorder;
import dev.mcpreel.captures.tap.RecorderOptions;
import dev.mcpreel.proxy.ProxyConfig;
import dev.mcpreel.proxy.RecordingProxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The soak in small, in one process: whether everything is right, not how fast. */
@Timeout(120)
class SoakTest {
    /** A rate that a busy machine keeps up with, and patience for one that does not. */
    private static final Settings SMALL = new Settings(3, 100, 8, 20, 200, 9 << 20, 1, 60);

    @TempDir
    private Path store;

    @Test
    void run_smallSoak_everyAnswerIsRightAndNothingIsLost() throws Exception {
        Tally tally;
        Counts counts;
        try (Upstream upstream = new Upstream(SMALL.eventMillis())) {
            Redaction redaction = Redaction.standard();
            CaptureWriter writer = CaptureWriter.create(
                    store,
                    new ManifestSeed(Role.RECORDED, "test", "", List.of("http://u"), redaction.describe(), null),
                    WriterOptions.defaults());
            Recorder recorder = Recorder.start(writer, redaction, RecorderOptions.DEFAULT, System::nanoTime);
            RecordingProxy proxy = RecordingProxy.start(
                    ProxyConfig.of("127.0.0.1:0", "http://127.0.0.1:" + upstream.port()), recorder);
            try (Generator generator = new Generator(proxy.address(), SMALL)) {
                tally = generator.run(line -> {});
            }
            proxy.close(Duration.ofSeconds(10));
            counts = recorder.close(Ending.COMPLETE).counts();
        }

        assertThat(tally.errors()).isEmpty();
        assertThat(tally.dueCalls()).isEqualTo(3 * (100 + 1 + 1));
        assertThat(tally.answeredCalls()).isEqualTo(tally.dueCalls());
        assertThat(tally.events()).isGreaterThanOrEqualTo(20 * 10);

        assertThat(counts.lost()).isEmpty();
        assertThat(counts.seen()).isEqualTo(tally.dueCalls() + SMALL.streams());
        assertThat(counts.recorded()).isEqualTo(counts.seen());
        VerifyReport report = CaptureVerifier.verify(store);
        assertThat(report.ok()).isTrue();
        assertThat(report.exchangesEnded()).isEqualTo(counts.seen());
    }

    @Test
    void check_bytesThatAreWrongMissingOrTooMany_doNotPass() {
        Message right = Messages.answer(Form.DOWNLOAD, 5, 300, 77, 100_000);

        assertThat(passes(right, right)).isTrue();
        assertThat(passes(right, Messages.answer(Form.DOWNLOAD, 5, 300, 78, 100_000)))
                .isFalse();
        assertThat(passes(right, Messages.answer(Form.DOWNLOAD, 6, 300, 77, 100_000)))
                .isFalse();
        assertThat(passes(right, Messages.answer(Form.DOWNLOAD, 5, 300, 77, 99_999)))
                .isFalse();
        assertThat(passes(right, Messages.answer(Form.DOWNLOAD, 5, 300, 77, 100_001)))
                .isFalse();
        assertThat(passes(right, Messages.answer(Form.SSE, 5, 300, 77, 100_000)))
                .isFalse();
    }

    private static boolean passes(Message expected, Message sent) {
        Message.Check check = new Message.Check(expected);
        sent.pieces().forEach(check::feed);
        return check.passed();
    }
}
