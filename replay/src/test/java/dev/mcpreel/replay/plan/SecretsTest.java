package dev.mcpreel.replay.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mcpreel.captures.exchange.Headers;
import dev.mcpreel.captures.testkit.CaptureScript;
import dev.mcpreel.captures.testkit.CollectedSessions;
import dev.mcpreel.captures.testkit.ScriptedAgent;
import dev.mcpreel.captures.wire.Json;
import dev.mcpreel.replay.bind.Binder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** What a plan does with values that the capture holds only as hashes. */
@Timeout(30)
class SecretsTest {
    private static final String KEY = mask('1');
    private static final String TOKEN = mask('2');
    private static final String ISSUED = mask('3');
    private static final PlanOptions ALL = PlanOptions.ofCopies(1).withTools(ToolPolicy.ALL);

    private final CaptureScript capture = new CaptureScript();
    private final ScriptedAgent agent = capture.agent("ann");

    @Test
    void argument_knownOnlyAsHash_leavesTheCallOutAndIsListed() {
        agent.initialize().call("open", arguments("key", KEY)).json(5);
        agent.call("read").json(5);
        Plan plan = plan(Secrets.NONE);

        assertThat(plan.summary().lacking())
                .containsExactly(new Lacking(KEY, Lacking.Place.MESSAGE, "open /params/arguments/key", 1));
        assertThat(plan.summary().skipped())
                .containsExactly(new Skipped("open", SkipReason.REDACTED, 1, "--secrets FILE"));
        assertThat(plan.summary().calls()).isEqualTo(1);
    }

    @Test
    void argument_givenItsValue_isSentInClear() {
        agent.initialize().call("open", arguments("key", "k=" + KEY + ";")).json(5);
        Plan plan = plan(Secrets.of(Map.of(KEY, "live \"key\"")));

        assertThat(plan.summary().lacking()).isEmpty();
        assertThat(argument(step(plan, "open").message(), "key")).isEqualTo("k=live \"key\";");
    }

    @Test
    void argument_boundToAnAnswer_needsNoSecret() {
        agent.initialize().call("open").json(5, content(ISSUED));
        agent.call("read", arguments("handle", ISSUED)).json(5);
        Plan plan = plan(Secrets.NONE);

        assertThat(plan.summary().lacking()).isEmpty();
        assertThat(plan.summary().bindings()).isEqualTo(1);
        assertThat(step(plan, "read").played()).isTrue();
    }

    @Test
    void argument_partBoundAndPartGiven_hasBoth() {
        agent.initialize().call("open").json(5, content(ISSUED));
        agent.call("read", arguments("url", "http://h/" + KEY + "/x?h=" + ISSUED))
                .json(5);
        Plan plan = plan(Secrets.of(Map.of(KEY, "longer than the hash that stood for it in the capture")));

        Step read = step(plan, "read");
        JsonNode live = Binder.apply(read.message(), read.bindings(), producer -> result("fresh-7f3a"))
                .message();
        assertThat(argument(live, "url"))
                .isEqualTo("http://h/longer than the hash that stood for it in the capture/x?h=fresh-7f3a");
    }

    @Test
    void nameOfAMember_knownOnlyAsHash_leavesTheCallOut_orIsSent() {
        agent.initialize().call("open").json(5, content(ISSUED));
        agent.call("read", "{\"by\":{\"" + KEY + "\":\"" + ISSUED + "\"},\"z\":1}")
                .json(5);
        Plan without = plan(Secrets.NONE);
        assertThat(without.summary().lacking())
                .containsExactly(new Lacking(KEY, Lacking.Place.MESSAGE, "read /params/arguments/by", 1));
        assertThat(without.summary().skipped())
                .containsExactly(new Skipped("read", SkipReason.REDACTED, 1, "--secrets FILE"));

        Step read = step(plan(Secrets.of(Map.of(KEY, "a/key"))), "read");
        JsonNode live = Binder.apply(read.message(), read.bindings(), producer -> result("fresh-7f3a"))
                .message();
        assertThat(live.at("/params/arguments")).hasToString("{\"by\":{\"a/key\":\"fresh-7f3a\"},\"z\":1}");
    }

    @Test
    void answerToTheServer_withANameKnownOnlyAsHash_becomesAnError() {
        agent.initialize()
                .call("ask")
                .serverRequest(2, "\"q\"", "elicitation/create")
                .json(5);
        agent.answer("\"q\"", "{\"content\":{\"" + KEY + "\":1}}");
        assertThat(plan(Secrets.NONE).summary().lacking())
                .containsExactly(new Lacking(KEY, Lacking.Place.ANSWER, "elicitation/create /content", 1));
        ServerAnswer told =
                plan(Secrets.of(Map.of(KEY, "pin"))).scripts().get(0).answers().get(0);
        assertThat(told.body()).hasToString("{\"content\":{\"pin\":1}}");
    }

