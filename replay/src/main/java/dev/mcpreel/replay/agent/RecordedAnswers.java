package dev.mcpreel.replay.agent;

import dev.mcpreel.replay.plan.ServerAnswer;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hands out what the recorded agent answered the server, each answer once while there are any. Not thread-safe. */
final class RecordedAnswers {
    private final List<ServerAnswer> answers;
    private final BitSet used;

    RecordedAnswers(List<ServerAnswer> answers) {
        this.answers = answers;
        this.used = new BitSet(answers.size());
    }

    /**
     * The answer to give: the first unused one of the same step, or else of any step; when all are used, the last one of
     * the method again. Null when the recording has none.
     *
     * @param during the step whose stream carried the request, -1 for the standalone stream
     */
    @Nullable
    ServerAnswer next(String method, int during) {
        int chosen = -1;
        int last = -1;
        for (int i = 0; i < answers.size(); i++) {
            ServerAnswer answer = answers.get(i);
            if (!answer.method().equals(method)) {
                continue;
            }
            last = i;
            if (!used.get(i)
                    && (chosen < 0
                            || (answer.during() == during && answers.get(chosen).during() != during))) {
                chosen = i;
            }
        }
        if (chosen < 0) {
            chosen = last;
        }
        if (chosen < 0) {
            return null;
        }
        used.set(chosen);
        return answers.get(chosen);
    }
}
