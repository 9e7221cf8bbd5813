package dev.mcpreel.cli;

import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Tells how a long command is doing: one line rewritten in place on a terminal, plain lines every 10 s elsewhere,
 * nothing when quiet. The text is asked for on a thread of its own.
 */
final class ProgressLine {
    /** What is under way. */
    interface Work<T> {
        T get() throws InterruptedException;
    }

    private static final String ERASE_LINE = "\r\u001b[K";
    private static final long LIVE_PERIOD_MS = 500;
    private static final long PLAIN_PERIOD_MS = 10_000;

    private final Terminal terminal;
    private final Supplier<String> text;
    private final boolean quiet;
    private final ScheduledExecutorService ticker;

    private ProgressLine(Terminal terminal, Supplier<String> text, boolean quiet) {
        this.terminal = terminal;
        this.text = text;
        this.quiet = quiet;
        this.ticker = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "progress");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Tells the text again and again while the work goes on, and leaves the cursor at the start of an empty line. */
    static <T> T during(Terminal terminal, boolean quiet, Supplier<String> text, Work<T> work)
            throws InterruptedException {
        ProgressLine line = new ProgressLine(terminal, text, quiet);
        line.begin();
        try {
            return work.get();
        } finally {
            line.end();
        }
    }

    private void begin() {
        if (!quiet) {
            long period = terminal.live() ? LIVE_PERIOD_MS : PLAIN_PERIOD_MS;
            Future<?> unused = ticker.scheduleAtFixedRate(this::print, period, period, TimeUnit.MILLISECONDS);
        }
    }

    private void print() {
        String line = text.get();
        if (terminal.live()) {
            String cut = line.length() < terminal.width() ? line : line.substring(0, terminal.width() - 1);
            terminal.err().print(ERASE_LINE + cut);
            terminal.err().flush();
        } else {
            terminal.err().println(line);
        }
    }

    private void end() {
        ticker.shutdownNow();
        try {
            ticker.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!quiet && terminal.live()) {
            terminal.err().print(ERASE_LINE);
            terminal.err().flush();
        }
    }
}
