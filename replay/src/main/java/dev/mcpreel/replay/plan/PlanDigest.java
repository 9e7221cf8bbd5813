package dev.mcpreel.replay.plan;

import dev.mcpreel.captures.wire.Json;
import dev.mcpreel.replay.bind.Binding;
import dev.mcpreel.replay.bind.Source;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Boils a plan down to one number: every value in a fixed order, texts with their length before them. */
final class PlanDigest {
    /** To be raised when the same plan is to have another digest. */
    private static final String VERSION = "mcp-reel plan 1";

    private final MessageDigest digest;
    private final ByteBuffer eight = ByteBuffer.allocate(Long.BYTES);

    private PlanDigest() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    static String of(PlanOptions options, List<Script> scripts, List<AgentStart> agents) {
        PlanDigest plan = new PlanDigest();
        plan.text(VERSION);
        plan.options(options);
        plan.number(scripts.size());
        scripts.forEach(plan::script);
        plan.number(agents.size());
        for (AgentStart start : agents) {
            plan.number(start.agent());
            plan.number(start.script());
            plan.number(start.copy());
            plan.number(start.arrivalNanos());
        }
        return HexFormat.of().formatHex(plan.digest.digest());
    }

    private void options(PlanOptions options) {
        number(options.copies());
        number(options.agents());
        number(options.durationNanos());
        number(Double.doubleToLongBits(options.speed()));
        number(options.seed());
        text(options.tools().toString());
        number(options.callTimeoutNanos());
    }

    private void script(Script script) {
        text(script.sessionId());
        text(script.revision());
        number(script.stateful() ? 1 : 0);
        number(script.offsetNanos());
        number(script.steps().size());
        script.steps().forEach(this::step);
        number(script.answers().size());
        for (ServerAnswer answer : script.answers()) {
            text(answer.method());
            number(answer.during());
            number(answer.error() ? 1 : 0);
            json(answer.body());
            number(answer.answeringNanos());
        }
    }

    private void step(Step step) {
        text(step.kind().name());
        json(step.message());
        number(step.after().size());
        step.after().forEach(this::number);
        number(step.thinkNanos());
        number(step.serviceNanos());
        number(step.answeringNanos());
        if (step.session() > 0) {
            text("session");
            number(step.session());
        }
        SkipReason skip = step.skip();
        text(skip == null ? "" : skip.name());
        number(step.bindings().size());
        for (Binding binding : step.bindings()) {
            text(binding.consumer().toString());
            number(binding.from());
            number(binding.to());
            number(binding.producer());
            source(binding.source());
        }
    }

    private void source(Source source) {
        if (source instanceof Source.Pointer pointer) {
            text("pointer");
            text(pointer.at().toString());
        } else if (source instanceof Source.TextPointer pointer) {
            text("text");
            text(pointer.text().toString());
            text(pointer.at().toString());
        } else if (source instanceof Source.TextPattern inside) {
            Source.Pattern pattern = inside.pattern();
            text("pattern");
            source(inside.in());
            number(pattern.lineStart() ? 1 : 0);
            text(pattern.before());
            text(pattern.prefix());
            number(pattern.letters() ? 1 : 0);
            text(pattern.marks());
            number(pattern.maxLength());
            text(pattern.after());
            number(pattern.occurrence());
        }
    }

    private void json(@Nullable JsonNode node) {
        bytes(node == null ? new byte[0] : Json.write(node));
    }

    private void text(String text) {
        bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private void bytes(byte[] bytes) {
        number(bytes.length);
        digest.update(bytes);
    }

    private void number(long value) {
        eight.clear();
        digest.update(eight.putLong(value).flip());
    }
}
