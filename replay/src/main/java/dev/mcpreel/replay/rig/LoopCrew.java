package dev.mcpreel.replay.rig;

import dev.mcpreel.replay.agent.Agent;
import dev.mcpreel.replay.agent.Stage;
import dev.mcpreel.replay.plan.AgentStart;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The agents of one event loop: lets each arrive in its time, and in a run by duration begin again until that is over.
 * Confined to its loop, but for {@link #execute}. An agent that has not arrived costs nothing but its place in the list.
 */
final class LoopCrew {
    private final Stage stage;
    private final EventLoop loop;
    private final List<AgentStart> arrivals;
    private final long originNanos;
    private final Runnable onDone;
    private final Set<Agent> playing = new LinkedHashSet<>();
    private int next;
    private int between;
    private boolean stopping;
    private boolean done;

    /**
     * Takes its agents in the order they arrive.
     *
     * @param originNanos when the run's clock starts
     * @param onDone told once, on the loop, when no agent will play any more
     */
    LoopCrew(Stage stage, EventLoop loop, List<AgentStart> agents, long originNanos, Runnable onDone) {
        this.stage = stage;
        this.loop = loop;
        this.arrivals = agents.stream()
                .sorted(Comparator.comparingLong(AgentStart::arrivalNanos))
                .toList();
        this.originNanos = originNanos;
        this.onDone = onDone;
    }

    /** Runs something of this crew on its loop. */
    void execute(Runnable task) {
        loop.execute(task);
    }

    /** Lets everybody arrive whose time has come, and waits for the next. */
    void arrive() {
        while (!stopping && next < arrivals.size()) {
            AgentStart start = arrivals.get(next);
            long arrival = originNanos + start.arrivalNanos();
            long wait = arrival - nanoTime();
            if (wait > 0) {
                Future<?> unused = loop.schedule(this::arrive, wait, TimeUnit.NANOSECONDS);
                return;
            }
            next++;
            stage.meter().agentStarted();
            play(start, 0, arrival);
        }
        doneWhenNobodyPlays();
    }

    /** No step is sent any more. */
    void stop() {
        stopping = true;
        List.copyOf(playing).forEach(Agent::stop);
        doneWhenNobodyPlays();
    }

    /** Nobody plays any more. */
    void interrupt() {
        stopping = true;
        List.copyOf(playing).forEach(Agent::interrupt);
        doneWhenNobodyPlays();
    }

    private void play(AgentStart start, int iteration, long arrivalNanos) {
        int script = iteration == 0 ? start.script() : stage.plan().scriptFor(start.agent(), iteration);
        Agent agent = new Agent(stage, loop, start.agent(), script, ended -> ended(ended, start, iteration));
        playing.add(agent);
        agent.start(arrivalNanos);
    }

    private void ended(Agent agent, AgentStart start, int iteration) {
        playing.remove(agent);
        long again = agent.nextArrivalNanos();
        boolean repeats = !stopping
                && stage.plan().options().goesByDuration()
                && again - originNanos < stage.plan().options().durationNanos();
        if (!repeats) {
            stage.meter().agentFinished();
            doneWhenNobodyPlays();
            return;
        }
        between++;
        long wait = Math.max(0, again - nanoTime());
        Future<?> unused = loop.schedule(() -> playAgain(start, iteration + 1, again), wait, TimeUnit.NANOSECONDS);
    }

    private void playAgain(AgentStart start, int iteration, long arrivalNanos) {
        between--;
        if (stopping) {
            stage.meter().agentFinished();
        } else {
            play(start, iteration, arrivalNanos);
        }
        doneWhenNobodyPlays();
    }

    private void doneWhenNobodyPlays() {
        boolean nobodyComes = stopping || (next == arrivals.size() && between == 0);
        if (!done && nobodyComes && playing.isEmpty()) {
            done = true;
            onDone.run();
        }
    }

    private long nanoTime() {
        return stage.transport().nanoTime().getAsLong();
    }
}
