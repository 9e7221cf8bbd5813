package dev.mcpreel.proxy.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever the text is and wherever the reads fall, what goes out is what came in but for the one origin. */
@Timeout(120)
class RandomCutTest {
    private static final int ROUNDS = 3000;
    private static final String JSON = "Content-Type: application/json";
    private static final String STREAM = "Content-Type: text/event-stream";
    private static final String WELL_KNOWN = "/.well-known/oauth-protected-resource/mcp";
    private static final String[] ENDS = {"\n", "\r\n", "\r"};

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    /** A text in two forms. */
    private record Case(String sent, String expected) {
        static Case around(String before, String after) {
            return new Case(before + "http://127.0.0.1:3001" + after, before + "https://mcp.example" + after);
        }

        static Case same(String text) {
            return new Case(text, text);
        }
    }

    @Test
    void documents_keepEveryOtherByte() {
        for (int round = 0; round < ROUNDS; round++) {
            Case document = document();
            RewriteRig rig = new RewriteRig().pooled(round % 20 == 0).get(WELL_KNOWN);
            rig.head(200, JSON, "Content-Length: " + document.sent().length());
            send(rig, document.sent());
            assertThat(rig.fields())
                    .as("seed %d, round %d", seed, round)
                    .containsExactly(
                            JSON, "Content-Length: " + document.expected().length());
            assertThat(rig.done()).as("seed %d, round %d", seed, round).isEqualTo(document.expected());
        }
    }

    @Test
    void streams_keepEveryOtherByte() {
        for (int round = 0; round < ROUNDS; round++) {
            Case stream = stream();
            RewriteRig rig =
                    new RewriteRig().pooled(round % 20 == 0).get("/sse").head(200, STREAM);
            send(rig, stream.sent());
            assertThat(rig.done()).as("seed %d, round %d", seed, round).isEqualTo(stream.expected());
        }
    }

    @Test
    void noise_passesByteForByte() {
        String alphabet = "\n\n\n\r\r:: \\\"{}[],datevnpoi:/h1\u00ef\u00bb\u00bf\u0000";
        for (int round = 0; round < ROUNDS; round++) {
            String noise = noise(alphabet, random.nextInt(120));
            boolean json = random.nextBoolean();
            RewriteRig rig =
                    new RewriteRig().pooled(round % 20 == 0).get(WELL_KNOWN).head(200, json ? JSON : STREAM);
            send(rig, noise);
            assertThat(rig.done()).as("seed %d, round %d", seed, round).isEqualTo(noise);
        }
    }

    @Test
    void cutAnywhere_theBeginningIsWhole() {
        for (int round = 0; round < ROUNDS; round++) {
            boolean json = random.nextBoolean();
            Case whole = json ? document() : stream();
            String came = whole.sent().substring(0, random.nextInt(whole.sent().length()));
            RewriteRig rig =
                    new RewriteRig().pooled(round % 20 == 0).get(WELL_KNOWN).head(200, json ? JSON : STREAM);
            rig.body(pieces(came).toArray(String[]::new)).cut();
            String out = rig.done();
            assertThat(out.equals(came) || (!json && whole.expected().startsWith(out)))
                    .as("seed %d, round %d: %s", seed, round, out)
                    .isTrue();
        }
    }

    @Test
    void challenges_keepEveryOtherByte_andHostileOnesPass() {
        String alphabet = ",,==\"\"\\\\ \tresource_metadata;/:Bearer";
        for (int round = 0; round < ROUNDS; round++) {
            String noise = noise(alphabet, random.nextInt(60));
            boolean even = noise.chars().filter(c -> c == '"').count() % 2 == 0 && noise.indexOf('\\') < 0;
            String before = "Basic" + (even ? noise : "") + ", Bearer a=\"" + noise("x\u00e4 ,=/", 8)
                    + "\", resource_metadata=\"";
            Case field = Case.around(before, "/m\", " + noise);
            RewriteRig rig = new RewriteRig();
            rig.head(401, "WWW-Authenticate: " + field.sent()).last("").done();
            assertThat(rig.fields())
                    .as("seed %d, round %d", seed, round)
                    .containsExactly("WWW-Authenticate: " + field.expected());
            rig.head(401, "WWW-Authenticate: Bearer" + noise).last("").done();
            assertThat(rig.fields()).containsExactly("WWW-Authenticate: Bearer" + noise);
        }
    }

