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
    private static final int PLAIN_TICKS = 20;

    private final Terminal terminal;
    private final Supplier<String> text;
    private final Supplier<String> news;
    private final boolean quiet;
    private int ticks;
    private final ScheduledExecutorService ticker;

    private ProgressLine(Terminal terminal, Supplier<String> text, Supplier<String> news, boolean quiet) {
        this.terminal = terminal;
        this.text = text;
        this.news = news;
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
        return during(terminal, quiet, text, () -> "", work);
    }

    /** As before, and tells news at once, also when quiet. */
    static <T> T during(Terminal terminal, boolean quiet, Supplier<String> text, Supplier<String> news, Work<T> work)
            throws InterruptedException {
        ProgressLine line = new ProgressLine(terminal, text, news, quiet);
        line.begin();
        try {
            return work.get();
        } finally {
            line.end();
        }
    }

    private void begin() {
        Future<?> unused =
                ticker.scheduleAtFixedRate(this::tick, LIVE_PERIOD_MS, LIVE_PERIOD_MS, TimeUnit.MILLISECONDS);
    }

    private void tick() {
        String line = news.get();
        if (!line.isEmpty()) {
            terminal.err().println(terminal.live() ? ERASE_LINE + line : line);
        }
        ticks++;
        if (!quiet && (terminal.live() || ticks % PLAIN_TICKS == 0)) {
            print(text.get());
        }
    }

    private void print(String line) {
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
