package dev.mcpreel.captures.transfer;

import dev.mcpreel.captures.exchange.BodyPart;
import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.ExchangeEvent;
import dev.mcpreel.captures.exchange.StepRecord;
import dev.mcpreel.captures.redact.Redaction;
import dev.mcpreel.captures.redact.RedactionPolicy;
import dev.mcpreel.captures.session.SessionOptions;
import dev.mcpreel.captures.store.CaptureException;
import dev.mcpreel.captures.store.CaptureException.Category;
import dev.mcpreel.captures.store.CaptureExcerpt;
import dev.mcpreel.captures.store.CutChoice;
import dev.mcpreel.captures.store.CutInfo;
import dev.mcpreel.captures.store.CutReport;
import dev.mcpreel.captures.store.VerifyReport;
import dev.mcpreel.captures.store.WriterOptions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps some agent sessions of a capture, some of their exchanges, and of what is kept no secret that the given redaction finds.
 * Streaming: memory depends on the sessions under way, on the ids of exchanges, some bits each, and on the answers that are emptied.
 */
public final class CaptureCut {
    private CaptureCut() {}

    /**
     * Cuts.
     *
     * @param how the session model whose ids the options name
     * @param redaction applied to all that is copied; what is redacted already stays so
     * @param stopped asked all the time whether to give up
     * @throws CaptureException when a session named is not there, nothing is left, the new capture cannot be written, or it was
     *     given up; nothing of it is left behind then
     */
    public static CutReport cut(
            CaptureExcerpt excerpt,
            CutOptions options,
            SessionOptions how,
            Redaction redaction,
            WriterOptions writing,
            BooleanSupplier stopped) {
        CutSelection selection =
                new CutSelection(options, how, excerpt.manifest().anchor());
        VerifyReport source = excerpt.survey(event -> {
            goOn(stopped);
            selection.accept(event);
        });
        selection.finish();
        check(selection, excerpt);
        List<String> words = words(excerpt.manifest().redaction(), redaction);
        return excerpt.write(source, new Choice(selection, redaction, options.words(), stopped), words, writing);
    }

    private static void goOn(BooleanSupplier stopped) {
        if (stopped.getAsBoolean()) {
            throw new CaptureException(Category.FAILED, "stopped before the cut was whole: nothing of it is left");
        }
    }

    private static void check(CutSelection selection, CaptureExcerpt excerpt) {
        String see = "; see: mcp-reel sessions " + excerpt.folder();
        if (!selection.unmet().isEmpty()) {
            throw new CaptureException(
                    Category.INPUT,
                    excerpt.folder() + " has no session " + String.join(", ", selection.unmet()) + " among its "
                            + selection.sessionsSeen() + see);
        }
        if (selection.isEmpty()) {
            throw new CaptureException(
                    Category.FAILED,
                    "nothing would be left of " + excerpt.folder() + ": none of its " + selection.sessionsSeen()
                            + " sessions has all that is asked for" + see);
        }
    }

    /** What was kept from the disk by either; of what the recorder left in clear only what the cut leaves so, too. */
    private static List<String> words(List<String> recorded, Redaction redaction) {
        List<String> words = new ArrayList<>(redaction.describe());
        for (String word : recorded) {
            boolean counts = RedactionPolicy.expressions(List.of(word)) > 0;
            if (counts || (!word.startsWith("off: ") && !words.contains(word))) {
                words.add(word);
            }
        }
        return words;
    }

    /** The second pass. */
    private static final class Choice implements CutChoice {
        private final CutSelection selection;
        private final Tightening tightening;
        private final CutInfo info;
        private final BooleanSupplier stopped;
        private final Set<Integer> agents = new HashSet<>();

        Choice(CutSelection selection, Redaction redaction, List<String> words, BooleanSupplier stopped) {
            this.selection = selection;
            this.stopped = stopped;
            this.tightening = new Tightening(redaction);
            List<String> by =
                    words.stream().map(word -> redaction.text("cut", word)).toList();
            this.info = new CutInfo("", by, selection.sessions(), 0);
        }

        @Override
        public @Nullable CaptureEvent take(CaptureEvent event) {
            goOn(stopped);
            if (event instanceof ExchangeEvent exchange) {
                return selection.keeps(exchange.exchangeId())
                        ? tightening.apply(exchange instanceof BodyPart part ? selection.kept(part) : exchange)
                        : null;
            }
            return switch (event.kind()) {
                case STEP -> step((StepRecord) event);
                case RUN_SAMPLE -> selection.isInside(event.atNanos()) ? event : null;
                case GAP, CLOCK_ANCHOR, NAME_DEFINED, COUNTS -> event;
                case REQUEST_HEAD,
                        UPSTREAM_CONNECTED,
                        UPSTREAM_FAILED,
                        RESPONSE_HEAD,
                        BODY_PART,
                        TRAILERS,
                        EXCHANGE_END -> throw new AssertionError("an event of an exchange: " + event);
            };
        }

        /** One that reached no server is of the session its agent plays, when that is known by then. */
        private @Nullable StepRecord step(StepRecord step) {
            if (step.exchangeId() == 0) {
                return agents.contains(step.agent()) && selection.isInside(step.atNanos()) ? step : null;
            }
            if (!selection.keeps(step.exchangeId())) {
                return null;
            }
            agents.add(step.agent());
            return step;
        }

        @Override
        public CutInfo info() {
            return info;
        }
    }
}
