package dev.mcpreel.replay.agent;

import dev.mcpreel.captures.exchange.EndCause;
import dev.mcpreel.captures.exchange.EndedBy;
import dev.mcpreel.captures.exchange.Outcome;
import dev.mcpreel.captures.exchange.StepKind;
import dev.mcpreel.captures.session.Verdict;
import dev.mcpreel.captures.wire.JsonRpcMessage;
import dev.mcpreel.replay.plan.AgentTimeline;
import dev.mcpreel.replay.plan.Credentials;
import dev.mcpreel.replay.plan.Pace;
import dev.mcpreel.replay.transport.McpHttp;
import io.netty.channel.EventLoop;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One agent session played live, once: a state machine that sends each step when it is due, answers what the server
 * asks, and writes one record for every step. It has connections, cookies and a transport session of its own, and ends
 * when every step is done, when the target no longer knows its session, or when it is stopped.
 *
 * <p>Confined to its event loop: nothing here blocks, and every method must be called on that loop.
 */
public final class Agent {
    private static final Logger LOG = LoggerFactory.getLogger(Agent.class);

    /** How long an answered response may take to end by itself before the finished agent closes it. */
    private static final long LINGER_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** A session that takes no time is not played again and again without a pause. */
    private static final long SHORTEST_SESSION_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private enum State {
        /** Steps are sent when they are due. */
        PLAYING,
        /** The session is lost or never stood: what is left is skipped. */
        LOST,
        /** The run stops: nothing more is sent, what is in flight may end. */
        STOPPING,
        /** Every step but the streams is over; answered responses may still end. */
        LINGERING,
        ENDED
    }

    private final Stage stage;
    private final int number;
    private final ReadyScript script;
    private final Pace pace;
    private final Consumer<Agent> onEnd;
    private final LoopClock clock;
    private final AgentTimeline timeline;
    private final StepLog log;
    private final McpHttp http;
    private final LiveSessions sessions;
    private final Learnt learnt;
    private final OpenExchanges open = new OpenExchanges();
    private final Courier courier;
    private final ServerAsks asks;
    private final PriorityQueue<Due> queue = new PriorityQueue<>();
    private final Map<Integer, Flight> flights = new HashMap<>();
    private final Map<Integer, Flight> streams = new HashMap<>();
    private State state = State.PLAYING;
    private boolean lost;
    private boolean stopped;
    private long arrivalNanos;

    /**
     * An agent that has not arrived yet.
     *
     * @param number counts the agents of the run from 0
     * @param script the script it plays, by index
     * @param onEnd told once, on the loop, when its last connection is closed
     */
    public Agent(Stage stage, EventLoop loop, int number, int script, Consumer<Agent> onEnd) {
        this.stage = stage;
        this.number = number;
        this.script = stage.scripts().get(script);
        this.pace = stage.plan().paces().get(script);
        this.onEnd = onEnd;
        this.clock = new LoopClock(loop, stage::nanoTime, this::guarded);
        this.timeline = new AgentTimeline(pace, new Dues());
        this.log = new StepLog(stage, number, this.script);
        Credentials credentials = this.script.script().credentials();
        this.http = stage.transport().client(loop, credentials.cookies());
        this.sessions = new LiveSessions(this.script.revisionWithoutHandshake(), credentials.headers());
        this.learnt = new Learnt(stage.plan().options().tools());
        this.courier = new Courier(this, http, sessions, open);
        this.asks =
                new ServerAsks(stage, new RecordedAnswers(this.script.script().answers()), clock::at, courier::answer);
    }

    /** The agent arrives, at this moment of the monotonic clock: now or a little earlier. */
    public void start(long arrival) {
        arrivalNanos = arrival;
        guarded(() -> timeline.start(arrival));
    }

    /** No step is sent any more; what is in flight may still end. */
    public void stop() {
        guarded(() -> {
            if (isPlaying()) {
                state = State.STOPPING;
                stopped = true;
                leaveQueue();
                leaveRest(Outcome.INTERRUPTED);
            }
        });
    }

