package dev.mcpreel.captures.redact;

import static dev.mcpreel.captures.redact.Redacting.mask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.wire.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** JSON in the middle of texts that are none. */
@Timeout(30)
class EmbeddedJsonTest {
    private final Redacting redacting = Redacting.standard();

    @Test
    void body_jsonInProse_isReadAsJson() {
        for (String text : List.of(
                "Result: {\"credentials\":{\"user\":true,\"key\":\"s3cret\"}}, done",
                "Here it is:\n```json\n{\n \"credentials\": [ \"s3cret\" ]\n}\n```\n",
                "Found 1:\n[{\"cookies\":[{\"value\":\"s3cret\"}]}]",
                "Result: {\"pass\\u0077ord\":\"s3cret\"}",
                "{not json} [nor this: {\"a\":[{\"credentials\":{\"key\":\"s3cret\"}}]}",
                "data: {\"credentials\":{\"key\":\"s3cret\"}}\n\n",
                "http://host/p?q={\"credentials\":{\"key\":\"s3cret\"}}")) {
            String string = "{\"result\":{\"text\":" + Json.mapper().writeValueAsString(text) + "}}";
            String redacted = redacting.body(string);

            assertThat(redacting.body(text)).isEqualTo(text.replace("s3cret", mask("s3cret")));
            assertThat(redacted).as(text).doesNotContain("s3cret").contains(mask("s3cret"));
            assertThat(Json.parse(redacted)).as(redacted).isPresent();
        }
    }

    @Test
    void body_jsonInProse_keepsWhatTextRulesFindInIt() {
        assertThat(redacting.body("map {\"Bearer abcdef123456\":[\"x\"]} [note, token=abc12345]"))
                .isEqualTo(
                        "map {\"Bearer " + mask("abcdef123456") + "\":[\"x\"]} [note, token=" + mask("abc12345") + "]");
    }

    @Test
    void body_numberInJsonInProse_leavesTheMessageValid() {
        String redacted = redacting.body("{\"text\":\"got {\\\"credentials\\\":{\\\"pin\\\":4711}}\"}");

        assertThat(redacted)
                .isEqualTo("{\"text\":\"got {\\\"credentials\\\":{\\\"pin\\\":\\\"" + mask("4711") + "\\\"}}\"}");
    }

    @Test
    void body_manyBracesThatAreNoJson_doNotHideJsonBehindThem() {
        String code = "if (x) { y[i + 1] = f({ z }); }\n".repeat(2000);

        assertThat(redacting.body(code + "{\"credentials\":{\"key\":\"s3cret\"}}"))
                .doesNotContain("s3cret");
    }
}