    @Test
    void stepThatNeedsAnAnswerOfOneLeftOut_isLeftOutWithTheSameCure() {
        agent.initialize().call("open", arguments("key", KEY)).json(5, content("ticket-8f31a"));
        agent.call("read", arguments("ticket", "ticket-8f31a")).json(5);
        Plan plan = Planner.preview(CollectedSessions.of(capture).sessions(), ALL, Secrets.NONE);

        assertThat(plan.summary().skipped())
                .containsExactlyInAnyOrder(
                        new Skipped("open", SkipReason.REDACTED, 1, "--secrets FILE"),
                        new Skipped("read", SkipReason.UNBOUND, 1, "--secrets FILE"));
        assertThatExceptionOfType(PlanException.class)
                .isThrownBy(() -> plan(Secrets.NONE))
                .withMessage(
                        "every call of the capture is left out (open: needs a value the capture holds only as a hash, "
                                + "read: needs a value of a step left out); see with --dry-run which values are needed, and give "
                                + "them with --secrets FILE");
    }

    @Test
    void toolNotPlayedAnyway_asksForNothing() {
        agent.initialize().call("write", arguments("key", KEY)).json(5);
        Plan plan = Planner.preview(CollectedSessions.of(capture).sessions(), PlanOptions.ofCopies(1), Secrets.NONE);
        assertThat(plan.summary().lacking()).isEmpty();
    }

    @Test
    void credentials_ofTheHead_areListedOnceASession_orSent() {
        agent.token("Bearer " + TOKEN).initialize().call("read").json(5);
        capture.agent("bob").token("Bearer " + TOKEN).initialize().call("read").json(5);

        assertThat(plan(Secrets.NONE).summary().lacking())
                .containsExactly(new Lacking(TOKEN, Lacking.Place.HEADER, "Authorization", 2));
        assertThat(plan(Secrets.NONE).scripts().get(0).credentials().headers()).isEqualTo(Headers.EMPTY);
        assertThat(plan(Secrets.of(Map.of(TOKEN, "live")))
                        .scripts()
                        .get(0)
                        .credentials()
                        .headers())
                .isEqualTo(Headers.of("Authorization", "Bearer live"));
    }

    @Test
    void answerToTheServer_knownOnlyAsHash_becomesAnError() {
        agent.initialize()
                .call("ask")
                .serverRequest(2, "\"q\"", "elicitation/create")
                .json(5);
        agent.answer("\"q\"", "{\"content\":{\"password\":\"" + KEY + "\"}}");
        Plan plan = plan(Secrets.NONE);

        assertThat(plan.summary().lacking())
                .containsExactly(new Lacking(KEY, Lacking.Place.ANSWER, "elicitation/create /content/password", 1));
        ServerAnswer answer = plan.scripts().get(0).answers().get(0);
        assertThat(answer.error()).isTrue();
        assertThat(answer.body().path("code").intValue()).isEqualTo(-32603);
        ServerAnswer told =
                plan(Secrets.of(Map.of(KEY, "pw"))).scripts().get(0).answers().get(0);
        assertThat(told.error()).isFalse();
        assertThat(told.body().at("/content/password").stringValue()).isEqualTo("pw");
    }

    @Test
    void digest_ofAnotherSecret_isTheSame() {
        agent.initialize().call("open", arguments("key", KEY)).json(5);
        assertThat(plan(Secrets.of(Map.of(KEY, "1234"))).digest())
                .isEqualTo(plan(Secrets.of(Map.of(KEY, "4321"))).digest());
    }

    @Test
    void secrets_sayNothingOfTheirValues() {
        assertThat(Secrets.of(Map.of(KEY, "hush"))).hasToString("1 secrets");
        assertThatExceptionOfType(PlanException.class)
                .isThrownBy(() -> Secrets.of(Map.of("redacted:12", "hush")))
                .withMessageContaining("'redacted:12' is no hash of a capture");
    }

    private Plan plan(Secrets secrets) {
        return Planner.plan(CollectedSessions.of(capture).sessions(), ALL, secrets);
    }

    private static Step step(Plan plan, String name) {
        return Recorded.step(plan.scripts().get(0).steps(), name);
    }

    private static String argument(JsonNode message, String name) {
        return message.at("/params/arguments/" + name).stringValue();
    }

    private static String arguments(String name, String value) {
        return "{\"" + name + "\":\"" + value + "\"}";
    }

    private static String content(String handle) {
        return "{\"structuredContent\":{\"handle\":\"" + handle + "\"}}";
    }

    private static JsonNode result(String handle) {
        return Json.parse(content(handle)).orElseThrow();
    }

    private static String mask(char digit) {
        return "redacted:" + String.valueOf(digit).repeat(24);
    }
}
