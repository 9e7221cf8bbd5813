package dev.mcpreel.proxy.upstream;

import static dev.mcpreel.proxy.upstream.Rig.post;
import static dev.mcpreel.proxy.upstream.Rig.response;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.exchange.UpstreamChoice;
import dev.mcpreel.captures.exchange.UpstreamPick;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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

    /** The text of an id is not kept, so its length is not either: 2 GB of ids would not fit into the tests' heap. */
    @Test
    void hugeIds_costNoMoreThanShortOnes() {
        Rig rig = new Rig("session", 2);
        String huge = "x".repeat(10_240);
        for (int i = 0; i < 100_000; i++) {
            rig.serve(post(), response(200, huge + i));
        }
        UpstreamPick last = rig.serve(post(huge + 99_999));
        assertThat(last).isEqualTo(Rig.bound('b'));
        assertThat(rig.serve(post(huge + "?")).choice()).isEqualTo(UpstreamChoice.BALANCED);
    }
}
