package dev.mcpreel.replay.rig;

import dev.mcpreel.replay.agent.RunMeter;
import dev.mcpreel.replay.agent.Stage;
import dev.mcpreel.replay.plan.Plan;
import dev.mcpreel.replay.transport.Loops;
import dev.mcpreel.replay.transport.Target;
import dev.mcpreel.replay.transport.Transport;
import dev.mcpreel.replay.transport.TransportCounters;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plays made-up sessions against a server of this process before the run's clock starts, on the run's own loops, until
 * steps are sent in time. A Java program is slow the first time it does anything, and what the first agents would suffer
 * for it is no finding about the target. Nothing is recorded, nothing is sent to the target.
 */
final class Rehearsal {
    private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);
    private static final int AGENTS = 16;
    private static final long GOOD_ENOUGH_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final Loops loops;
    private final LongSupplier nanoTime;
    private final String userAgent;

    Rehearsal(Loops loops, LongSupplier nanoTime, String userAgent) {
        this.loops = loops;
        this.nanoTime = nanoTime;
        this.userAgent = userAgent;
    }

    /**
     * Plays until two rounds went well, but not for long. Blocks the caller; that it fails is no reason not to run.
     *
     * @param atMostNanos how long it may take, but for the end of a round
     * @return rounds played
     */
    int play(long atMostNanos) throws InterruptedException {
        if (atMostNanos <= 0) {
            return 0;
        }
        long begin = nanoTime.getAsLong();
        RehearsalServer listening = RehearsalServer.start(loops).orElse(null);
        if (listening == null) {
            return 0;
        }
        int rounds = 0;
        try (RehearsalServer server = listening) {
            Plan plan = RehearsalPlan.of(AGENTS);
            int good = 0;
            long left = atMostNanos;
            while (good < 2 && left > 0) {
                good = round(plan, server.address(), left) <= GOOD_ENOUGH_NANOS ? good + 1 : 0;
                rounds++;
                left = begin + atMostNanos - nanoTime.getAsLong();
            }
        }
        LOG.debug("rehearsed {} rounds in {} ms", rounds, (nanoTime.getAsLong() - begin) / 1_000_000);
        return rounds;
    }

    /** One round; its lateness at the 99th percentile. */
    private long round(Plan plan, InetSocketAddress address, long atMostNanos) throws InterruptedException {
        Target target = new Target(address.getHostString(), address.getPort(), "/", "rehearsal");
        Unrecorded nothing = new Unrecorded();
        Transport transport =
                new Transport(target, address, loops, nothing, nanoTime, userAgent, new TransportCounters());
        RunMeter meter = new RunMeter();
        Stage stage = Stage.of(plan, transport, nothing, meter);
        CountDownLatch done = new CountDownLatch(loops.all().size());
        List<LoopCrew> crews = ReplayRig.spread(stage, loops, nanoTime.getAsLong(), done::countDown);
        crews.forEach(crew -> crew.execute(crew::arrive));
        if (!done.await(atMostNanos, TimeUnit.NANOSECONDS)) {
            crews.forEach(crew -> crew.execute(crew::interrupt));
            boolean unused = done.await(1, TimeUnit.SECONDS);
        }
        return meter.latenessNanosAt(99);
    }
}
