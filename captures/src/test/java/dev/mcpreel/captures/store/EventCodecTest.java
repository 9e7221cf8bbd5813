package dev.mcpreel.captures.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mcpreel.captures.exchange.BodyPart;
import dev.mcpreel.captures.exchange.BodyState;
import dev.mcpreel.captures.exchange.Bytes;
import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.EndCause;
import dev.mcpreel.captures.exchange.EndedBy;
import dev.mcpreel.captures.exchange.EventKind;
import dev.mcpreel.captures.exchange.ExchangeEnd;
import dev.mcpreel.captures.exchange.Gap;
import dev.mcpreel.captures.exchange.LossReason;
import dev.mcpreel.captures.exchange.NameDefined;
import dev.mcpreel.captures.exchange.Outcome;
import dev.mcpreel.captures.exchange.RequestHead;
import dev.mcpreel.captures.exchange.StepKind;
import dev.mcpreel.captures.exchange.StepRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(30)
class EventCodecTest {
    private static final RandomEvents RANDOM = new RandomEvents(1);

    @ParameterizedTest
    @EnumSource(EventKind.class)
    void roundTrip_anyValues_areTheSame(EventKind kind) {
        RandomEvents random = new RandomEvents(kind.name().hashCode());
        for (int i = 0; i < 300; i++) {
            CaptureEvent event = random.of(kind, i + 1);
            assertThat(Frames.read(Frames.of(event))).as("event %d", i).containsExactly(event);
        }
    }

    @ParameterizedTest
    @EnumSource(EventKind.class)
    void decode_longerFixedBlock_ignoresWhatItDoesNotKnow(EventKind kind) {
        CaptureEvent event = event(kind);
        byte[] record = Frames.of(event);
        byte[] longer = Frames.withFixedLength(record, Le.u16(record, Format.FIXED_LEN_AT) + 24);
        assertThat(Frames.read(longer)).containsExactly(event);
    }

    @Test
    void decode_shorterFixedBlocks_readAsDefaults() {
        RequestHead head = RANDOM.requestHead(5);
        assertThat(Frames.read(Frames.withFixedLength(Frames.of(head), 0))).containsExactly(head);
        assertThat(Frames.read(Frames.withFixedLength(Frames.of(RANDOM.end(5)), 0)))
                .singleElement()
                .isInstanceOfSatisfying(ExchangeEnd.class, end -> {
                    assertThat(end.cause()).isEqualTo(EndCause.UNKNOWN);
                    assertThat(end.endedBy()).isEqualTo(EndedBy.UNKNOWN);
                    assertThat(end.responseBytes()).isZero();
                });
        StepRecord step = step(0, 0, 0);
        assertThat(Frames.read(Frames.withFixedLength(Frames.of(step), 60)))
                .singleElement()
                .isInstanceOfSatisfying(StepRecord.class, read -> {
                    assertThat(read.sentNanos()).isEqualTo(step.sentNanos());
                    assertThat(read.firstEventNanos()).isZero();
                });
    }

    @Test
    void decode_unknownTypeSchemaOrCode_isSkipped() {
        CaptureEvent before = event(EventKind.GAP);
        CaptureEvent after = event(EventKind.STEP);
        byte[] newerSchema = Frames.of(event(EventKind.RUN_SAMPLE));
        newerSchema[Format.SCHEMA_AT] = 2;
        byte[] unknownCode = Frames.of(new Gap(1, LossReason.DISK_FULL, 0, 0, 0, 0));
        unknownCode[Format.HEADER] = 99;
        byte[] unknownType = Frames.raw(200, new byte[] {1, 2, 3}, new byte[1000]);
        byte[] reserved = Frames.raw(RecordType.SESSION_META.code, new byte[0], new byte[0]);
        assertThat(Frames.read(Frames.of(before), newerSchema, unknownCode, unknownType, reserved, Frames.of(after)))
                .containsExactly(before, after);
    }

    @Test
    void decode_payloadCutShort_readsAsEmpty() {
        byte[] record = Frames.raw(RecordType.REQUEST_HEAD.code, new byte[4], new byte[] {4, 0, 'P', 'O'});
        assertThat(Frames.read(record)).singleElement().isInstanceOfSatisfying(RequestHead.class, head -> assertThat(
                        head.method() + head.target())
                .isEmpty());
    }

    @Test
    void encode_step_takes128Bytes() {
        assertThat(Frames.of(event(EventKind.STEP))).hasSize(128);
    }

    @Test
    void encode_stepNumbersOutOfRange_areClamped() {
        StepRecord read = (StepRecord) Frames.read(Frames.of(step(-5, 5_000_000_000L, 9_999_999_999_999_999L)))
                .get(0);
        assertThat(read.bytesOut()).isZero();
        assertThat(read.bytesIn()).isEqualTo(0xFFFF_FFFFL);
        assertThat(read.ownNanos()).isEqualTo(0xFFFF_FFFFL * 1_000);
        assertThat(read.method()).isZero();
    }

