package dev.mcpreel.replay.bind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class PatternsTest {
    @Test
    void learn_takesTheLeastContextThatIsUnique() {
        assertThat(learn("Created ticket tck-1a2b.", "tck-1a2b"))
                .contains(new Source.Pattern(false, "", "tck-", true, "", 64, ".", 0));
        assertThat(learn("id: 9f3c7a21, owner: bob", "9f3c7a21"))
                .contains(new Source.Pattern(false, ": ", "", true, "", 64, ", ", 0));
    }

    @Test
    void learn_amongItsLike_takesWholeContextAndCount() {
        String text = "tickets: tck-1a2b, tck-3c4d, tck-5e6f";
        Source.Pattern pattern = learn(text, "tck-3c4d").orElseThrow();

        assertThat(PatternMatcher.find(pattern, text)).isEqualTo("tck-3c4d");
    }

    @Test
    void learn_ofAHash_findsASecretOfAnyShape() {
        String mask = "redacted:6f1d2c3b4a5968778695a4b3";
        Source.Pattern pattern =
                learn("Your token is " + mask + "; keep it safe", mask).orElseThrow();

        assertThat(PatternMatcher.find(pattern, "Your token is tok_live-9A/b.c~d; keep it safe"))
                .isEqualTo("tok_live-9A/b.c~d");
    }

    @Test
    void learn_whereNothingSteadyStands_findsNothing() {
        assertThat(learn("88213 88214 88215", "88214")).isEmpty();
    }

    @Test
    void find_inHostileText_isLinear() {
        Source.Pattern pattern = new Source.Pattern(false, "a", "", true, "-", 64, "!", 0);
        String hostile = "-a".repeat(2_000_000);

        assertTimeout(
                Duration.ofSeconds(5),
                () -> assertThat(PatternMatcher.find(pattern, hostile)).isNull());
    }

    private static Optional<Source.Pattern> learn(String text, String value) {
        int at = text.indexOf(value);
        return Patterns.learn(text, at, at + value.length());
    }
}
