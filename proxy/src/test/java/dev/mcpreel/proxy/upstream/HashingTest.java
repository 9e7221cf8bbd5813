package dev.mcpreel.proxy.upstream;

import static dev.mcpreel.proxy.upstream.Rig.balanced;
import static dev.mcpreel.proxy.upstream.Rig.bound;
import static dev.mcpreel.proxy.upstream.Rig.name;
import static dev.mcpreel.proxy.upstream.Rig.post;
import static dev.mcpreel.proxy.upstream.Rig.rebound;
import static dev.mcpreel.proxy.upstream.Rig.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.exchange.UpstreamChoice;
import dev.mcpreel.captures.exchange.UpstreamPick;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class HashingTest {
    private static final List<Key> KEYS =
            IntStream.range(0, 10_000).mapToObj(i -> Key.of("user-" + i)).toList();

    private final Rig byIp = new Rig("client-ip", 3);
    private final Rig byHeader = new Rig("header:X-User", 3);

    @Test
    void keys_areSpreadEvenly() {
        List<Instance> instances = Fleet.of(Rig.named(4), 0).instances();
        Map<Instance, Long> counts = KEYS.stream()
                .collect(Collectors.groupingBy(key -> Rendezvous.first(key, instances), Collectors.counting()));
        assertThat(counts).hasSize(4);
        assertThat(counts.values()).allMatch(count -> count > 2300 && count < 2700);
    }

    @Test
    void oneMissing_movesOnlyItsKeys() {
        List<Instance> all = Fleet.of(Rig.named(4), 0).instances();
        List<Instance> without = List.of(all.get(0), all.get(1), all.get(3));
        long moved = KEYS.stream()
                .filter(key -> Rendezvous.first(key, all) != Rendezvous.first(key, without))
                .peek(key -> assertThat(Rendezvous.first(key, all)).isSameAs(all.get(2)))
                .count();
        assertThat(moved).isBetween(2300L, 2700L);
        Map<Instance, Long> heirs = KEYS.stream()
                .filter(key -> Rendezvous.first(key, all) == all.get(2))
                .collect(Collectors.groupingBy(key -> Rendezvous.first(key, without), Collectors.counting()));
        assertThat(heirs.values()).hasSize(3).allMatch(count -> count > moved / 4);
    }

    @Test
    void order_ofTheConfigurationDoesNotMatter() {
        List<Upstream> turned = new ArrayList<>(Rig.named(4));
        Collections.reverse(turned);
        List<Instance> one = Fleet.of(Rig.named(4), 0).instances();
        List<Instance> other = Fleet.of(turned, 0).instances();
        assertThat(KEYS)
                .allMatch(key -> Rendezvous.first(key, one)
                        .name()
                        .equals(Rendezvous.first(key, other).name()));
    }

    /** These placements may never change: after an update of the recorder clients must find their server again. */
    @Test
    void places_areTheSameInEveryVersion() {
        List<Instance> instances = Fleet.of(Rig.named(3), 0).instances();
        assertThat(IntStream.range(0, 12)
                        .mapToObj(i -> Rendezvous.first(KEYS.get(i), instances).name())
                        .map(name -> name.substring(7, 8)))
                .containsExactly("c", "b", "c", "b", "b", "a", "a", "c", "b", "a", "b", "c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.7", "2001:db8::7"})
    void client_alwaysComesToTheSame(String client) {
        UpstreamPick first = byIp.begin(post("s1"), client).pick();
        assertThat(first.choice()).isEqualTo(UpstreamChoice.BOUND);
        assertThat(byIp.begin(post("s2"), client).pick()).isEqualTo(first);
        assertThat(new Rig("client-ip", 3).begin(post(), client).pick()).isEqualTo(first);
    }

    @Test
    void client_mappedIntoIpv6_isTheSameClient() {
        assertThat(byIp.begin(post(), "::ffff:192.0.2.7").pick())
                .isEqualTo(byIp.begin(post(), "192.0.2.7").pick());
    }

    @Test
    void client_whoseAddressIsNotKnown_isBalanced() {
        assertThat(byIp.upstreams.assign(post(), null).pick()).isEqualTo(balanced('a'));
        assertThat(byIp.upstreams.assign(post(), null).pick()).isEqualTo(balanced('b'));
    }

    @Test
    void headerValue_bindsInAnyCaseOfTheName() {
        UpstreamPick first = byHeader.serve(with(post(), "X-User", "u"));
        assertThat(first.choice()).isEqualTo(UpstreamChoice.BOUND);
        assertThat(byHeader.serve(with(post(), "x-uSER", "u"))).isEqualTo(first);
    }

    @Test
    void header_absentOrEmpty_isBalanced() {
        assertThat(byHeader.serve(post())).isEqualTo(balanced('a'));
        assertThat(byHeader.serve(with(post(), "X-User", ""))).isEqualTo(balanced('b'));
    }

    @Test
    void homeDown_isReboundUntilItIsBack() {
        char home = letter(byHeader.serve(with(post(), "X-User", "u")));
        byHeader.probe.kill(name(home));
        UpstreamPick away = byHeader.serve(with(post(), "X-User", "u"));
        char refuge = letter(away);
        assertThat(away).isEqualTo(rebound(refuge, home));
        assertThat(refuge).isNotEqualTo(home);
        assertThat(byHeader.serve(with(post(), "X-User", "u"))).isEqualTo(away);
        assertThat(byHeader.status(home).rebinds()).isEqualTo(2);

        byHeader.probe.revive(name(home));
        byHeader.probe.advance(Duration.ofSeconds(1));
        assertThat(byHeader.serve(with(post(), "X-User", "u"))).isEqualTo(bound(home));
    }

    private static char letter(UpstreamPick pick) {
        return pick.instance().charAt(7);
    }
}
