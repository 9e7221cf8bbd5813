package dev.mcpreel.replay.rig;

import dev.mcpreel.captures.tap.RunTap;
import dev.mcpreel.captures.tap.TrafficTap;
import dev.mcpreel.replay.agent.RunMeter;
import dev.mcpreel.replay.agent.Stage;
import dev.mcpreel.replay.plan.AgentStart;
import dev.mcpreel.replay.plan.Plan;
import dev.mcpreel.replay.transport.ConnectCheck;
import dev.mcpreel.replay.transport.Loops;
import dev.mcpreel.replay.transport.Target;
import dev.mcpreel.replay.transport.Transport;
import dev.mcpreel.replay.transport.TransportCounters;
import dev.mcpreel.replay.transport.TransportException;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Plays plans against a target. */
public final class ReplayRig {
    private static final int CONNECT_CHECK_MILLIS = 5_000;

    /** Between the start of the loops and the start of the run's clock, so that the first arrival finds them awake. */
    private static final long LEAD_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private ReplayRig() {}

    /**
     * Starts a run. Returns once the target took one connection, which carries nothing, and the clock is set; that takes
     * up to two seconds, because the code is rehearsed first on a server of its own.
     *
     * @param traffic watches every exchange of the agents, as a recorder would
     * @param run takes the step records and samples
     * @param nanoTime the one clock of the run and its capture: {@link System#nanoTime()} or one that runs with it
     * @throws RigException when the target cannot be reached, or the configuration cannot be; nothing was sent
     */
    public static Run start(Plan plan, RigConfig config, TrafficTap traffic, RunTap run, LongSupplier nanoTime) {
        return start(plan, config, traffic, run, nanoTime, Backstage.ofThisJvm());
    }

    static Run start(
            Plan plan, RigConfig config, TrafficTap traffic, RunTap run, LongSupplier nanoTime, Backstage backstage) {
        Target target = target(config);
        InetSocketAddress address = reach(config, target);
        Loops loops = Loops.start(config.loops());
        try {
            rehearse(new Rehearsal(loops, nanoTime, config.userAgent()), backstage);
            Transport transport = new Transport(
                    target, address, loops, traffic, nanoTime, config.userAgent(), new TransportCounters());
            Stage stage = Stage.of(plan, transport, run, new RunMeter());
            Run started = new Run(stage, config, loops, backstage.machine(), nanoTime.getAsLong() + LEAD_NANOS);
            started.begin();
            return started;
        } catch (RuntimeException e) {
            loops.close();
            throw e;
        }
    }

    /** Deals the agents out to the loops in turn. */
    static List<LoopCrew> spread(Stage stage, Loops loops, long originNanos, Runnable onDone) {
        List<EventLoop> all = loops.all();
        List<LoopCrew> crews = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            int loop = i;
            List<AgentStart> agents = stage.plan().agents().stream()
                    .filter(start -> start.agent() % all.size() == loop)
                    .toList();
            crews.add(new LoopCrew(stage, all.get(i), agents, originNanos, onDone));
        }
        return crews;
    }

    private static void rehearse(Rehearsal rehearsal, Backstage backstage) {
        try {
            rehearsal.play(backstage.rehearsalNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RigException(RigException.Category.FAILED, "the run was interrupted before it began", e);
        }
    }

    private static Target target(RigConfig config) {
        try {
            return Target.of(config.target());
        } catch (TransportException e) {
            throw new RigException(RigException.Category.INPUT, "--target: " + e.getMessage(), e);
        }
    }

    private static InetSocketAddress reach(RigConfig config, Target target) {
        try {
            return ConnectCheck.reach(target, CONNECT_CHECK_MILLIS);
        } catch (TransportException e) {
            throw new RigException(
                    RigException.Category.FAILED,
                    "--target " + config.target() + ": " + e.getMessage() + "; start the server, or correct the URL",
                    e);
        }
    }
}
