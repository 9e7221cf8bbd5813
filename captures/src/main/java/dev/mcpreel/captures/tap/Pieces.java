package dev.mcpreel.captures.tap;

import dev.mcpreel.captures.exchange.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The bytes of a message under way, kept in the pieces they came in, so that a long one is copied once, when it is whole,
 * and one that came in a single piece never. Small pieces are gathered, because each costs an object. Paid for from a
 * budget. Confined to a recorder thread.
 */
final class Pieces {
    /** Below this a piece is copied to others like it. */
    private static final int SMALL_BYTES = 4 << 10;

    private static final int MOST_GATHERED_BYTES = 64 << 10;

    private final AssemblyBudget budget;
    private final List<Bytes> pieces = new ArrayList<>(1);
    private byte[] gathered = new byte[0];
    private int gatheredLength;
    private int length;
    private long paidBytes;

    Pieces(AssemblyBudget budget) {
        this.budget = budget;
    }

    /** False, and the piece is not taken, when the budget is used up. */
    boolean add(Bytes piece) {
        if (length > 0 && piece.length() < SMALL_BYTES) {
            return gather(piece);
        }
        if (!pay(piece.length())) {
            return false;
        }
        endGathering();
        pieces.add(piece);
        length += piece.length();
        return true;
    }

    int length() {
        return length;
    }

    /** All the bytes in order. */
    Bytes whole() {
        if (pieces.size() == 1 && gatheredLength == 0) {
            return pieces.get(0);
        }
        byte[] all = new byte[length];
        int at = 0;
        for (Bytes piece : pieces) {
            piece.copyTo(0, all, at, piece.length());
            at += piece.length();
        }
        System.arraycopy(gathered, 0, all, at, gatheredLength);
        return Bytes.owned(all);
    }

    /** Lets go of everything, and gives back what was paid. */
    void clear() {
        budget.giveBack(paidBytes);
        paidBytes = 0;
        pieces.clear();
        gathered = new byte[0];
        gatheredLength = 0;
        length = 0;
    }

    private boolean gather(Bytes piece) {
        int needed = gatheredLength + piece.length();
        if (needed > MOST_GATHERED_BYTES) {
            endGathering();
            needed = piece.length();
        }
        if (needed > gathered.length) {
            int roomy = Math.min(MOST_GATHERED_BYTES, Math.max(needed, 2 * gathered.length));
            if (!growTo(roomy) && !growTo(needed)) {
                return false;
            }
        }
        piece.copyTo(0, gathered, gatheredLength, piece.length());
        gatheredLength = needed;
        length += piece.length();
        return true;
    }

    private boolean growTo(int size) {
        if (!pay(size - gathered.length)) {
            return false;
        }
        gathered = Arrays.copyOf(gathered, size);
        return true;
    }

    private void endGathering() {
        if (gatheredLength > 0) {
            pieces.add(Bytes.copyOf(gathered, 0, gatheredLength));
            giveBack(gathered.length - gatheredLength);
            gathered = new byte[0];
            gatheredLength = 0;
        }
    }

    private boolean pay(int bytes) {
        if (!budget.take(bytes)) {
            return false;
        }
        paidBytes += bytes;
        return true;
    }

    private void giveBack(int bytes) {
        budget.giveBack(bytes);
        paidBytes -= bytes;
    }
}
