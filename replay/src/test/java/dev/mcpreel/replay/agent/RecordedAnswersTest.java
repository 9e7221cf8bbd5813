package dev.mcpreel.replay.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.wire.Json;
import dev.mcpreel.replay.plan.ServerAnswer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class RecordedAnswersTest {
    private final ServerAnswer early = answer("sampling/createMessage", 3);
    private final ServerAnswer late = answer("sampling/createMessage", 5);
    private final ServerAnswer roots = answer("roots/list", -1);
    private final RecordedAnswers answers = new RecordedAnswers(List.of(early, late, roots));

    @Test
    void next_sameStep_isTakenBeforeAnEarlierOne() {
        assertThat(answers.next("sampling/createMessage", 5)).isSameAs(late);
        assertThat(answers.next("sampling/createMessage", 5)).isSameAs(early);
    }

    @Test
    void next_allUsed_givesTheLastAgain() {
        answers.next("sampling/createMessage", 3);
        answers.next("sampling/createMessage", 3);
        assertThat(answers.next("sampling/createMessage", 9)).isSameAs(late);
    }

    @Test
    void next_otherStream_isStillTheMethodsAnswer() {
        assertThat(answers.next("roots/list", 7)).isSameAs(roots);
    }

    @Test
    void next_neverAnswered_isNull() {
        assertThat(answers.next("elicitation/create", -1)).isNull();
    }

    private static ServerAnswer answer(String method, int during) {
        return new ServerAnswer(method, during, false, Json.mapper().createObjectNode(), 0);
    }
}
