package dev.mcpreel.captures.store;

import dev.mcpreel.captures.store.CaptureException.Category;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/** The thread {@code capture-writer}: it alone opens, uses and closes the log. */
final class WriterThread {
    /** Makes a log in a folder that does not exist; called on the writer thread. */
    interface SinkFactory {
        LogSink create(Path folder) throws Exception;
    }

    /** As {@link SinkFactory}, the folder being settled. */
    interface SinkOpener {
        LogSink open() throws Exception;
    }

    private final Thread thread;
    private final LogWriter writer;

    private WriterThread(Thread thread, LogWriter writer) {
        this.thread = thread;
        this.writer = writer;
    }

    /**
     * Returns once the first record is durable.
     *
     * @throws CaptureException when it cannot be made so
     */
    static WriterThread start(SinkOpener opener, Function<LogSink, LogWriter> writers) {
        CompletableFuture<LogWriter> begun = new CompletableFuture<>();
        Thread thread = new Thread(() -> work(opener, writers, begun), "capture-writer");
        thread.setDaemon(true);
        thread.start();
        try {
            return new WriterThread(thread, begun.join());
        } catch (CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof CaptureException known) {
                throw known;
            }
            throw new CaptureException(Category.FAILED, "the log cannot be opened: " + cause, cause);
        }
    }

    LogWriter writer() {
        return writer;
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

    private static void work(
            SinkOpener opener, Function<LogSink, LogWriter> writers, CompletableFuture<LogWriter> begun) {
        LogWriter writer;
        try {
            LogSink sink = opener.open();
            try {
                writer = writers.apply(sink);
                writer.begin();
            } catch (Throwable e) {
                sink.close();
                throw e;
            }
        } catch (Throwable e) {
            begun.completeExceptionally(e);
            return;
        }
        begun.complete(writer);
        writer.run();
    }
}
