package dev.mcpreel.captures.store;

import dev.mcpreel.captures.store.CaptureException.Category;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The thread {@code capture-writer}: it alone opens, uses and closes the log. */
final class WriterThread {
    private final Thread thread;

    private WriterThread(Thread thread) {
        this.thread = thread;
    }

    /**
     * Returns once the first record is durable.
     *
     * @throws CaptureException when it cannot be made so
     */
    static WriterThread start(LogWriter writer) {
        CompletableFuture<Boolean> begun = new CompletableFuture<>();
        Thread thread = new Thread(() -> work(writer, begun), "capture-writer");
        thread.setDaemon(true);
        thread.start();
        try {
            begun.join();
            return new WriterThread(thread);
        } catch (CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof CaptureException known) {
                throw known;
            }
            throw new CaptureException(Category.FAILED, "the log cannot be opened: " + cause, cause);
        }
    }

    void join() {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void work(LogWriter writer, CompletableFuture<Boolean> begun) {
        try {
            writer.begin();
        } catch (Throwable e) {
            begun.completeExceptionally(e);
            return;
        }
        begun.complete(true);
        writer.run();
    }
}
