package dev.mcpreel.replay.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.testkit.CaptureScript;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class PlanDigestTest {
    private static final PlanOptions OPTIONS = PlanOptions.ofCopies(2).withTools(ToolPolicy.ALL);

    @Test
    void digest_ofTheSameInput_isTheSame() {
        assertThat(digest(OPTIONS)).isEqualTo(digest(OPTIONS)).matches("[0-9a-f]{64}");
    }

    /** Written down once: another machine, another JVM or another release must find the same. */
    @Test
    void digest_ofAKnownPlan_isKnown() {
        assertThat(digest(OPTIONS)).isEqualTo("267d9407cd778b1dbe117821b9fb9160a61f9973b3ce7014b456c9628f0fd2f7");
    }

    @Test
    void digest_ofOtherOptions_isAnother() {
        List<String> digests = List.of(
                digest(OPTIONS),
                digest(OPTIONS.withSeed(2)),
                digest(OPTIONS.withSpeed(2)),
                digest(OPTIONS.withTools(ToolPolicy.SAFE)),
                digest(OPTIONS.withCallTimeoutNanos(1)),
                digest(PlanOptions.ofCopies(3).withTools(ToolPolicy.ALL)),
                digest(PlanOptions.ofAgents(4, 1_000).withTools(ToolPolicy.ALL)));

        assertThat(digests).doesNotHaveDuplicates();
    }

    @Test
    void digest_ofAnotherMessage_isAnother() {
        assertThat(digest(call("{\"q\":\"a\"}"))).isNotEqualTo(digest(call("{\"q\":\"b\"}")));
    }

    private static CaptureScript call(String arguments) {
        CaptureScript capture = new CaptureScript();
        capture.agent("ann").initialize().call("read", arguments).json(1);
        return capture;
    }

    private static String digest(CaptureScript capture) {
        return Recorded.plan(capture, OPTIONS).digest();
    }

    private static String digest(PlanOptions options) {
        return Recorded.plan(PlannerTest.twoSessions(), options).digest();
    }
}
