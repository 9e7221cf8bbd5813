package dev.mcpreel.proxy.upstream;

import static dev.mcpreel.proxy.upstream.Rig.post;
import static dev.mcpreel.proxy.upstream.Rig.response;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.exchange.UpstreamChoice;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SessionTableTest {
    private static final int CAPACITY = 640;

    private final SessionTable table = new SessionTable(CAPACITY);
    private final List<Instance> instances = Fleet.of(Rig.named(2), 0).instances();
    private final Instance a = instances.get(0);
    private final Instance b = instances.get(1);

    @Test
    void size_isBounded() {
        IntStream.range(0, 100_000).forEach(i -> table.put(Key.of("s" + i), a));
        assertThat(table.size()).isEqualTo(CAPACITY);
    }

    @Test
    void sessionInUse_isNeverForgotten() {
        Key used = Key.of("used");
        Key idle = Key.of("idle");
        table.put(used, b);
        table.put(idle, b);
        for (int i = 0; i < 100_000; i++) {
            table.put(Key.of("s" + i), a);
            assertThat(table.get(used)).isSameAs(b);
        }
        assertThat(table.get(idle)).isNull();
    }

    @Test
    void bind_fromWhereItIsNot_changesNothing() {
        Key key = Key.of("s");
        assertThat(table.bind(key, null, a)).isNull();
        assertThat(table.bind(key, b, b)).isSameAs(a);
        assertThat(table.bind(key, null, b)).isSameAs(a);
        assertThat(table.get(key)).isSameAs(a);
        assertThat(table.bind(key, a, b)).isSameAs(a);
        assertThat(table.get(key)).isSameAs(b);
    }

    @Test
    void remove_ofABindingThatMoved_changesNothing() {
        Key key = Key.of("s");
        table.put(key, a);
        table.remove(key, b);
        assertThat(table.get(key)).isSameAs(a);
        table.remove(key, a);
        assertThat(table.get(key)).isNull();
    }

    @Test
    void manyLoops_neverExceedTheBound_andAgreeOnEachMove() throws InterruptedException {
        Key shared = Key.of("shared");
        table.put(shared, a);
        AtomicInteger thread = new AtomicInteger();
        AtomicInteger moves = new AtomicInteger();
        Crew.run(6, () -> {
            int own = thread.getAndIncrement();
            for (int i = 0; i < 20_000; i++) {
                table.put(Key.of(own + " " + i), a);
                moves.addAndGet(table.bind(shared, a, b) == a ? 1 : 0);
                moves.addAndGet(table.bind(shared, b, a) == b ? -1 : 0);
                assertThat(table.size()).isLessThanOrEqualTo(CAPACITY);
            }
        });
        assertThat(moves.get()).isEqualTo(table.get(shared) == b ? 1 : 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "\u00ff", "../../etc/passwd", "a,b", "\"a\""})
    void strangeIds_areIdsLikeOthers(String id) {
        Rig rig = new Rig("session", 2);
        for (String each : List.of(id, id + "x".repeat(10_240), id + "y".repeat(10_240))) {
            char at = rig.serve(post(), response(200, each)).instance().charAt(7);
            assertThat(rig.serve(post(each))).isEqualTo(Rig.bound(at));
        }
        assertThat(rig.serve(post(id + "x".repeat(10_241))).choice()).isEqualTo(UpstreamChoice.BALANCED);
    }

    /** Whoever sends ids of 10 KiB does not fill the memory with them: no text is kept. */
    @Test
    void key_costsTheSameForEveryId() {
        assertThat(Key.class.getRecordComponents())
                .extracting(component -> (Object) component.getType())
                .containsExactly(long.class, long.class);
    }
}
