package dev.mcpreel.analysis.calls;

import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.Gap;
import dev.mcpreel.captures.exchange.NameDefined;
import dev.mcpreel.captures.exchange.RunSample;
import dev.mcpreel.captures.exchange.StepKind;
import dev.mcpreel.captures.exchange.StepRecord;
import dev.mcpreel.captures.session.AgentSession;
import dev.mcpreel.captures.session.Call;
import dev.mcpreel.captures.session.RequestTrace;
import dev.mcpreel.captures.session.SessionExchange;
import dev.mcpreel.captures.session.SessionListener;
import dev.mcpreel.captures.store.Role;
import java.util.function.Consumer;

/**
 * Gathers the numbers of one capture in one pass. It wants the capture's events and, beside them, what the session model
 * finds in the same events:
 *
 * <pre>{@code
 * CaptureAnalysis analysis = new CaptureAnalysis(manifest.role());
 * SessionModel model = new SessionModel(options, analysis);
 * ReadSummary read = reader.read(event -> {
 *     analysis.accept(event);
 *     model.accept(event);
 * });
 * model.finish();
 * Summary summary = Summary.of(manifest, analysis, read);
 * }</pre>
 *
 * <p>Nothing is counted twice: in a recording, requests and sessions are those of the session model; in a replay they
 * are those of the step records, which are complete where bodies are not, and the session model's are ignored. HTTP
 * exchanges are the session model's in both.
 *
 * <p>Memory does not grow with the number of requests or exchanges: 16 bytes for each session recorded, some 150 for
 * each agent replayed, some 220 KiB for each tool up to a fixed number of tools. Not thread-safe; it may be read
 * between any two events.
 */
public final class CaptureAnalysis implements Consumer<CaptureEvent>, SessionListener {
    private final Role role;
    private final Span span = new Span();
    private final CallTally calls = new CallTally();
    private final HttpTally http;
    private final SessionTally recordedSessions = new SessionTally();
    private final StepNames names = new StepNames();
    private final StepTally steps = new StepTally();
    private final SampleTally samples = new SampleTally();
    private final GapTally gaps = new GapTally();

    public CaptureAnalysis(Role role) {
        this.role = role;
        this.http = new HttpTally(role);
    }

    @Override
    public void accept(CaptureEvent event) {
        switch (event.kind()) {
            case REQUEST_HEAD, UPSTREAM_CONNECTED, UPSTREAM_FAILED, RESPONSE_HEAD, BODY_PART, TRAILERS, EXCHANGE_END ->
                span.include(event.atNanos());
            case GAP -> gaps.add((Gap) event);
            case CLOCK_ANCHOR, COUNTS -> {}
            case NAME_DEFINED -> names.define((NameDefined) event);
            case STEP -> acceptStep((StepRecord) event);
            case RUN_SAMPLE -> samples.add((RunSample) event);
        }
    }

    private void acceptStep(StepRecord step) {
        if (role != Role.REPLAYED) {
            return;
        }
        CallSample sample = CallSample.of(step, names);
        steps.add(step, sample);
        if (step.stepKind() == StepKind.REQUEST) {
            calls.request(sample);
            if (sample.isCall()) {
                calls.call(sample);
            }
        }
        if (step.sentNanos() != 0) {
            span.include(step.sentNanos());
            span.include(step.atNanos());
        }
    }

    @Override
    public void onExchange(SessionExchange exchange) {
        http.add(exchange);
    }

    @Override
    public void onRequest(RequestTrace request) {
        if (role == Role.RECORDED && !request.isDeclinedProbe()) {
            calls.request(CallSample.of(request));
        }
    }

    @Override
    public void onCall(Call call) {
        if (role == Role.RECORDED) {
            calls.call(CallSample.of(call));
        }
    }

    @Override
    public void onSession(AgentSession session) {
        if (role == Role.RECORDED) {
            recordedSessions.add(new SessionTally.Ended(
                    session.key().kind().label(),
                    session.startNanos(),
                    session.endNanos(),
                    session.shape().calls(),
                    session.shape().sessionsLost() > 0,
                    false));
        }
    }

    public Role role() {
        return role;
    }

    /** The time that rates refer to. */
    public Span span() {
        return span;
    }

    public CallTally calls() {
        return calls;
    }

    public HttpTally http() {
        return http;
    }

    /** As far as they are over; in a replay, as far as they have gone. */
    public SessionTally sessions() {
        return switch (role) {
            case RECORDED -> recordedSessions;
            case REPLAYED -> steps.sessions();
        };
    }

    /** Nothing in a recording. */
    public StepTally steps() {
        return steps;
    }

    /** Nothing in a recording. */
    public SampleTally samples() {
        return samples;
    }

    public GapTally gaps() {
        return gaps;
    }
}
