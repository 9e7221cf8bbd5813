package dev.mcpreel.captures.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.wire.RpcId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class IdSequenceTest {
    private final IdSequence ids = new IdSequence();

    @Test
    void isFollowedBy_nothingSeen_isFalse() {
        assertThat(ids.isFollowedBy(number(0))).isFalse();
        assertThat(ids.isFollowedBy(null)).isFalse();
    }

    @Test
    void isFollowedBy_nextNearAndMissed_isTrueUsedAndFar_isFalse() {
        ids.add(number(0));
        ids.add(number(1));
        ids.add(number(4));
        assertThat(ids.isNext(number(5))).isTrue();
        assertThat(ids.isNext(number(3))).isFalse();
        assertThat(ids.isFollowedBy(number(20))).isTrue();
        assertThat(ids.isFollowedBy(number(21))).isFalse();
        assertThat(ids.isFollowedBy(number(3))).isTrue();
        ids.add(number(3));
        assertThat(ids.isFollowedBy(number(3))).isFalse();
        assertThat(ids.isFollowedBy(number(1))).isFalse();
        assertThat(ids.isFollowedBy(number(0))).isFalse();
    }

    @Test
    void isFollowedBy_farAheadThenBack_forgetsWhatIsOutOfItsWindow() {
        ids.add(number(1));
        ids.add(number(500));
        assertThat(ids.isFollowedBy(number(499))).isTrue();
        assertThat(ids.isFollowedBy(number(436))).isFalse();
        ids.add(number(2));
        assertThat(ids.isNext(number(501))).isTrue();
    }

    @Test
    void isFollowedBy_anotherPrefixOrType_isFalse() {
        ids.add(new RpcId("1f2e3d4c-7", false));
        assertThat(ids.isNext(new RpcId("1f2e3d4c-8", false))).isTrue();
        assertThat(ids.isFollowedBy(new RpcId("ffffffff-8", false))).isFalse();
        assertThat(ids.isFollowedBy(number(8))).isFalse();
    }

    @Test
    void isFollowedBy_idsThatDoNotCount_isFalse() {
        ids.add(number(1));
        for (String text : new String[] {"2", "a1b2c3d4-e5f6-7890-abcd-ef1234567890", "", "x-2", "x".repeat(1 << 20)}) {
            assertThat(ids.isFollowedBy(new RpcId(text, false))).as(text).isFalse();
        }
        assertThat(ids.isFollowedBy(new RpcId("1.5", true))).isFalse();
        assertThat(ids.isFollowedBy(new RpcId("-2", true))).isFalse();
        assertThat(ids.isFollowedBy(new RpcId("9".repeat(40), true))).isFalse();
    }

    private static RpcId number(long value) {
        return new RpcId(Long.toString(value), true);
    }
}
