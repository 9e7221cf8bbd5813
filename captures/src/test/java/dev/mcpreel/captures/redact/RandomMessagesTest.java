package dev.mcpreel.captures.redact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Random JSON-RPC messages with secrets planted in them. */
@Timeout(60)
class RandomMessagesTest {
    private static final List<String> SECRET_NAMES = List.of(
            "password", "api_key", "clientSecret", "Authorization", "requestState", "GITHUB_TOKEN", "x-api-key");
    private static final List<String> NAMES =
            List.of("name", "path", "n", "text", "content", "user id", "\u00fcber", "a/b", "");
    private static final List<String> TEXTS = List.of(
            "",
            "plain",
            "two\nlines",
            "\"quoted\"",
            "\u00e9\ud83d\ude00",
            "c:\\dir",
            "https://h/x?y=z",
            "a=b",
            "[1,2",
            "{}");

    @Test
    void body_randomMessages_keepTheirShapeAndLoseEverySecret() {
        for (int seed = 0; seed < 2000; seed++) {
            Random random = new Random(seed);
            List<String> planted = new ArrayList<>();
            ObjectNode message = Json.mapper().createObjectNode();
            message.put("jsonrpc", "2.0").put("id", random.nextInt(99)).put("method", "tools/call");
            message.set("params", object(random, 4, planted));
            String json = random.nextBoolean() ? message.toPrettyString() : message.toString();

            Redacting redacting = Redacting.standard();
            String redacted = redacting.body(json);

            JsonNode tree = Json.parse(redacted).orElseThrow();
            assertThat(shape(tree)).as("seed %d", seed).isEqualTo(shape(message));
            for (String secret : planted) {
                assertThat(redacted).as("seed %d: %s", seed, json).doesNotContain(secret);
            }
            assertThat(redacted.contains("redacted:")).isEqualTo(!planted.isEmpty());
            assertThat(redacting.body(redacted)).as("seed %d, again", seed).isEqualTo(redacted);
        }
    }

    private static ObjectNode object(Random random, int depth, List<String> planted) {
        ObjectNode object = Json.mapper().createObjectNode();
        int members = random.nextInt(5);
        for (int i = 0; i < members; i++) {
            if (random.nextInt(5) == 0) {
                String secret = "S3c-" + Long.toHexString(random.nextLong() | (1L << 60)) + "\"/\u00e9";
                planted.add(secret.substring(0, secret.length() - 3));
                object.put("x".repeat(i) + "_" + SECRET_NAMES.get(random.nextInt(SECRET_NAMES.size())), secret);
            } else {
                object.set(
                        NAMES.get(random.nextInt(NAMES.size())) + (i == 0 ? "" : i), value(random, depth - 1, planted));
            }
        }
        return object;
    }

    private static JsonNode value(Random random, int depth, List<String> planted) {
        JsonNodeFactory nodes = Json.mapper().getNodeFactory();
        return switch (random.nextInt(depth > 0 ? 8 : 5)) {
            case 0 -> nodes.booleanNode(random.nextBoolean());
            case 1 -> nodes.numberNode(random.nextLong());
            case 2 -> nodes.nullNode();
            case 3 -> nodes.stringNode("see " + again(random, planted) + ", please");
            case 4 -> nodes.stringNode(TEXTS.get(random.nextInt(TEXTS.size())));
            case 5 -> nodes.stringNode(object(random, depth, planted).toString());
            case 6 -> array(random, depth, planted);
            default -> object(random, depth, planted);
        };
    }

    /** Something secret once more, where no name says so. */
    private static String again(Random random, List<String> planted) {
        return planted.isEmpty() ? "" : planted.get(random.nextInt(planted.size())) + "\"/\u00e9";
    }

    private static ArrayNode array(Random random, int depth, List<String> planted) {
        ArrayNode array = Json.mapper().createArrayNode();
        for (int i = random.nextInt(4); i > 0; i--) {
            array.add(value(random, depth - 1, planted));
        }
        return array;
    }

    /** Names, kinds of values and lengths of arrays, also those in texts that are JSON. */
    private static String shape(JsonNode node) {
        StringBuilder shape = new StringBuilder();
        if (node.isObject()) {
            for (Map.Entry<String, JsonNode> member : node.properties()) {
                shape.append(member.getKey())
                        .append(':')
                        .append(shape(member.getValue()))
                        .append(',');
            }
            return "{" + shape + "}";
        }
        if (node.isArray()) {
            node.forEach(element -> shape.append(shape(element)).append(','));
            return "[" + shape + "]";
        }
        if (node.isString() && node.stringValue().startsWith("{")) {
            return "text "
                    + Json.parse(node.stringValue())
                            .map(RandomMessagesTest::shape)
                            .orElse("");
        }
        return node.isString() ? "string" : node.toString();
    }
}