    /** What is in flight is interrupted, and the agent ends now. */
    public void interrupt() {
        stop();
        guarded(() -> {
            for (Flight flight : List.copyOf(flights.values())) {
                flight.exchange().cancel(EndCause.SHUTDOWN, EndedBy.RECORDER, "the run stopped");
                over(flight, new Verdict(Outcome.INTERRUPTED, flight.exchange().status()), stage.nanoTime());
            }
            end();
        });
    }

    /** Counts the agents of the run from 0. */
    public int number() {
        return number;
    }

    /** When the next session of the same agent may begin: a lost one is not followed faster than it was recorded. */
    public long nextArrivalNanos() {
        long least = lost ? Math.max(SHORTEST_SESSION_NANOS, pace.lengthNanos()) : SHORTEST_SESSION_NANOS;
        return Math.max(stage.nanoTime(), arrivalNanos + least);
    }

    /** Runs what the loop brings, then does what that made due. An agent that fails inside ends, and the run hears of it. */
    void guarded(Runnable work) {
        if (state == State.ENDED) {
            return;
        }
        try {
            work.run();
            settle();
        } catch (RuntimeException e) {
            LOG.error("agent {} failed", number, e);
            stage.meter().fault("agent " + number + ": " + e);
            abandon();
        }
    }

    /** A server's request came on a step's response. */
    void asked(Flight flight, JsonRpcMessage.Request request, long nanos) {
        asks.asked(flight, request, nanos);
    }

    /** The answer to a request is complete. */
    void answered(Flight flight, JsonRpcMessage.Response answer, long nanos) {
        if (!answer.isError()) {
            learnt.keep(flight.step(), answer.result());
            if (flight.isHandshake()) {
                sessions.of(flight.step().session()).initialized(flight.head(), answer.result());
            }
        }
        over(flight, flight.judge(answer, EndCause.COMPLETE, EndedBy.UPSTREAM), nanos);
    }

    /** An exchange ended, answered or not. */
    void closed(Flight flight, EndCause cause, EndedBy endedBy, long nanos) {
        if (!flight.isOver()) {
            over(flight, flight.judge(null, cause, endedBy), nanos);
        }
    }

    /** The exchange of an answer ended; a lingering agent may have waited for it. */
    void exchangeEnded() {
        guarded(() -> {});
    }

    private boolean isPlaying() {
        return state == State.PLAYING || state == State.LOST;
    }

    private void over(Flight flight, Verdict verdict, long doneNanos) {
        flight.over();
        log.sent(flight, verdict, doneNanos);
        if (flight.isStream()) {
            streams.remove(flight.step().index());
            return;
        }
        flights.remove(flight.step().index());
        boolean sessionLost = verdict.outcome() == Outcome.SESSION_LOST;
        if (sessionLost && !lost) {
            stage.meter().sessionLost();
        }
        if (sessionLost || (flight.isHandshake() && verdict.outcome() != Outcome.OK)) {
            lost = true;
            state = state == State.PLAYING ? State.LOST : state;
        }
        if (isPlaying()) {
            timeline.done(flight.step().index(), doneNanos);
        }
    }

    /** Does what there is to do now, and sets the timer for what comes next. */
    private void settle() {
        if (isPlaying()) {
            drain();
        }
        boolean done = state == State.STOPPING || (isPlaying() && timeline.isFinished());
        if (done && flights.isEmpty()) {
            state = State.LINGERING;
            clock.at(stage.nanoTime() + LINGER_NANOS, this::end);
        }
        if (state == State.LINGERING && open.isEmpty()) {
            end();
        }
    }

    private void drain() {
        for (Due next = queue.peek(); next != null; next = queue.peek()) {
            if (state == State.PLAYING && next.dueNanos() > stage.nanoTime()) {
                clock.wakeAt(next.dueNanos());
                return;
            }
            queue.remove();
            ReadyStep ready = script.steps().get(next.step());
            Flight flight = state == State.LOST || learnt.refuses(ready.step().tool()) ? null : send(ready, next);
            if (flight == null) {
                log.unsent(next, Outcome.SKIPPED);
                if (ready.step().kind() != StepKind.STREAM) {
                    timeline.done(next.step(), stage.nanoTime());
                }
            }
        }
    }