    private Case document() {
        StringBuilder before = new StringBuilder("{");
        for (int i = random.nextInt(4); i > 0; i--) {
            before.append(space())
                    .append(string())
                    .append(space())
                    .append(':')
                    .append(value(2))
                    .append(',');
        }
        before.append(space())
                .append("\"resource\"")
                .append(space())
                .append(':')
                .append(space());
        StringBuilder after = new StringBuilder("/m");
        after.append(string().substring(1));
        for (int i = random.nextInt(4); i > 0; i--) {
            after.append(',').append(space()).append(string()).append(':').append(value(2));
        }
        after.append('}').append(space());
        return Case.around(before.append('"').toString(), after.toString());
    }

    private String value(int depth) {
        return switch (random.nextInt(depth > 0 ? 6 : 4)) {
            case 0 -> string();
            case 1 -> "-1.50e3";
            case 2 -> space() + "true" + space();
            case 3 -> "null";
            case 4 -> "[" + value(depth - 1) + "," + value(depth - 1) + "]";
            default -> "{\"resource\":\"http://127.0.0.1:3001/x\"," + string() + ":" + value(depth - 1) + "}";
        };
    }

    private String string() {
        String[] parts = {
            "a", "\\\"", "\\\\", "\\u00e9", "\u00c3\u00a9", "{", "}", ":", ",", "http://127.0.0.1:3001/", " "
        };
        StringBuilder string = new StringBuilder("\"_");
        for (int i = random.nextInt(6); i > 0; i--) {
            string.append(parts[random.nextInt(parts.length)]);
        }
        return string.append('"').toString();
    }

    private String space() {
        return noise(" \t\r\n", random.nextInt(3));
    }

    private Case stream() {
        StringBuilder before = new StringBuilder(random.nextInt(4) == 0 ? "\u00ef\u00bb\u00bf" : "");
        for (int i = random.nextInt(4); i > 0; i--) {
            before.append(random.nextBoolean() ? ": event: endpoint" : "").append(end());
        }
        boolean endpoint = random.nextInt(4) > 0;
        for (int i = random.nextInt(3); i > 0; i--) {
            before.append("id: ").append(i).append(end());
        }
        before.append("event: ").append(endpoint ? "endpoint" : "message").append(end());
        before.append("data:").append(random.nextBoolean() ? " " : "");
        String after = "/m?s=" + random.nextInt() + end() + end() + end() + "event: endpoint" + end()
                + "data: http://127.0.0.1:3001/later" + end() + end();
        Case stream = Case.around(before.toString(), after);
        return endpoint ? stream : Case.same(stream.sent());
    }

    /** A line end after which a LF can follow without becoming its second half. */
    private String end() {
        return ENDS[random.nextInt(2)];
    }

    private void send(RewriteRig rig, String text) {
        List<String> pieces = pieces(text);
        String last = random.nextBoolean() ? pieces.remove(pieces.size() - 1) : "";
        rig.body(pieces.toArray(String[]::new)).last(last);
    }

    private List<String> pieces(String text) {
        List<String> pieces = new ArrayList<>();
        int longest = 1 + random.nextInt(1 + text.length());
        int from = 0;
        while (from < text.length() || pieces.isEmpty()) {
            int to = Math.min(text.length(), from + random.nextInt(1 + longest));
            pieces.add(text.substring(from, to));
            from = to;
        }
        return pieces;
    }

    private String noise(String alphabet, int length) {
        StringBuilder noise = new StringBuilder();
        for (int i = 0; i < length; i++) {
            noise.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return noise.toString();
    }
}
