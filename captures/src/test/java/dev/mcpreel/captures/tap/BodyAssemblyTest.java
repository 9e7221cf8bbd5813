package dev.mcpreel.captures.tap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.exchange.BodyPart;
import dev.mcpreel.captures.exchange.BodyState;
import dev.mcpreel.captures.exchange.Bytes;
import dev.mcpreel.captures.exchange.Direction;
import dev.mcpreel.captures.exchange.Headers;
import dev.mcpreel.captures.exchange.PartKind;
import dev.mcpreel.captures.redact.MediaType;
import dev.mcpreel.captures.redact.Redaction;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BodyAssemblyTest {
    private final List<BodyPart> parts = new ArrayList<>();
    private final Redaction redaction = Redaction.standard();
    private final AssemblyBudget budget = new AssemblyBudget(64 << 20);
    private final BodyAssembly body = new BodyAssembly(7, 3, Direction.RESPONSE, redaction, budget, parts::add);

    @Test
    void end_plainBodyInChunks_isOnePartWithFirstAndLastTimes() {
        body.begin(false, ContentCoding.NONE, MediaType.TEXT);
        body.chunk(Bytes.utf8("{\"a\":"), false, 10);
        body.chunk(Bytes.utf8("1}"), false, 20);
        body.end(false, 25);
        body.end(false, 99);

        assertThat(parts).hasSize(1);
        BodyPart part = parts.get(0);
        assertThat(part.content().utf8()).isEqualTo("{\"a\":1}");
        assertThat(part.state()).isEqualTo(BodyState.WHOLE);
        assertThat(part.part()).isEqualTo(PartKind.BODY);
        assertThat(part.firstByteNanos()).isEqualTo(10);
        assertThat(part.atNanos()).isEqualTo(25);
        assertThat(part.length()).isEqualTo(7);
    }

    @Test
    void chunk_eventStream_eachEventLeavesAtItsBlankLine() {
        body.begin(true, ContentCoding.NONE, MediaType.TEXT);
        body.chunk(Bytes.utf8("data: 1\n"), false, 10);
        assertThat(parts).isEmpty();
        body.chunk(Bytes.utf8("\ndata: 2\n\ndata: 3"), false, 20);
        assertThat(parts).extracting(BodyPart::atNanos).containsExactly(20L, 20L);
        assertThat(parts).extracting(BodyPart::firstByteNanos).containsExactly(10L, 20L);
        body.end(false, 30);

        assertThat(parts)
                .extracting(part -> part.content().utf8())
                .containsExactly("data: 1\n\n", "data: 2\n\n", "data: 3");
        assertThat(parts)
                .extracting(BodyPart::part)
                .containsExactly(PartKind.SSE_EVENT, PartKind.SSE_EVENT, PartKind.SSE_TAIL);
        assertThat(parts).extracting(BodyPart::index).containsExactly(0, 1, 2);
    }

    @Test
    void end_afterLoss_keepsHashOnlyAndSaysSo() {
        body.begin(false, ContentCoding.NONE, MediaType.TEXT);
        body.chunk(Bytes.utf8("abc"), false, 10);
        body.chunk(Bytes.utf8("ghi"), true, 20);
        body.end(false, 30);

        assertThat(parts).hasSize(1);
        assertThat(parts.get(0).state()).isEqualTo(BodyState.LOST_IN_PART);
        assertThat(parts.get(0).content().length()).isEqualTo(32);
        assertThat(parts.get(0).length()).isEqualTo(6);
    }

    @Test
    void chunk_lossInEventStream_spoilsOneEventOnly() {
        body.begin(true, ContentCoding.NONE, MediaType.TEXT);
        body.chunk(Bytes.utf8("data: 1\n\nda"), false, 10);
        body.chunk(Bytes.utf8("ta: x\n\ndata: 2\n\n"), true, 20);

        assertThat(parts)
                .extracting(BodyPart::state)
                .containsExactly(BodyState.WHOLE, BodyState.LOST_IN_PART, BodyState.WHOLE);
    }

    @Test
    void end_overTheCap_keepsLengthOnly() {
        body.begin(false, ContentCoding.NONE, MediaType.TEXT);
        Bytes mebibyte = Bytes.owned(new byte[1 << 20]);
        for (int i = 0; i < 9; i++) {
            body.chunk(mebibyte, false, i);
        }
        body.end(false, 30);

        assertThat(parts.get(0).state()).isEqualTo(BodyState.TOO_LARGE);
        assertThat(parts.get(0).length()).isEqualTo(9L << 20);
        assertThat(parts.get(0).content().isEmpty()).isTrue();
    }

    @Test
    void end_gzip_isDecodedAndFlagged() throws IOException {
        byte[] coded = gzip("{\"a\":1}".getBytes(StandardCharsets.UTF_8));
        body.begin(false, ContentCoding.of(Headers.of("Content-Encoding", "GZip")), MediaType.TEXT);
        body.chunk(Bytes.copyOf(coded, 0, coded.length), false, 1);
        body.end(false, 2);

        assertThat(parts.get(0).content().utf8()).isEqualTo("{\"a\":1}");
        assertThat(parts.get(0).decoded()).isTrue();
        assertThat(parts.get(0).length()).isEqualTo(coded.length);
    }

    @Test
    void end_secrets_areGoneAlsoFromDecodedBodiesAndEvents() throws IOException {
        byte[] coded = gzip("{\"token\":\"s3cret\"}".getBytes(StandardCharsets.UTF_8));
        body.begin(false, ContentCoding.GZIP, MediaType.TEXT);
        body.chunk(Bytes.copyOf(coded, 0, coded.length), false, 1);
        body.end(false, 2);
        BodyAssembly stream = new BodyAssembly(8, 3, Direction.RESPONSE, redaction, budget, parts::add);
        stream.begin(true, ContentCoding.NONE, MediaType.EVENTS);
        stream.chunk(Bytes.utf8("data: {\"token\":\"s3cret\"}\n\ndata: {\"token\":\"s3cret"), false, 1);
        stream.end(false, 2);

        assertThat(parts).hasSize(3).allSatisfy(part -> {
            assertThat(part.isWhole()).isTrue();
            assertThat(part.content().utf8()).contains("redacted:").doesNotContain("s3cret");
        });
        assertThat(parts).extracting(BodyPart::length).containsExactly((long) coded.length, 26L, 22L);
    }

    @Test
    void end_charactersThatCannotBeSearched_keepsHashOnly() {
        body.begin(false, ContentCoding.NONE, MediaType.UNREADABLE);
        body.chunk(Bytes.utf8("{}"), false, 1);
        body.end(false, 2);
        BodyAssembly stream = new BodyAssembly(8, 3, Direction.RESPONSE, redaction, budget, parts::add);
        stream.begin(true, ContentCoding.NONE, MediaType.UNREADABLE);
        stream.chunk(Bytes.utf8("data: 1\n\n"), false, 1);

        assertThat(parts).hasSize(2).allSatisfy(part -> {
            assertThat(part.state()).isEqualTo(BodyState.UNKNOWN_ENCODING);
            assertThat(part.content().length()).isEqualTo(32);
        });
    }

    @Test
    void end_searchOverBudget_keepsHashOnly() {
        body.begin(false, ContentCoding.NONE, MediaType.TEXT);
        body.chunk(Bytes.utf8("[".repeat(200_000)), false, 1);
        body.end(false, 2);

        assertThat(parts.get(0).state()).isEqualTo(BodyState.OMITTED);
        assertThat(parts.get(0).content().length()).isEqualTo(32);
        assertThat(parts.get(0).length()).isEqualTo(200_000);
    }

    @Test
    void end_gzipBomb_costsAtMostTheCap() throws IOException {
        byte[] coded = gzip(new byte[64 << 20]);
        body.begin(false, ContentCoding.GZIP, MediaType.TEXT);
        body.chunk(Bytes.copyOf(coded, 0, coded.length), false, 1);
        body.end(false, 2);

        assertThat(parts.get(0).state()).isEqualTo(BodyState.UNKNOWN_ENCODING);
        assertThat(parts.get(0).content().length()).isEqualTo(32);
    }

    @Test
    void end_unknownCoding_keepsHashOnly() {
        body.begin(false, ContentCoding.of(Headers.of("Content-Encoding", "br")), MediaType.TEXT);
        body.chunk(Bytes.utf8("???"), false, 1);
        body.end(false, 2);

        assertThat(parts.get(0).state()).isEqualTo(BodyState.UNKNOWN_ENCODING);
        assertThat(parts.get(0).decoded()).isFalse();
    }

    @Test
    void end_gzipThatNoHeaderTells_isDecoded_insideOfGzipKeepsHashOnly() throws IOException {
        byte[] coded = gzip("{\"token\":\"s3cret\"}".getBytes(StandardCharsets.UTF_8));
        body.begin(false, ContentCoding.NONE, MediaType.TEXT);
        body.chunk(Bytes.owned(coded), false, 1);
        body.end(false, 2);
        BodyAssembly twice = new BodyAssembly(8, 3, Direction.RESPONSE, redaction, budget, parts::add);
        twice.begin(false, ContentCoding.GZIP, MediaType.TEXT);
        twice.chunk(Bytes.owned(gzip(coded)), false, 1);
        twice.end(false, 2);

        assertThat(parts.get(0).decoded()).isTrue();
        assertThat(parts.get(0).content().utf8()).contains("redacted:").doesNotContain("s3cret");
        assertThat(parts.get(1).state()).isEqualTo(BodyState.UNKNOWN_ENCODING);
        assertThat(parts.get(1).content().length()).isEqualTo(32);
    }

    @Test
    void end_gzipThatCallsItselfAnEventStream_keepsHashesOnly() throws IOException {
        byte[] coded = gzip("data: s3cret\n\n".getBytes(StandardCharsets.UTF_8));
        body.begin(true, ContentCoding.NONE, MediaType.EVENTS);
        body.chunk(Bytes.owned(coded), false, 1);
        body.chunk(Bytes.utf8("\n\nthe rest of the deflated bytes"), false, 2);
        body.end(false, 3);

        assertThat(parts).hasSizeGreaterThanOrEqualTo(2).allSatisfy(part -> {
            assertThat(part.state()).isEqualTo(BodyState.UNKNOWN_ENCODING);
            assertThat(part.content().length()).isEqualTo(32);
        });
    }

    @Test
    void chunk_longBody_holdsWhatCameAndNoMore() {
        body.begin(false, ContentCoding.NONE, MediaType.TEXT);
        Bytes chunk = Bytes.owned(new byte[8 << 10]);
        for (int i = 1; i <= 1024; i++) {
            body.chunk(chunk, false, i);
            assertThat(budget.usedBytes()).isEqualTo((long) i * chunk.length());
        }
        body.end(false, 2000);

        assertThat(parts.get(0).isWhole()).isTrue();
        assertThat(parts.get(0).content().length()).isEqualTo(8 << 20);
        assertThat(budget.usedBytes()).isZero();
    }

    @Test
    void chunk_bytesLeftOutByTheLane_keepsLengthOnly() {
        body.begin(false, ContentCoding.NONE, MediaType.TEXT);
        body.chunk(Bytes.utf8("abc"), false, 10);
        body.chunk(Bytes.EMPTY, 9 << 20, false, 20);
        assertThat(budget.usedBytes()).isZero();
        body.end(false, 30);

        assertThat(parts.get(0).state()).isEqualTo(BodyState.TOO_LARGE);
        assertThat(parts.get(0).length()).isEqualTo(3 + (9 << 20));
        assertThat(parts.get(0).content().isEmpty()).isTrue();
    }

    @Test
    void end_withoutHead_keepsNoBytesInClear() {
        body.chunk(Bytes.utf8("maybe compressed, maybe a stream"), false, 1);
        body.end(false, 2);

        assertThat(parts.get(0).state()).isEqualTo(BodyState.LOST_IN_PART);
        assertThat(parts.get(0).content().length()).isEqualTo(32);
    }

    @Test
    void end_budgetUsedUp_keepsLengthOnlyAndGivesBack() {
        assertThat(budget.take((64 << 20) - 100)).isTrue();
        body.begin(false, ContentCoding.NONE, MediaType.TEXT);
        body.chunk(Bytes.utf8("x".repeat(60)), false, 1);
        body.chunk(Bytes.utf8("x".repeat(60)), false, 2);
        assertThat(budget.usedBytes()).isEqualTo((64 << 20) - 100);
        body.end(false, 3);

        assertThat(parts.get(0).state()).isEqualTo(BodyState.TOO_LARGE);
        assertThat(parts.get(0).length()).isEqualTo(120);
        assertThat(parts.get(0).content().isEmpty()).isTrue();
        assertThat(budget.usedBytes()).isEqualTo((64 << 20) - 100);
    }

    @Test
    void chunk_budgetUsedUpInEventStream_spoilsOneEventOnly() {
        assertThat(budget.take((64 << 20) - 30)).isTrue();
        body.begin(true, ContentCoding.NONE, MediaType.TEXT);
        body.chunk(Bytes.utf8("data: 1\n\ndata: "), false, 1);
        body.chunk(Bytes.utf8("x".repeat(40)), false, 2);
        body.chunk(Bytes.utf8("\n\ndata:"), false, 3);
        body.chunk(Bytes.utf8(" 3\n\nda"), false, 4);
        body.end(false, 5);

        assertThat(parts)
                .extracting(BodyPart::state)
                .containsExactly(BodyState.WHOLE, BodyState.TOO_LARGE, BodyState.WHOLE, BodyState.WHOLE);
        assertThat(parts).extracting(BodyPart::length).containsExactly(9L, 48L, 9L, 2L);
        assertThat(parts.get(2).content().utf8()).isEqualTo("data: 3\n\n");
        assertThat(budget.usedBytes()).isEqualTo((64 << 20) - 30);
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(plain);
        }
        return out.toByteArray();
    }
}
