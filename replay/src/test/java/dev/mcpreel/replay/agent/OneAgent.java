package dev.mcpreel.replay.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.exchange.StepRecord;
import dev.mcpreel.captures.testkit.CaptureScript;
import dev.mcpreel.captures.testkit.CollectedSessions;
import dev.mcpreel.replay.plan.Plan;
import dev.mcpreel.replay.plan.PlanOptions;
import dev.mcpreel.replay.plan.Planner;
import dev.mcpreel.replay.plan.Step;
import dev.mcpreel.replay.plan.ToolPolicy;
import dev.mcpreel.replay.testkit.ExchangeLog;
import dev.mcpreel.replay.testkit.RunLog;
import dev.mcpreel.replay.transport.Loops;
import dev.mcpreel.replay.transport.Target;
import dev.mcpreel.replay.transport.Transport;
import dev.mcpreel.replay.transport.TransportCounters;
import dev.mcpreel.replay.transport.TransportException;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One agent that plays the only session of a scripted recording against a live server. */
final class OneAgent implements AutoCloseable {
    final RunLog log = new RunLog();
    final ExchangeLog exchanges = new ExchangeLog();
    final RunMeter meter = new RunMeter();
    final TransportCounters counters = new TransportCounters();
    final Plan plan;
    private final Loops loops = Loops.start(1);
    private final EventLoop loop = loops.all().get(0);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Agent agent;

    OneAgent(CaptureScript recording, URI target, PlanOptions options) {
        this.plan = Planner.plan(CollectedSessions.of(recording).sessions(), options);
        try {
            Target at = Target.of(target);
            InetSocketAddress address = new InetSocketAddress(at.host(), at.port());
            Transport transport =
                    new Transport(at, address, loops, exchanges, System::nanoTime, "mcp-reel/test", counters);
            agent = new Agent(Stage.of(plan, transport, log, meter), loop, 0, 0, done -> ended.countDown());
        } catch (TransportException e) {
            throw new AssertionError(e);
        }
    }

    static PlanOptions options() {
        return PlanOptions.ofCopies(1).withTools(ToolPolicy.ALL).withSpeed(10);
    }

    OneAgent start() {
        loop.execute(() -> agent.start(System.nanoTime()));
        return this;
    }

    void stop() {
        loop.execute(agent::stop);
    }

    void interrupt() {
        loop.execute(agent::interrupt);
    }

    /** Waits for its end, and holds that every step left exactly one record. */
    OneAgent awaitEnd() throws InterruptedException {
        assertThat(ended.await(15, TimeUnit.SECONDS))
                .as("ended; " + log.steps())
                .isTrue();
        assertThat(log.steps()).extracting(StepRecord::step).doesNotHaveDuplicates();
        assertThat(log.steps()).hasSize(plan.scripts().get(0).steps().size());
        assertThat(meter.recorded()).isEqualTo(log.steps().size());
        assertThat(meter.inFlight()).isZero();
        assertThat(meter.firstFault()).isNull();
        return this;
    }

    /** The record of the first step of this name: a tool, a method, GET or DELETE. */
    StepRecord record(String name) {
        List<Step> steps = plan.scripts().get(0).steps();
        int index = steps.stream()
                .filter(step -> step.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no step " + name + " in " + steps))
                .index();
        return log.steps().stream()
                .filter(step -> step.step() == index)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no record of " + name));
    }

    /** How the exchange that carried a step ended, as the tap was told. */
    String exchangeEnd(String name) {
        long id = record(name).exchangeId();
        List<String> words = exchanges.entries().stream()
                .filter(entry -> entry.id == id)
                .findFirst()
                .orElseThrow()
                .words;
        return words.get(words.size() - 1);
    }

    @Override
    public void close() {
        loops.close();
    }
}
