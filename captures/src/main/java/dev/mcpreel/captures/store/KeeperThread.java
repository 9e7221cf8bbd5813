package dev.mcpreel.captures.store;

import java.util.concurrent.TimeUnit;

/**
 * The thread {@code capture-keeper}, which removes what is not to be kept: a file system may take long over a large file, and the
 * writer must not wait for it.
 */
final class KeeperThread {
    private static final long APART_MILLIS = TimeUnit.SECONDS.toMillis(10);
    /** While it waits for a reader to come to an end. */
    private static final long SOON_MILLIS = TimeUnit.SECONDS.toMillis(1);

    private final Keeper keeper;
    private final Rolling rolling;
    private final Thread thread;
    private volatile boolean stopping;

    /** Does nothing before {@link #start}. */
    KeeperThread(Keeper keeper, Rolling rolling) {
        this.keeper = keeper;
        this.rolling = rolling;
        this.thread = new Thread(this::run, "capture-keeper");
        thread.setDaemon(true);
    }

    /** There is a round at once, when a log was rolled, and now and then. */
    void start() {
        if (thread.getState() == Thread.State.NEW) {
            thread.start();
        }
    }

    /** Returns when nothing is being removed any more, and nothing will be. */
    void stop() {
        stopping = true;
        keeper.stop();
        rolling.wake();
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

    RetentionStatus status() {
        return keeper.status();
    }

    private void run() {
        while (!stopping) {
            boolean waiting = keeper.round();
            try {
                rolling.await(waiting ? SOON_MILLIS : APART_MILLIS);
            } catch (InterruptedException e) {
                // Nobody's to interrupt: it ends with its capture.
            }
        }
    }
}
