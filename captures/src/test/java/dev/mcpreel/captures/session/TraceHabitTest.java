package dev.mcpreel.captures.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class TraceHabitTest {
    private final TraceHabit habit = new TraceHabit();

    @Test
    void isOfAgents_tracesGoneOnWith_areConversations() {
        meet("a", "b", "a", "b", "a");
        assertThat(habit.isOfAgents()).isFalse();
        meet("b");
        assertThat(habit.isOfAgents()).isTrue();
    }

    @Test
    void isOfAgents_oneForEachRequest_areNot() {
        for (int i = 0; i < 1_000; i++) {
            meet("t" + i);
        }
        assertThat(habit.isOfAgents()).isFalse();
    }

    @Test
    void isOfAgents_oneForEachTurn_areNot() {
        for (int i = 0; i < 100; i++) {
            meet("t" + i, "t" + i, "t" + i);
        }
        assertThat(habit.isOfAgents()).isFalse();
    }

    @Test
    void isOfAgents_fewOfMany_areNot() {
        for (int i = 0; i < 100; i++) {
            meet("t" + i);
        }
        meet("t1", "t2", "t1", "t2", "t1");
        assertThat(habit.isOfAgents()).isFalse();
    }

    @Test
    void met_requestsWithoutTrace_changeNothing() {
        for (int i = 0; i < 10; i++) {
            habit.met(null);
            meet("a");
        }
        assertThat(habit.isOfAgents()).isFalse();
    }

    private void meet(String... traces) {
        for (String trace : traces) {
            habit.met(trace);
        }
    }
}
