package dev.mcpreel.replay.rig;

import dev.mcpreel.replay.agent.RunMeter;
import dev.mcpreel.replay.agent.Stage;
import dev.mcpreel.replay.transport.Loops;
import dev.mcpreel.replay.transport.TransportCounters;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A run that is going on, or is over. Thread-safe. */
public final class Run {
    private static final Logger LOG = LoggerFactory.getLogger(Run.class);
    private static final long SAMPLE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Stage stage;
    private final RigConfig config;
    private final Loops loops;
    private final List<LoopCrew> crews;
    private final StallWatch stalls;
    private final Sampler sampler;
    private final long originNanos;
    private final AtomicInteger crewsPlaying;
    private final CompletableFuture<RunResult> result = new CompletableFuture<>();
    private final ScheduledExecutorService control = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "replay-run");
        thread.setDaemon(true);
        return thread;
    });
    private volatile boolean stopping;
    private volatile @Nullable String stopReason;

    Run(Stage stage, RigConfig config, Loops loops, Machine machine, long originNanos) {
        this.stage = stage;
        this.config = config;
        this.loops = loops;
        this.originNanos = originNanos;
        this.crews = ReplayRig.spread(stage, loops, originNanos, this::crewDone);
        this.crewsPlaying = new AtomicInteger(crews.size());
        this.stalls = new StallWatch(loops.all(), stage.transport().nanoTime());
        this.sampler = new Sampler(
                machine,
                stalls,
                stage.meter(),
                stage.transport().counters(),
                stage.runTap(),
                stage.transport().nanoTime());
    }

    void begin() {
        Future<?> unused =
                control.scheduleAtFixedRate(guarded(sampler::sample), SAMPLE_NANOS, SAMPLE_NANOS, TimeUnit.NANOSECONDS);
        if (stage.plan().options().goesByDuration()) {
            long wait = originNanos + stage.plan().options().durationNanos() - nanoTime();
            Future<?> unusedEnd = control.schedule(guarded(this::windDown), wait, TimeUnit.NANOSECONDS);
        }
        crews.forEach(crew -> crew.execute(crew::arrive));
    }

    /** How it stands now. */
    public Progress progress() {
        RunMeter meter = stage.meter();
        return new Progress(
                stage.plan().agents().size(),
                meter.agentsStarted(),
                meter.agentsAlive(),
                meter.agentsFinished(),
                meter.calls(),
                sampler.callRate(),
                meter.callNanosAt(95),
                meter.errors(),
                meter.latenessNanosAt(99),
                meter.inFlight(),
                stage.transport().counters().openConnections(),
                nanoTime() - originNanos,
                stopping);
    }

    /**
     * Stops it before its plan is played: no step is sent any more, calls in flight have {@code --graceful-stop} to end
     * and are interrupted then. Asked a second time they are interrupted at once. Returns immediately.
     *
     * @param reason for people; the first one given is kept
     */
    public void stop(String reason) {
        try {
            control.execute(guarded(() -> {
                if (stopReason == null && !result.isDone()) {
                    stopReason = reason;
                }
                if (stopping) {
                    interrupt();
                } else {
                    windDown();
                }
            }));
        } catch (RejectedExecutionException e) {
            LOG.debug("the run was over before it could be stopped: {}", reason);
        }
    }

    public boolean isDone() {
        return result.isDone();
    }

    /** Waits for its end: the last agent's, or that of the graceful stop. */
    public RunResult await() throws InterruptedException {
        try {
            return result.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the run could not be summed up", e.getCause());
        }
    }

    private void windDown() {
        if (!stopping) {
            stopping = true;
            crews.forEach(crew -> crew.execute(crew::stop));
            Future<?> unused =
                    control.schedule(guarded(this::interrupt), config.gracefulStopNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void interrupt() {
        crews.forEach(crew -> crew.execute(crew::interrupt));
    }

    private void crewDone() {
        if (crewsPlaying.decrementAndGet() == 0) {
            control.execute(this::finish);
        }
    }

    private void finish() {
        try {
            sampler.sample();
            stalls.stop();
            long durationNanos = nanoTime() - originNanos;
            loops.close();
            result.complete(sumUp(durationNanos));
        } catch (RuntimeException e) {
            result.completeExceptionally(e);
        } finally {
            control.shutdownNow();
        }
    }

    private RunResult sumUp(long durationNanos) {
        RunMeter meter = stage.meter();
        TransportCounters counters = stage.transport().counters();
        Percentiles lateness = Percentiles.of(meter::latenessNanosAt);
        List<String> invalid = Validity.reasons(new Evidence(
                meter.due(),
                meter.sent(),
                lateness.p99(),
                stage.plan().summary().medianThinkNanos(),
                stalls.longestNanos(),
                counters.localErrors(),
                counters.firstLocalError(),
                stage.runTap().lostSteps(),
                meter.firstFault()));
        return new RunResult(
                stage.plan().agents().size(),
                meter.agentsStarted(),
                meter.iterations(),
                meter.due(),
                meter.sent(),
                meter.recorded(),
                meter.calls(),
                meter.sessionsLost(),
                meter.outcomes(),
                lateness,
                Percentiles.of(meter::callNanosAt),
                durationNanos,
                stalls.longestNanos(),
                counters.staleRetries(),
                counters.openedConnections(),
                invalid,
                stopReason);
    }

    private long nanoTime() {
        return stage.transport().nanoTime().getAsLong();
    }

    /** A task that fails must not end the sampling in silence. */
    private static Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.error("the run's control failed", e);
            }
        };
    }
}
