package dev.mcpreel.captures.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.RequestHead;
import dev.mcpreel.captures.testkit.sim.Found;
import dev.mcpreel.captures.testkit.sim.Habit;
import dev.mcpreel.captures.testkit.sim.Habits;
import dev.mcpreel.captures.testkit.sim.Losses;
import dev.mcpreel.captures.testkit.sim.Pairs;
import dev.mcpreel.captures.testkit.sim.TrueCall;
import dev.mcpreel.captures.testkit.sim.TrueRequest;
import dev.mcpreel.captures.testkit.sim.TrueShape;
import dev.mcpreel.captures.testkit.sim.World;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Traffic whose truth is known, read by the model. {@code -Dmcpreel.seeds=N} makes N worlds of each kind. */
@Timeout(3_600)
class SimulatedTruthTest {
    private static final int SEEDS = Integer.getInteger("mcpreel.seeds", 3);
    private static final int FIRST = Integer.getInteger("mcpreel.seed", 1);
    private static final int AGENTS = 6;

    static final List<Habit> HABITS = Habits.all();

    /** Habits whose keys tell agents apart without a doubt. */
    static Stream<Habit> certain() {
        return Stream.of(Habits.OWN_SESSION, Habits.WANDERING, Habits.LEGACY_SSE, Habits.NAMELESS, Habits.PREFIXED);
    }

    @ParameterizedTest
    @FieldSource("HABITS")
    void accept_anyHabit_findsEveryRequestAndCallAsItWas(Habit habit) {
        for (int seed = FIRST; seed < FIRST + SEEDS; seed++) {
            World world = world(seed, habit);
            List<CaptureEvent> events = world.events();
            Found found = Found.in(events, SessionOptions.defaults());
            assertThat(found.exchanges())
                    .as("exchanges, seed %s", seed)
                    .containsExactlyInAnyOrderElementsOf(heads(events));
            assertSame("requests, seed " + seed, requests(world.truth().requests()), requests(found.requests()));
            Set<String> apart = apart(world.truth().calls(), found.assigned());
            assertThat(apart.size())
                    .as("legs told apart, seed %s", seed)
                    .isLessThan(3 + world.truth().calls().size() / 10);
            assertSame(
                    "calls, seed " + seed,
                    calls(without(apart, world.truth().calls())),
                    calls(without(apart, found.calls())));
            assertThat(found.ordered())
                    .as("told in order, seed %s", seed)
                    .containsExactlyInAnyOrderElementsOf(
                            found.requests().stream().map(TrueRequest::key).toList());
        }
    }

    @ParameterizedTest
    @MethodSource("certain")
    void accept_habitWithACertainKey_findsEveryPieceOfWork(Habit habit) {
        for (int seed = FIRST; seed < FIRST + SEEDS; seed++) {
            World world = world(seed, habit);
            Found found = Found.in(world.events(), SessionOptions.defaults());
            assertThat(Pairs.of(world.truth().owners(), found.assigned()))
                    .as("exchanges in sessions, seed %s", seed)
                    .isEqualTo(new Pairs(1, 1));
            assertThat(found.sessions())
                    .as("sessions, seed %s", seed)
                    .hasSize(new HashSet<>(world.truth().owners().values()).size());
            Map<String, String> sessionOf = new HashMap<>();
            world.truth()
                    .owners()
                    .forEach((exchange, piece) ->
                            sessionOf.put(piece, found.assigned().get(exchange)));
            Set<String> further = world.truth().calls().stream()
                    .flatMap(call -> call.legs().stream().skip(1))
                    .collect(Collectors.toSet());
            for (Map.Entry<String, String> each : sessionOf.entrySet()) {
                List<TrueRequest> own = world.truth().requests().stream()
                        .filter(request -> request.agent().equals(each.getKey()))
                        .toList();
                assertThat(shape(found, each.getValue()))
                        .as("shape of %s, seed %s", each.getKey(), seed)
                        .isEqualTo(TrueShape.of(own, further, SessionShape.DEFAULT_BURST_NANOS));
            }
        }
    }

