package dev.mcpreel.captures.redact;

import static dev.mcpreel.captures.redact.Redacting.mask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RedactionPolicyTest {
    private final RedactionPolicy standard = RedactionPolicy.standard();

    @Test
    void with_names_addToTheDefaults() {
        Redacting redacting =
                new Redacting(standard.with("Customer-Id").with("*_pin").with("progress.token"));

        assertThat(redacting.body(
                        "{\"customer_id\":\"abc\",\"cardPin\":\"12\",\"progressToken\":\"x\",\"token\":\"t\"}"))
                .isEqualTo("{\"customer_id\":\"" + mask("abc") + "\",\"cardPin\":\"" + mask("12")
                        + "\",\"progressToken\":\"" + mask("x") + "\",\"token\":\"" + mask("t") + "\"}");
        assertThat(redacting.header("X-Customer-Id", "abc")).isEqualTo("abc");
        assertThat(redacting.header("Customer-Id", "abc")).isEqualTo(mask("abc"));
        assertThat(redacting.redaction.target("/?customerId=abc")).isEqualTo("/?customerId=" + mask("abc"));
    }

    @Test
    void without_names_leavesThemInClear() {
        Redacting redacting = new Redacting(
                standard.without("Mcp-Session-Id").without("*password").without("code"));

        assertThat(redacting.header("Mcp-Session-Id", "abc")).isEqualTo("abc");
        assertThat(redacting.header("X-Session-Id", "abc")).isEqualTo(mask("abc"));
        assertThat(redacting.body("{\"password\":\"abc\",\"otp\":\"abc\"}"))
                .isEqualTo("{\"password\":\"abc\",\"otp\":\"" + mask("abc") + "\"}");
        assertThat(redacting.redaction.target("/?code=abc")).isEqualTo("/?code=abc");
    }

    @Test
    void withAndWithout_badRules_saySoInOneLine() {
        for (String bad : List.of("", " ", "*", "a*b", "/a~2", "regex:", "regex:(", "**x")) {
            assertThatThrownBy(() -> standard.with(bad))
                    .as("rule '%s'", bad)
                    .isInstanceOf(IllegalArgumentException.class)
                    .message()
                    .doesNotContain("\n")
                    .isNotBlank();
        }
        assertThatThrownBy(() -> standard.without("colour"))
                .hasMessageStartingWith("colour: no such rule; there are ")
                .hasMessageContaining("*password")
                .hasMessageContaining("path-token")
                .hasMessageContaining("code");
        assertThatThrownBy(() -> standard.without("*colour")).hasMessageStartingWith("*colour: no such rule");
    }

    @Test
    void describe_saysWhatWasChangedAndWhoseKeyItIs() {
        RedactionPolicy policy = standard.with("/params/x").without("jwt");
        byte[] key = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

        assertThat(new Redaction(policy, SecretHash.random()).describe())
                .containsExactly(
                        "defaults: version 1, see docs/REDACTION.md",
                        "added: /params/x",
                        "off: jwt",
                        "key: random, of this run only");
        assertThat(new Redaction(policy, SecretHash.of(key)).describe())
                .last()
                .asString()
                .matches("key: given, number [0-9a-f]{8}")
                .isEqualTo(SecretHash.of(key).fork().describe());
    }

    @Test
    void withThoseOf_takesOverWhatWasAdded_andNoExpression() {
        List<String> told =
                standard.with("customer").with("regex:hush-\\d+").without("jwt").describe();
        RedactionPolicy policy = standard.withThoseOf(told);

        assertThat(told).noneMatch(word -> word.contains("hush"));
        assertThat(policy.rule("customer")).isEqualTo("customer");
        assertThat(policy.describe()).endsWith("added: customer").doesNotContain("off: jwt");
        assertThat(policy.withThoseOf(told).describe()).isEqualTo(policy.describe());
        assertThat(RedactionPolicy.expressions(told)).isEqualTo(1);
    }

    @Test
    void withThoseOf_wordsOfAForeignManifest_takesNoExpressionAndNothingDamaged() {
        List<String> foreign =
                List.of("added: regex:(a+)+b", "added: **", "added: ", "added: regex:(", "added: ok_name");
        assertThat(standard.withThoseOf(foreign).patterns()).isEmpty();
        assertThat(standard.withThoseOf(foreign).describe())
                .containsExactly(standard.describe().get(0), "added: ok_name");
    }

    @Test
    void without_known_looksForNothingElsewhere() {
        Redacting redacting = new Redacting(standard.without("known"));

        assertThat(redacting.body("{\"a\":\"hunter-22\",\"password\":\"hunter-22\"}"))
                .isEqualTo("{\"a\":\"hunter-22\",\"password\":\"" + mask("hunter-22") + "\"}");
    }

    @Test
    void with_regex_replacesItsGroupOrAllOfIt() {
        Redacting redacting = new Redacting(standard.with("regex:acct-(\\d+)").with("regex:\u00fc+x"));

        assertThat(redacting.body("{\"a\":\"\u00e4 acct-77, \u00fc\u00fcx\",\"n\":5}"))
                .isEqualTo("{\"a\":\"\u00e4 acct-" + mask("77") + ", " + mask("\u00fc\u00fcx") + "\",\"n\":5}");
        assertThat(redacting.header("X-A", "acct-77")).isEqualTo("acct-" + mask("77"));
        assertThat(new Redacting(standard.with("regex:^\\d{5}$")).body("{\"n\":12345,\"m\":123456}"))
                .isEqualTo("{\"n\":\"" + mask("12345") + "\",\"m\":123456}");
    }

    @Test
    void with_regexThatNeverEnds_keepsNothingInClear() {
        Redacting redacting = new Redacting(standard.with("regex:(a+)+b").with("regex:(x|y)*z"));
        String hostile = "a".repeat(5000);
        String deep = "xy".repeat(100_000);

        assertThatThrownBy(() -> redacting.body(hostile)).isInstanceOf(OverBudgetException.class);
        assertThatThrownBy(() -> redacting.body(deep)).isInstanceOf(OverBudgetException.class);
        assertThat(redacting.header("X-A", hostile)).isEqualTo(mask(hostile));
    }

    @Test
    void hash_shortKey_isRefused() {
        assertThatThrownBy(() -> SecretHash.of(new byte[15])).isInstanceOf(IllegalArgumentException.class);
    }
}
