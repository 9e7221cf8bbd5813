package dev.mcpreel.captures.tap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.exchange.Bytes;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PiecesTest {
    private final AssemblyBudget budget = new AssemblyBudget(16 << 20);
    private final Pieces pieces = new Pieces(budget);

    @Test
    void whole_onePiece_isThatPiece() {
        Bytes piece = Bytes.utf8("all of it");
        assertThat(pieces.add(piece)).isTrue();

        assertThat(pieces.whole()).isSameAs(piece);
    }

    @Test
    void whole_piecesOfAnySize_areInOrder() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] all = new byte[3 << 20];
        random.nextBytes(all);
        for (int at = 0; at < all.length; ) {
            int size = Math.min(all.length - at, 1 + random.nextInt(random.nextBoolean() ? 20 : 9000));
            assertThat(pieces.add(Bytes.copyOf(all, at, size))).isTrue();
            at += size;
            assertThat(pieces.length()).isEqualTo(at);
        }

        assertThat(pieces.whole().toByteArray()).as("seed " + seed).isEqualTo(all);
    }

    @Test
    void add_singleBytes_costLittleMoreThanThemselves() {
        Bytes one = Bytes.utf8("x");
        for (int i = 0; i < 1 << 20; i++) {
            assertThat(pieces.add(one)).isTrue();
        }

        assertThat(budget.usedBytes()).isBetween(1L << 20, (1L << 20) + (64 << 10));
    }

    @Test
    void add_budgetUsedUp_takesNothing() {
        assertThat(budget.take((16 << 20) - 5000)).isTrue();
        assertThat(pieces.add(Bytes.owned(new byte[4900]))).isTrue();
        assertThat(pieces.add(Bytes.owned(new byte[90]))).isTrue();
        assertThat(pieces.add(Bytes.owned(new byte[20]))).isFalse();
        assertThat(pieces.add(Bytes.owned(new byte[5000]))).isFalse();

        assertThat(pieces.length()).isEqualTo(4990);
    }

    @Test
    void clear_afterAnything_givesAllBack() {
        pieces.add(Bytes.owned(new byte[5000]));
        pieces.add(Bytes.owned(new byte[10]));
        pieces.add(Bytes.owned(new byte[70_000]));
        pieces.add(Bytes.owned(new byte[10]));
        pieces.clear();

        assertThat(budget.usedBytes()).isZero();
        assertThat(pieces.length()).isZero();
        assertThat(pieces.whole()).isEqualTo(Bytes.EMPTY);
    }
}
