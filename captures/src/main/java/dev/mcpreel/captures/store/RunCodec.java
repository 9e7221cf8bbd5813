package dev.mcpreel.captures.store;

import dev.mcpreel.captures.exchange.NameDefined;
import dev.mcpreel.captures.exchange.Outcome;
import dev.mcpreel.captures.exchange.RunSample;
import dev.mcpreel.captures.exchange.StepKind;
import dev.mcpreel.captures.exchange.StepRecord;
import org.jspecify.annotations.Nullable;

/** The records a replay writes of itself: STEP, RUN_SAMPLE, NAME_DEFINED. */
final class RunCodec {
    /** In the byte of the step's kind: the answer was never complete. */
    private static final int NOT_DONE = 0x80;

    private static final int KIND = 0x0F;
    private static final long MICRO = 1_000;
    private static final int MAX_NAME_CHARS = 16 << 10;

    private RunCodec() {}

    static void encode(EncodeBuffer to, StepRecord step, long base) {
        boolean done = step.doneNanos() != 0;
        int at = Items.begin(to, RecordType.STEP, (done ? step.doneNanos() : step.atNanos()) - base);
        to.i32(step.agent()).i32(step.session()).i32(step.step());
        to.u16(name(step.method())).u16(name(step.tool())).u16(name(step.instance()));
        to.u8(Codes.OUTCOME.of(step.outcome())).u8(Codes.STEP_KIND.of(step.stepKind()) | (done ? 0 : NOT_DONE));
        to.i32(step.code()).u32Clamped(step.bytesOut()).u32Clamped(step.bytesIn());
        to.u32Clamped(step.ownNanos() / MICRO);
        to.i64(step.plannedNanos()).i64(step.dueNanos()).i64(step.sentNanos()).i64(step.firstEventNanos());
        Items.endFixed(to, at);
        Items.end(to, at);
    }

    static @Nullable StepRecord step(RecordView record) {
        Outcome outcome = Codes.OUTCOME.constant(record.u8(18, Codes.NONE));
        int kindAndFlags = record.u8(19, 0);
        StepKind kind = Codes.STEP_KIND.constant(kindAndFlags & KIND);
        if (outcome == null || kind == null) {
            return null;
        }
        return new StepRecord(
                record.monoNanos,
                record.exchangeId,
                record.connectionId,
                record.i32(0),
                record.i32(4),
                record.i32(8),
                kind,
                record.u16(12, 0),
                record.u16(14, 0),
                record.u16(16, 0),
                outcome,
                record.i32(20),
                record.i64(36),
                record.i64(44),
                record.i64(52),
                record.i64(60),
                (kindAndFlags & NOT_DONE) != 0 ? 0 : record.monoNanos,
                record.u32(32) * MICRO,
                record.u32(24),
                record.u32(28));
    }

    static void encode(EncodeBuffer to, RunSample sample, long base) {
        int at = Items.begin(to, RecordType.RUN_SAMPLE, sample.atNanos() - base);
        to.i64(sample.intervalNanos()).i32(sample.processCpuPermille()).i32(sample.machineCpuPermille());
        to.i32(sample.agents()).i32(sample.inFlight()).i32(sample.connections()).i32(0);
        to.i64(sample.sent()).i64(sample.due()).i64(sample.longestStallNanos()).i64(sample.gcNanos());
        Items.endFixed(to, at);
        Items.end(to, at);
    }

    static RunSample runSample(RecordView record) {
        return new RunSample(
                record.monoNanos,
                record.i64(0),
                record.i32(8),
                record.i32(12),
                record.i32(16),
                record.i32(20),
                record.i32(24),
                record.i64(32),
                record.i64(40),
                record.i64(48),
                record.i64(56));
    }

    static void encode(EncodeBuffer to, NameDefined name, long base) {
        int at = Items.begin(to, RecordType.NAME_DEFINED, name.atNanos() - base);
        to.i32(name.id());
        Items.endFixed(to, at);
        to.string(clip(name.name()));
        Items.end(to, at);
    }

    static NameDefined nameDefined(RecordView record) {
        return new NameDefined(record.monoNanos, record.i32(0), record.var().string());
    }

    /** A number over 16 bits stands for a name a step cannot point at: none. */
    private static int name(int id) {
        return id > 0xFFFF ? 0 : id;
    }

    /** A method or tool is named by whoever is recorded, so by nobody to be trusted with the length. */
    private static String clip(String name) {
        if (name.length() <= MAX_NAME_CHARS) {
            return name;
        }
        int end = Character.isHighSurrogate(name.charAt(MAX_NAME_CHARS - 1)) ? MAX_NAME_CHARS - 1 : MAX_NAME_CHARS;
        return name.substring(0, end);
    }
}
