package dev.mcpreel.replay.plan;

import dev.mcpreel.captures.session.AgentSession;
import dev.mcpreel.captures.session.RequestTrace;
import dev.mcpreel.captures.wire.JsonRpcMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Makes the plan of a run from recorded sessions: pure, and the same for the same sessions, options and seed. */
public final class Planner {
    private static final int NAMES_SHOWN = 8;

    private Planner() {}

    /**
     * Plans a run.
     *
     * @param sessions of one capture, with their exchanges and messages kept
     * @param secrets what stands behind hashes of the capture
     * @throws PlanException when there is nothing to play, nothing of it may be played, or the options ask for what cannot
     *     be
     */
    public static Plan plan(List<AgentSession> sessions, PlanOptions options, Secrets secrets) {
        Plan plan = preview(sessions, options, secrets);
        checkPlays(plan);
        return plan;
    }

    /** Plans a run without any secret. */
    public static Plan plan(List<AgentSession> sessions, PlanOptions options) {
        return plan(sessions, options, Secrets.NONE);
    }

    /** As {@link #plan(List, PlanOptions, Secrets)}, but a plan that calls nothing is shown as well: nobody is going to play it. */
    public static Plan preview(List<AgentSession> sessions, PlanOptions options, Secrets secrets) {
        if (sessions.isEmpty()) {
            throw new PlanException("the capture has no agent session: record some traffic first");
        }
        Unmasking unmasking = new Unmasking(secrets);
        List<String> beginningUnknown = new ArrayList<>();
        List<Script> scripts = scripts(sessions, options.tools(), unmasking, beginningUnknown);
        List<Skipped> skipped = SkipCount.of(scripts, options.tools());
        check(scripts, beginningUnknown, options.tools());
        List<Pace> paces =
                scripts.stream().map(script -> Pace.of(script, options.speed())).toList();
        List<AgentStart> agents = new Arrivals(options, scripts).all();
        // Of the recorded messages: what is written down must not let anyone try out secrets.
        String digest = PlanDigest.of(options, scripts, agents);
        List<Script> live = scripts.stream().map(unmasking::live).toList();
        Forecast forecast = Simulation.run(options, scripts, paces, agents);
        PlanSummary summary = new PlanSummary(
                sessions.size(),
                beginningUnknown,
                sessions.stream()
                        .mapToLong(session -> session.requests().size())
                        .sum(),
                recordedCalls(sessions),
                agents.size(),
                forecast.iterations(),
                forecast.steps(),
                forecast.calls(),
                forecast.skippedSteps(),
                skipped,
                bindings(scripts),
                unmasking.lacking(),
                forecast.durationNanos(),
                forecast.peakStepsPerSecond(),
                Pace.divided(medianThinkNanos(scripts), options.speed()));
        return new Plan(options, live, paces, agents, summary, digest);
    }

    /** @param beginningUnknown gets the ids of the sessions left out */
    private static List<Script> scripts(
            List<AgentSession> sessions, ToolPolicy policy, Unmasking unmasking, List<String> beginningUnknown) {
        List<List<Sent>> read = sessions.stream().map(SessionReader::read).toList();
        Handshakes handshakes = new Handshakes(read);
        ToolHints all = sessions.stream().map(Planner::hints).reduce(ToolHints.NONE, ToolHints::and);
        long start = sessions.stream().mapToLong(AgentSession::startNanos).min().orElse(0);
        List<Script> scripts = new ArrayList<>();
        for (int i = 0; i < read.size(); i++) {
            AgentSession session = sessions.get(i);
            List<Sent> sent = handshakes.complete(read.get(i));
            if (sent == null) {
                beginningUnknown.add(session.id());
            } else if (!sent.isEmpty()) {
                ToolHints hints = hints(session).orElse(all);
                scripts.add(ScriptWriter.write(scripts.size(), session, start, sent, policy, hints, unmasking));
            }
        }
        return scripts;
    }

    /** What the session's own tools/list answers say; one list may come in pages. */
    private static ToolHints hints(AgentSession session) {
        ToolHints hints = ToolHints.NONE;
        for (RequestTrace trace : session.requests()) {
            JsonRpcMessage.Response answer = trace.answer();
            if (trace.method().equals("tools/list") && answer != null && !answer.isError()) {
                hints = hints.and(ToolHints.read(answer.result()));
            }
        }
        return hints;
    }

    private static void check(List<Script> scripts, List<String> beginningUnknown, ToolPolicy policy) {
        if (scripts.isEmpty() && !beginningUnknown.isEmpty()) {
            throw new PlanException(
                    "no session can be played: the capture lacks the initialize of every transport session;"
                            + " record from before the agents connect");
        }
        if (scripts.isEmpty()) {
            throw new PlanException("the capture has no message of an agent: record with bodies, or choose another");
        }
        Set<String> names = scripts.stream()
                .flatMap(script -> script.steps().stream())
                .map(Step::name)
                .collect(Collectors.toCollection(TreeSet::new));
        for (String name : policy.names()) {
            if (!names.contains(name)) {
                throw new PlanException(
                        "--tools names '" + name + "', which the capture never calls; it has " + shown(tools(scripts)));
            }
        }
    }

    private static void checkPlays(Plan plan) {
        List<Script> scripts = plan.scripts();
        List<Skipped> skipped = plan.summary().skipped();
        ToolPolicy policy = plan.options().tools();
        List<String> tools = tools(scripts);
        boolean plays = scripts.stream()
                .flatMap(script -> script.steps().stream())
                .anyMatch(step -> step.isCall() && step.played());
        if (!tools.isEmpty() && !plays) {
            List<String> reasons = skipped.stream()
                    .map(one -> one.name() + ": " + one.reason().words())
                    .toList();
            if (skipped.stream().anyMatch(one -> one.reason() == SkipReason.REDACTED)) {
                throw new PlanException("every call of the capture is left out (" + shown(reasons)
                        + "); see with --dry-run which values are needed, and give them with --secrets FILE");
            }
            ToolPolicy wider = policy.with(tools);
            throw new PlanException("--tools " + policy + " leaves out every call of the capture (" + shown(reasons)
                    + "); play them with --tools " + wider + " or --tools all");
        }
    }

    private static List<String> tools(List<Script> scripts) {
        return scripts.stream()
                .flatMap(script -> script.steps().stream())
                .filter(Step::isCall)
                .map(Step::name)
                .distinct()
                .sorted()
                .toList();
    }

    private static String shown(List<String> all) {
        String shown = all.stream().limit(NAMES_SHOWN).collect(Collectors.joining(", "));
        if (all.isEmpty()) {
            return "no calls";
        }
        return all.size() > NAMES_SHOWN ? shown + " and " + (all.size() - NAMES_SHOWN) + " more" : shown;
    }

    private static long recordedCalls(List<AgentSession> sessions) {
        return sessions.stream().mapToLong(session -> session.calls().size()).sum();
    }

    private static long bindings(List<Script> scripts) {
        return scripts.stream()
                .flatMap(script -> script.steps().stream())
                .filter(Step::played)
                .mapToLong(step -> step.bindings().size())
                .sum();
    }

    private static long medianThinkNanos(List<Script> scripts) {
        long[] thinks = scripts.stream()
                .flatMap(script -> script.steps().stream())
                .filter(step -> step.played() && !step.after().isEmpty())
                .mapToLong(Step::thinkNanos)
                .sorted()
                .toArray();
        return thinks.length == 0 ? 0 : thinks[thinks.length / 2];
    }
}