    @ParameterizedTest
    @FieldSource("HABITS")
    void accept_recordsLost_inventsNothing(Habit habit) {
        for (int seed = FIRST; seed < FIRST + SEEDS; seed++) {
            World world = world(seed, habit);
            List<CaptureEvent> events = Losses.of(world.events(), 0.03, new Random(seed));
            Found found = Found.in(events, SessionOptions.defaults());
            Map<String, TrueCall> calls = new HashMap<>();
            world.truth().calls().forEach(call -> call.legs().forEach(leg -> calls.put(leg, call)));
            Set<String> seen = new HashSet<>();
            for (TrueCall call : found.calls()) {
                String where = "seed " + seed + ", " + call;
                TrueCall truth = calls.get(call.legs().get(0));
                assertThat(truth).as(where).isNotNull();
                assertThat(truth.legs()).as(where).containsAll(call.legs());
                assertThat(call.tool()).as(where).isEqualTo(truth.tool());
                assertThat(call.startNanos()).as(where).isGreaterThanOrEqualTo(truth.startNanos());
                assertThat(call.legs().stream().allMatch(seen::add)).as(where).isTrue();
            }
            Set<String> requests = new HashSet<>();
            world.truth().requests().forEach(request -> requests.add(request.key()));
            assertThat(found.requests()).as("seed %s", seed).allMatch(request -> requests.remove(request.key()));
        }
    }

    /** The legs of calls whose exchanges were put into several sessions, as happens where nothing tells agents apart. */
    private static Set<String> apart(List<TrueCall> calls, Map<Long, String> assigned) {
        Set<String> apart = new HashSet<>();
        for (TrueCall call : calls) {
            Set<String> sessions = new HashSet<>();
            call.legs().forEach(leg -> sessions.add(assigned.get(Long.valueOf(leg.substring(0, leg.indexOf(':'))))));
            if (sessions.size() > 1) {
                apart.addAll(call.legs());
            }
        }
        return apart;
    }

    private static List<TrueCall> without(Set<String> apart, List<TrueCall> calls) {
        return calls.stream()
                .filter(call -> !apart.contains(call.legs().get(0)))
                .toList();
    }

    private static World world(int seed, Habit habit) {
        return new World(seed, seed % 2 == 0).with(habit, AGENTS).run();
    }

    private static List<Long> heads(List<CaptureEvent> events) {
        List<Long> ids = new ArrayList<>();
        for (CaptureEvent event : events) {
            if (event instanceof RequestHead head) {
                ids.add(head.exchangeId());
            }
        }
        return ids;
    }

    private static TrueShape shape(Found found, String sessionId) {
        SessionShape shape = found.sessions().stream()
                .filter(session -> session.id().equals(sessionId))
                .findFirst()
                .orElseThrow()
                .shape();
        return new TrueShape(
                Found.values(shape.idleGaps()),
                Found.values(shape.thinkTimes()),
                Found.values(shape.burstSizes()),
                Found.values(shape.burstParallelism()),
                shape.parallelism());
    }

    private static List<String> requests(List<TrueRequest> requests) {
        return requests.stream()
                .map(each -> new TrueRequest(
                                each.key(),
                                "",
                                each.method(),
                                each.startNanos(),
                                each.doneNanos(),
                                each.progress(),
                                each.outcome(),
                                each.code())
                        .toString())
                .sorted()
                .toList();
    }

    private static List<String> calls(List<TrueCall> calls) {
        return calls.stream()
                .sorted(Comparator.comparing(call -> call.legs().get(0)))
                .map(each -> new TrueCall(
                                "",
                                each.tool(),
                                each.legs(),
                                each.startNanos(),
                                each.doneNanos(),
                                each.answeringNanos(),
                                each.outcome(),
                                each.code())
                        .toString())
                .toList();
    }

    private static void assertSame(String what, List<String> truth, List<String> found) {
        List<String> missed = new ArrayList<>(truth);
        found.forEach(missed::remove);
        List<String> invented = new ArrayList<>(found);
        truth.forEach(invented::remove);
        assertThat(invented.size() + missed.size())
                .as("%s: missed %s%nfound instead %s", what, first(missed), first(invented))
                .isZero();
    }

    private static List<String> first(List<String> all) {
        return all.subList(0, Math.min(3, all.size()));
    }
}