    @Test
    void encode_longBody_isCutIntoChunksOf64KiB() {
        BodyPart body = RANDOM.body(9, 3 * Format.MAX_PAYLOAD + 1);
        byte[] records = Frames.of(body);
        RecordView view = new RecordView();
        int count = 0;
        for (int at = 0; at < records.length; at += view.total()) {
            view.set(records, at);
            assertThat(view.varLen).isLessThanOrEqualTo(Format.MAX_PAYLOAD);
            assertThat(view.u16(Format.CHUNK_AT, -1)).isEqualTo(count++);
        }
        assertThat(count).isEqualTo(4);
        assertThat(Frames.read(records)).containsExactly(body);
    }

    @Test
    void encode_exactly64KiB_isOneRecord() {
        assertThat(Records.length(Frames.of(RANDOM.body(9, Format.MAX_PAYLOAD)), 0))
                .isEqualTo(Format.HEADER + 28 + Format.MAX_PAYLOAD + Format.CRC);
    }

    @Test
    void join_chunksOfOtherExchangesBetween_areKeptApart() {
        BodyPart one = RANDOM.body(1, 2 * Format.MAX_PAYLOAD);
        BodyPart two = RANDOM.body(2, 2 * Format.MAX_PAYLOAD);
        List<byte[]> ones = split(Frames.of(one));
        List<byte[]> twos = split(Frames.of(two));
        assertThat(Frames.read(ones.get(0), twos.get(0), ones.get(1), twos.get(1)))
                .containsExactly(one, two);
    }

    @Test
    void join_chunkMissing_readsAsLostInPart() {
        BodyPart body = RANDOM.body(1, 3 * Format.MAX_PAYLOAD);
        CaptureEvent end = RANDOM.end(1);
        List<byte[]> chunks = split(Frames.of(body));
        BodyPart lost = new BodyPart(
                body.exchangeId(),
                body.connectionId(),
                body.atNanos(),
                body.firstByteNanos(),
                body.direction(),
                body.part(),
                body.index(),
                BodyState.LOST_IN_PART,
                body.decoded(),
                body.length(),
                Bytes.EMPTY);
        assertThat(Frames.read(chunks.get(0), chunks.get(2), Frames.of(end)).get(0))
                .isEqualTo(lost);
        assertThat(Frames.read(chunks.get(0), chunks.get(1), Frames.of(end))).containsExactly(lost, end);
    }

    @Test
    void name_ofAnyLength_fitsOneRecord() {
        String name = "𝄞".repeat(50_000);
        byte[] record = Frames.of(new NameDefined(1, 1, name));
        assertThat(Records.length(record, 0)).isEqualTo(record.length).isLessThan(Format.MAX_PAYLOAD);
        assertThat(Frames.read(record)).singleElement().isInstanceOfSatisfying(NameDefined.class, read -> assertThat(
                        name)
                .startsWith(read.name()));
    }

    @Test
    void codes_everyConstant_hasOne() {
        Stream.of(EndCause.values()).forEach(Codes.END_CAUSE::of);
        Stream.of(EndedBy.values()).forEach(Codes.ENDED_BY::of);
        Stream.of(LossReason.values()).forEach(Codes.LOSS_REASON::of);
        Stream.of(Outcome.values()).forEach(Codes.OUTCOME::of);
        Stream.of(StepKind.values()).forEach(Codes.STEP_KIND::of);
        Stream.of(BodyState.values()).forEach(Codes.BODY_STATE::of);
        assertThat(Codes.OUTCOME.of(Outcome.LEAKED)).isEqualTo(15);
        assertThat(Codes.OUTCOME.constant(Codes.NONE)).isNull();
    }

    @Test
    void check_anyByteChanged_isNoRecord() {
        byte[] record = Frames.of(event(EventKind.NAME_DEFINED));
        Records.seal(record, 0, 1, 2);
        for (int i = 0; i < record.length; i++) {
            record[i] ^= 0x40;
            assertThat(RecordView.check(record, 0, record.length))
                    .as("byte %d", i)
                    .isEqualTo(-1);
            record[i] ^= 0x40;
        }
        assertThat(RecordView.check(record, 0, record.length)).isEqualTo(record.length);
        assertThat(RecordView.check(record, 0, record.length - 1)).isEqualTo(-1);
    }

    @Test
    void limits_outOfRange_nameTheOption() {
        assertThatThrownBy(() -> new WriterLimits(0, 1, 1, 1, 1, 1, 1)).hasMessageContaining("queueBytes");
        assertThatThrownBy(() -> new WriterLimits(1, 1, 1, 1 << 20, 1, 1, 1)).hasMessageContaining("coalesceBytes");
    }

    /** Seeded by kind, so that a failure can be run again. */
    private static CaptureEvent event(EventKind kind) {
        return new RandomEvents(kind.name().length()).of(kind, 3);
    }

    private static List<byte[]> split(byte[] records) {
        List<byte[]> list = new ArrayList<>();
        for (int at = 0; at < records.length; at += Records.length(records, at)) {
            list.add(Arrays.copyOfRange(records, at, at + Records.length(records, at)));
        }
        return list;
    }

    private static StepRecord step(long bytesOut, long bytesIn, long ownNanos) {
        return new StepRecord(
                100,
                1,
                2,
                3,
                4,
                5,
                StepKind.REQUEST,
                70_000,
                6,
                7,
                Outcome.OK,
                200,
                10,
                20,
                30,
                40,
                100,
                ownNanos,
                bytesOut,
                bytesIn);
    }
}
