package dev.mcpreel.captures.redact;

import java.io.Serial;

/** A message is so made that searching it would take too long or too much memory; nothing of it may be kept in clear. */
public final class OverBudgetException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    OverBudgetException() {
        super("searching the message for secrets takes too long", null, false, false);
    }
}
