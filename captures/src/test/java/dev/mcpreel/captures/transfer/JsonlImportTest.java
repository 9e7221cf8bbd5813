package dev.mcpreel.captures.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mcpreel.captures.exchange.BodyPart;
import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.RequestHead;
import dev.mcpreel.captures.redact.Masks;
import dev.mcpreel.captures.session.SessionOptions;
import dev.mcpreel.captures.store.CaptureException;
import dev.mcpreel.captures.store.CaptureException.Category;
import dev.mcpreel.captures.store.CaptureReader;
import dev.mcpreel.captures.store.CutInfo;
import dev.mcpreel.captures.store.ImportInfo;
import dev.mcpreel.captures.testkit.CaptureScript;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class JsonlImportTest {
    @TempDir
    Path dir;

    @Test
    void import_damagedFile_namesTheLineAndLeavesNothing() {
        String text = TestCaptures.jsonl(capture());
        refused("line 3", lineReplaced(text, 3, "{\"kind\":"));
        refused("line 3", lineReplaced(text, 3, "[]"));
        refused("line 3", lineReplaced(text, 3, "{\"kind\":\"what\"}"));
        refused("line 3", lineReplaced(text, 3, "{\"n\":1}"));
        refused("line 3, events[0]", lineReplaced(text, 3, exchange("{\"n\":2,\"at\":1,\"event\":\"what\"}")));
        refused("line 3, events[0]", lineReplaced(text, 3, exchange("{\"n\":2,\"at\":\"x\",\"event\":\"end\"}")));
        refused(
                "line 3, events[0]",
                lineReplaced(text, 3, exchange("{\"n\":2,\"at\":1,\"event\":\"end\",\"cause\":\"?\"}")));
        refused("line 3", lineReplaced(text, 3, "{\"kind\":\"log\",\"n\":3,\"event\":\"gap\",\"record\":7}"));
        refused("line 1", lineReplaced(text, 1, "{\"kind\":\"capture\",\"schema\":1,\"http\":true,\"capture\":{}}"));
        refused("missing", lineReplaced(text, 3, ""));
    }

    @Test
    void import_ofACut_saysWhatItWasCutOutOf() throws IOException {
        Path cut = GoldenCapture.cut(capture(), CutOptions.ALL, dir.resolve("cut"));
        CutInfo info = CaptureReader.open(cut).manifest().cut();
        assertThat(info).isNotNull();
        Path made = TestCaptures.importText(dir, "cut.jsonl", TestCaptures.jsonl(cut))
                .folder();
        ImportInfo imported = CaptureReader.open(made).manifest().imported();
        assertThat(imported).isNotNull();
        assertThat(imported.notes()).contains("the exported capture was " + info.inWords());
    }

    @Test
    void import_fileCutOff_saysSo() {
        String text = TestCaptures.jsonl(capture());
        refused("cut off", text.substring(0, text.lastIndexOf("{\"kind\":\"end\"")));
        refused("cut off", text.substring(0, text.length() / 2));
    }

    @Test
    void import_linesSortedOtherwise_areRefused() {
        List<String> lines =
                new ArrayList<>(TestCaptures.jsonl(TestCaptures.write(dir.resolve("long"), LongTraffic.events(3_000)))
                        .lines()
                        .toList());
        String end = lines.remove(lines.size() - 1);
        String begin = lines.remove(0);
        Collections.reverse(lines);
        lines.add(0, begin);
        lines.add(end);
        refused("another order", String.join("\n", lines) + "\n");
    }

    @Test
    void import_withoutHttp_namesTheOption() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CaptureExport.jsonl(CaptureReader.open(capture()), SessionOptions.defaults(), false, out);
        refused("--no-http", out.toString(StandardCharsets.UTF_8));
    }

    @Test
    void import_newerSchema_asksForAnUpdate() {
        String text = TestCaptures.jsonl(capture()).replaceFirst("\"schema\":1", "\"schema\":2");
        assertThatThrownBy(() -> TestCaptures.importText(dir, "new.jsonl", text))
                .isInstanceOf(CaptureException.class)
                .hasMessageContaining("update mcp-reel");
    }

    @Test
    void import_noSuchFileOrAFolder_isAnInputError() {
        for (Path wrong : List.of(dir.resolve("nowhere"), dir)) {
            assertThatThrownBy(() -> CaptureImport.run(wrong, dir.resolve("made"), null, TestCaptures.options()))
                    .isInstanceOfSatisfying(
                            CaptureException.class,
                            e -> assertThat(e.category()).isEqualTo(Category.INPUT))
                    .hasMessageContaining(wrong.toString());
        }
    }

    @Test
    void import_editedExportWithASecret_keepsItFromTheDisk() throws IOException {
        String secret = "Bearer abcdefghijklmnop0123456789";
        String text = TestCaptures.jsonl(capture())
                .replace("[\"User-Agent\",\"node\"]", "[\"Authorization\",\"" + secret + "\"]");
        text = text.replace("\\\"arguments\\\":{}", "\\\"arguments\\\":{\\\"api_key\\\":\\\"hunter2hunter2\\\"}");
        assertThat(text).contains(secret, "hunter2hunter2");
        Path made = TestCaptures.importText(dir, "edited.jsonl", text).folder();
        for (CaptureEvent event : TestCaptures.events(made)) {
            if (event instanceof RequestHead head) {
                assertThat(Masks.in(String.valueOf(head.headers().first("Authorization"))))
                        .isNotEmpty();
                assertThat(head.toString()).doesNotContain("abcdefghijklmnop");
            } else if (event instanceof BodyPart part) {
                assertThat(part.content().utf8()).doesNotContain("hunter2");
            }
        }
    }

    private Path capture() {
        CaptureScript script = new CaptureScript();
        script.agent("ann").initialize().think(10).call("search").json(100);
        return TestCaptures.write(dir.resolve("store"), script.events());
    }

    private void refused(String what, String text) {
        assertThatThrownBy(() -> TestCaptures.importText(dir, "bad.jsonl", text))
                .isInstanceOfSatisfying(
                        CaptureException.class, e -> assertThat(e.category()).isEqualTo(Category.DAMAGED))
                .hasMessageContaining("bad.jsonl")
                .hasMessageContaining(what);
        assertThat(dir.resolve("imported")).doesNotExist();
    }

    private static String exchange(String event) {
        return "{\"kind\":\"exchange\",\"exchange\":1,\"connection\":1,\"events\":[" + event + "]}";
    }

    private static String lineReplaced(String text, int number, String line) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        lines.set(number - 1, line);
        return String.join("\n", lines) + "\n";
    }
}
