package dev.mcpreel.proxy.upstream;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

/** Threads that do the same at once, as event loops do. */
final class Crew {
    private Crew() {}

    /** Returns when all are done; what one of them throws fails the test. */
    static void run(int threads, Runnable work) throws InterruptedException {
        CountDownLatch ready = new CountDownLatch(threads);
        Queue<Throwable> thrown = new ConcurrentLinkedQueue<>();
        List<Thread> crew = IntStream.range(0, threads)
                .mapToObj(i -> new Thread(() -> {
                    ready.countDown();
                    try {
                        ready.await();
                        work.run();
                    } catch (InterruptedException | RuntimeException | Error e) {
                        thrown.add(e);
                    }
                }))
                .toList();
        crew.forEach(Thread::start);
        for (Thread member : crew) {
            member.join();
        }
        if (!thrown.isEmpty()) {
            throw new AssertionError("a thread failed", thrown.peek());
        }
    }
}