    /** Hands the step over; null when it cannot be sent. */
    private @Nullable Flight send(ReadyStep ready, Due due) {
        Flight flight =
                switch (ready.step().kind()) {
                    case REQUEST -> courier.request(ready, due, learnt);
                    case NOTIFICATION -> courier.notification(ready, due, learnt);
                    case STREAM -> courier.stream(ready, due);
                    case DELETE -> courier.delete(ready, due);
                };
        if (flight == null) {
            return null;
        }
        stage.meter().sent(flight.exchange().handedOverNanos() - due.dueNanos());
        if (flight.isStream()) {
            streams.put(due.step(), flight);
            return flight;
        }
        flights.put(due.step(), flight);
        if (ready.step().kind() == StepKind.REQUEST) {
            stage.meter().waiting(1);
        }
        long deadline =
                flight.exchange().handedOverNanos() + stage.plan().options().callTimeoutNanos();
        flight.deadline(clock.timer(deadline, () -> giveUp(flight)));
        return flight;
    }

    private void giveUp(Flight flight) {
        if (!flight.isOver()) {
            Verdict verdict = flight.judge(null, EndCause.TIMED_OUT, EndedBy.CLIENT);
            flight.exchange().cancel(EndCause.TIMED_OUT, EndedBy.CLIENT, "no answer within --call-timeout");
            over(flight, verdict, stage.nanoTime());
        }
    }

    private void leaveQueue() {
        long now = stage.nanoTime();
        for (Due due : queue) {
            if (due.dueNanos() <= now) {
                stage.meter().missed();
            }
            log.unsent(due, Outcome.INTERRUPTED);
        }
        queue.clear();
    }

    /** Writes the records of steps that will never be sent; those the plan leaves out are skipped in any case. */
    private void leaveRest(Outcome outcome) {
        for (ReadyStep ready : script.steps()) {
            int step = ready.step().index();
            if (!log.has(step) && !flights.containsKey(step) && !streams.containsKey(step)) {
                Outcome its = ready.step().played() ? outcome : Outcome.SKIPPED;
                log.unsent(new Due(step, 0, timeline.plannedNanos(step)), its);
            }
        }
    }

    private void end() {
        for (Flight stream : List.copyOf(streams.values())) {
            stream.exchange().cancel(EndCause.CLOSED, EndedBy.CLIENT, "the agent is done");
            over(stream, new Verdict(Outcome.OK, stream.exchange().status()), stage.nanoTime());
        }
        leaveRest(Outcome.SKIPPED);
        if (!stopped) {
            stage.meter().iterationDone();
        }
        close(EndCause.CLOSED, EndedBy.CLIENT, "the agent is done");
    }

    /** The way out after a fault: nothing here may fail again. */
    private void abandon() {
        try {
            close(EndCause.SHUTDOWN, EndedBy.RECORDER, "the agent failed");
        } catch (RuntimeException e) {
            LOG.error("agent {} could not be closed", number, e);
        }
    }

    private void close(EndCause cause, EndedBy endedBy, String detail) {
        state = State.ENDED;
        clock.stop();
        open.cancelAll(cause, endedBy, detail);
        streams.values().forEach(stream -> stream.exchange().cancel(cause, endedBy, detail));
        http.close();
        onEnd.accept(this);
    }

    /** What the timeline tells. */
    private final class Dues implements AgentTimeline.Sink {
        @Override
        public void due(int step, long dueNanos, long plannedNanos) {
            queue.add(new Due(step, dueNanos, plannedNanos));
        }

        @Override
        public void leftOut(int step, long dueNanos, long plannedNanos) {
            log.unsent(new Due(step, dueNanos, plannedNanos), Outcome.SKIPPED);
        }
    }
}
