package dev.mcpreel.replay.plan;

import dev.mcpreel.captures.exchange.StepKind;
import dev.mcpreel.captures.session.AgentSession;
import dev.mcpreel.replay.bind.Binding;
import dev.mcpreel.replay.bind.BindingFinder;
import dev.mcpreel.replay.bind.Turn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Makes a recorded session playable: what follows what, which values are live, what is left out. */
final class ScriptWriter {
    private final ToolPolicy policy;
    private final ToolHints hints;
    private final List<Sent> sent;
    private final Unmasking unmasking;
    private final List<List<Binding>> bindings = new ArrayList<>();
    private final List<@Nullable SkipReason> skips = new ArrayList<>();

    private ScriptWriter(ToolPolicy policy, ToolHints hints, List<Sent> sent, Unmasking unmasking) {
        this.policy = policy;
        this.hints = hints;
        this.sent = sent;
        this.unmasking = unmasking;
    }

    static Script write(
            int index,
            AgentSession session,
            long captureStart,
            List<Sent> sent,
            ToolPolicy policy,
            ToolHints hints,
            Unmasking unmasking) {
        return new ScriptWriter(policy, hints, sent, unmasking).write(index, session, captureStart);
    }

    private Script write(int index, AgentSession session, long captureStart) {
        decide();
        Set<Integer> issuing = issuing();
        List<String> transports = sent.stream().map(Sent::transport).distinct().toList();
        Dependence dependence = new Dependence(sent);
        List<Step> steps = new ArrayList<>(sent.size());
        for (int i = 0; i < sent.size(); i++) {
            Sent one = sent.get(i);
            List<Integer> after = dependence.after(i);
            long from = after.stream()
                    .mapToLong(before -> sent.get(before).doneNanos())
                    .max()
                    .orElse(session.startNanos());
            steps.add(new Step(
                    i,
                    one.kind(),
                    one.method(),
                    one.tool(),
                    one.message(),
                    transports.indexOf(one.transport()),
                    after,
                    Math.max(0, one.startNanos() - from),
                    one.serviceNanos(),
                    one.answeringNanos(),
                    bindings.get(i),
                    issuing.contains(i),
                    skips.get(i)));
        }
        return new Script(
                index,
                session.id(),
                session.client(),
                session.revision(),
                session.transportSessionId() != null,
                session.startNanos() - captureStart,
                steps,
                ServerAnswers.read(session, sent),
                hints,
                CredentialReader.read(session, unmasking));
    }

    /** In order of start, so that every producer is decided before its consumers. */
    private void decide() {
        List<Turn> turns = new ArrayList<>();
        Map<Integer, Integer> turnOf = new HashMap<>();
        for (int i = 0; i < sent.size(); i++) {
            Sent one = sent.get(i);
            JsonNode message = one.message();
            if (one.kind() == StepKind.REQUEST && message != null) {
                turnOf.put(i, turns.size());
                turns.add(new Turn(i, one.method(), message, one.startNanos(), one.doneNanos(), one.result()));
            }
        }
        BindingFinder finder = new BindingFinder(turns);
        for (int i = 0; i < sent.size(); i++) {
            Integer turn = turnOf.get(i);
            List<Binding> found = turn == null ? List.of() : finder.find(turn, step -> skips.get(step) == null);
            SkipReason refused = refuses(sent.get(i));
            boolean unbound = found.stream().anyMatch(binding -> skips.get(binding.producer()) != null);
            bindings.add(found);
            skips.add(refused == null ? lacks(sent.get(i), found, unbound) : refused);
        }
    }

    /** What is missing of a step that may be played. */
    private @Nullable SkipReason lacks(Sent one, List<Binding> bound, boolean unbound) {
        JsonNode message = one.message();
        if (message != null && !unmasking.completes(one.name(), message, bound)) {
            return SkipReason.REDACTED;
        }
        return unbound ? SkipReason.UNBOUND : null;
    }

    private @Nullable SkipReason refuses(Sent one) {
        String tool = one.tool();
        return switch (one.kind()) {
            case STREAM, DELETE -> null;
            case REQUEST, NOTIFICATION -> {
                if (tool != null) {
                    yield policy.refuses(tool, hints.of(tool));
                }
                boolean harmless =
                        Methods.isKnown(one.method()) && !one.method().equals("tools/call");
                yield harmless || policy.all() || policy.names().contains(one.method())
                        ? null
                        : SkipReason.UNKNOWN_METHOD;
            }
        };
    }

    private Set<Integer> issuing() {
        Set<Integer> issuing = new HashSet<>();
        for (int i = 0; i < sent.size(); i++) {
            if (skips.get(i) == null) {
                bindings.get(i).forEach(binding -> issuing.add(binding.producer()));
            }
        }
        return issuing;
    }
}
