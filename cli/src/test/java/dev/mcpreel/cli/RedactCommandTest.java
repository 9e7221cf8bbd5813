package dev.mcpreel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RedactCommandTest {
    private static final String MASK = "redacted:[0-9a-f]{24}";

    @TempDir
    private Path folder;

    @Test
    void redact_messageWithAHead_showsWhatWouldBeOnTheDiskAndWhy() throws IOException {
        String file = file("m.http", """
                POST /mcp?token=abc&x=1 HTTP/1.1
                Host: h
                Cookie: a=b; c=d
                Content-Type: application/json

                {"params":{"arguments":{"password":"hunter2","note":"see \\"x\\" \\u001b[31m"}}}
                """);
        CommandRun run = CommandRun.of(80, "redact", "--test", file);

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out().replaceAll(MASK, "MASK")).isEqualTo("""
                POST /mcp?token=MASK&x=1 HTTP/1.1
                Host: h
                Cookie: a=MASK; c=MASK
                Content-Type: application/json

                {"params":{"arguments":{"password":"MASK","note":"see \\"x\\" \\u001b[31m"}}}

                replaced
                  header Cookie                    cookie, 2 times
                  target                           *token
                  body /params/arguments/password  *password
                """);
    }

    @Test
    void redact_bodies_areKnownByTheirLooksOrToldByType() throws IOException {
        String form = file("form", "grant_type=x&code=abc");
        String events = file("events", "event: endpoint\ndata: /m?sessionId=abc\n\ndata: {\"token\":\"abc\"}\n\n");
        String answer = file("answer", "HTTP/1.1 401 Unauthorized\nWWW-Authenticate: Bearer token=\"abc\"\n\nno");

        assertThat(CommandRun.of("redact", "--test", form).out()).containsPattern("x&code=" + MASK);
        assertThat(CommandRun.of("redact", "--test", form, "--type", "json").out())
                .containsPattern("x&code=" + MASK);
        assertThat(CommandRun.of("redact", "--test", events).out())
                .containsPattern("sessionId=" + MASK + "\n\ndata: \\{\"token\":\"" + MASK)
                .contains("  event /token      *token");
        assertThat(CommandRun.of("redact", "--test", answer).out())
                .startsWith("HTTP/1.1 401 Unauthorized\n")
                .containsPattern("token=\"" + MASK + "\"\n\nno");
        assertThat(CommandRun.of("redact", "--test", file("plain", "nothing here"))
                        .out())
                .isEqualTo("nothing here\n\nnothing was replaced\n");
    }

    @Test
    void redact_policyOptions_changeWhatIsReplaced() throws IOException {
        String file = file("m.json", "{\"id\":1,\"params\":{\"a\":\"abc\",\"token\":\"def\",\"card\":\"1234-5678\"}}");
        CommandRun run = CommandRun.of(
                "redact",
                "--test",
                file,
                "--redact",
                "/params/a",
                "--redact",
                "regex:\\d{4}-(\\d{4})",
                "--redact-off",
                "*token");

        assertThat(run.out().replaceAll(MASK, "MASK"))
                .startsWith("{\"id\":1,\"params\":{\"a\":\"MASK\",\"token\":\"def\",\"card\":\"1234-MASK\"}}\n")
                .contains("  body /params/a     /params/a\n")
                .contains("  body /params/card  regex:\\\\d{4}-(\\\\d{4})\n");
    }

    @Test
    void redact_sameKey_givesTheSameHashes() throws IOException {
        String file = file("m.json", "{\"token\":\"def\"}");
        Path key = folder.resolve("key");
        Files.write(key, "0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        CommandRun first = CommandRun.of("redact", "--test", file, "--redaction-key", key.toString());
        CommandRun second = CommandRun.of("redact", "--test", file, "--redaction-key", key.toString());

        assertThat(first.out())
                .isEqualTo(second.out())
                .isNotEqualTo(CommandRun.of("redact", "--test", file).out());
        assertThat(first.err()).isEmpty();
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(CommandRun.of("redact", "--test", file, "--redaction-key", key.toString())
                        .err())
                .isEqualTo("--redaction-key " + key + " can be read by others: chmod 600 " + key + "\n");
    }

    @Test
    void redact_whatCannotBeSearched_saysSo() throws IOException {
        Path wide = folder.resolve("wide");
        Files.write(wide, "{\"token\":\"abc\"}".getBytes(StandardCharsets.UTF_16LE));

        assertThat(CommandRun.of("redact", "--test", wide.toString()).out())
                .contains("its characters cannot be searched");
        assertThat(CommandRun.of("redact", "--test", file("slow", "a".repeat(5000)), "--redact", "regex:(a+)+b")
                        .out())
                .contains("searching it takes too long");
    }

    @Test
    void redact_codedBody_isNotShown() throws IOException {
        String file = file("coded", "HTTP/1.1 200 OK\nContent-Encoding: identity\nContent-Encoding: gzip\n\nhush");
        assertThat(CommandRun.of("redact", "--test", file).out())
                .contains("(not shown: the head says that the body is coded;")
                .doesNotContain("hush");
        String plain = file("plain", "HTTP/1.1 200 OK\nContent-Encoding: identity\n\nsaid");
        assertThat(CommandRun.of("redact", "--test", plain).out()).contains("said");
    }

    @Test
    void redact_wrongOptions_areToldInOneLine() throws IOException {
        String file = file("m.json", "{}");
        for (List<String> wrong : List.of(
                List.of("--redact", "regex:("),
                List.of("--redact", "a*b"),
                List.of("--redact-off", "colour"),
                List.of("--redaction-key", folder.resolve("none").toString()),
                List.of("--redaction-key", file("short", "0123456789abcde")),
                List.of("--type", "xml"))) {
            CommandRun run = CommandRun.of("redact", "--test", file, wrong.get(0), wrong.get(1));
            assertThat(run.code()).isEqualTo(2);
            assertThat(run.complaint()).startsWith("mcp-reel: " + wrong.get(0));
            assertThat(run.out()).isEmpty();
        }
        assertThat(CommandRun.of("redact", "--test", "none").complaint()).startsWith("mcp-reel: --test none");
        assertThat(CommandRun.of("redact").code()).isEqualTo(2);
        assertThat(CommandRun.of("record", "--upstream", "http://127.0.0.1:1", "--out", "x", "--redact", "**")
                        .complaint())
                .startsWith("mcp-reel: --redact ");
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }
}
