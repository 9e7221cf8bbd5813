package dev.mcpreel.demo;

import dev.mcpreel.demo.DemoRun.AgentRun;
import dev.mcpreel.demo.DemoRun.Call;
import dev.mcpreel.demo.DemoRun.Outcome;
import io.modelcontextprotocol.client.McpAsyncClient;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Implementation;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** One agent from arrival to goodbye, on a thread of its own, with an HTTP client and connections of its own. */
final class Agent implements Callable<AgentRun> {
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(60);
    private static final long BETWEEN_LEGS_MILLIS = 30;

    private record Answer(Call call, @Nullable Object structured) {}

    private final int number;
    private final long arrivalMillis;
    private final Script script;
    private final Pace pace;
    private final McpAsyncClient client;
    private final Notebook notes = new Notebook();
    private final List<Call> calls = new ArrayList<>();
    private final List<String> errors = new CopyOnWriteArrayList<>();
    private final AtomicInteger progressSeen = new AtomicInteger();
    private int leg;

    Agent(int number, long arrivalMillis, Script script, Pace pace, URI target) {
        this.number = number;
        this.arrivalMillis = arrivalMillis;
        this.script = script;
        this.pace = pace;
        this.client = McpClient.async(HttpClientStreamableHttpTransport.builder(target.toString())
                        .endpoint(target.getPath())
                        .build())
                .requestTimeout(CALL_TIMEOUT)
                .clientInfo(
                        Implementation.builder("demo-agent-" + number, "1.0").build())
                .progressConsumer(progress -> Mono.fromRunnable(progressSeen::incrementAndGet))
                .build();
    }

    /** Plays the script to its end. Failures are in the result, never thrown. */
    @Override
    public AgentRun call() throws InterruptedException {
        pace.pause(arrivalMillis);
        try {
            client.initialize().block();
            client.listTools().block();
            for (Script.Turn turn : script.turns()) {
                pace.pause(turn.thinkMillis());
                play(turn);
            }
        } catch (RuntimeException e) {
            fail("session", e);
        } finally {
            leave();
        }
        return new AgentRun(number, calls, progressSeen.get(), errors);
    }

    private void play(Script.Turn turn) throws InterruptedException {
        boolean first = true;
        for (List<Script.Ask> asks : turn.legs()) {
            if (!first) {
                pace.pause(BETWEEN_LEGS_MILLIS);
            }
            first = false;
            // Sequential in what it yields, not in what it does: every call is on its way before the first answer.
            List<Answer> answers = Flux.fromIterable(
                            asks.stream().map(this::ask).toList())
                    .flatMapSequential(call -> call)
                    .collectList()
                    .blockOptional()
                    .orElseThrow();
            answers.forEach(answer -> {
                calls.add(answer.call());
                notes.note(answer.call().tool(), answer.structured());
            });
            leg++;
        }
    }

    private Mono<Answer> ask(Script.Ask ask) {
        CallToolRequest.Builder request =
                CallToolRequest.builder(ask.tool()).arguments(ask.arguments().apply(notes));
        if (ask.wantsProgress()) {
            request.progressToken("agent-" + number + "-leg-" + leg);
        }
        return Mono.defer(() -> {
            long start = pace.now();
            return client.callTool(request.build())
                    .map(result -> new Answer(called(ask, outcome(result), start), result.structuredContent()))
                    .onErrorResume(e -> {
                        fail(ask.tool(), e);
                        return Mono.just(new Answer(called(ask, Outcome.FAILED, start), null));
                    });
        });
    }

    private Call called(Script.Ask ask, Outcome outcome, long start) {
        return new Call(leg, ask.tool(), outcome, pace.now() - start);
    }

    private static Outcome outcome(CallToolResult result) {
        return Boolean.TRUE.equals(result.isError()) ? Outcome.TOOL_ERROR : Outcome.OK;
    }

    private void leave() {
        try {
            client.closeGracefully().block(CALL_TIMEOUT);
        } catch (RuntimeException e) {
            fail("goodbye", e);
        }
    }

    private void fail(String what, Throwable cause) {
        errors.add("agent " + number + ", " + what + ": " + cause);
    }
}
