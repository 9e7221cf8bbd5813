package dev.mcpreel.captures.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.mcpreel.captures.exchange.Bytes;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class SseEventTest {
    @Test
    void parse_allFields_areRead() {
        SseEvent event = parse("event: ping\nid: 5\nretry: 10\ndata: a\ndata:b\n: c\n\n");
        assertThat(event.name()).isEqualTo("ping");
        assertThat(event.id()).isEqualTo("5");
        assertThat(event.data()).isEqualTo("a\nb");
        assertThat(event.isMessage()).isTrue();
    }

    @Test
    void parse_primingEvent_hasIdAndDataButNoMessage() {
        SseEvent event = parse("id: e1\ndata: \n\n");
        assertThat(event.id()).isEqualTo("e1");
        assertThat(event.hasData()).isTrue();
        assertThat(event.isMessage()).isFalse();
    }

    @Test
    void parse_commentOnly_isNoEvent() {
        SseEvent event = parse(": keepalive\n\n");
        assertThat(event.hasData()).isFalse();
        assertThat(event.isMessage()).isFalse();
        assertThat(event.name()).isEqualTo("message");
    }

    @Test
    void parse_byteOrderMarkAndForeignLineEnds_areSkipped() {
        assertThat(parse("\uFEFFdata: x\r\n\r\n").data()).isEqualTo("x");
        assertThat(parse("\ndata: x\r\r").data()).isEqualTo("x");
    }

    @Test
    void parse_fieldWithoutColonAndSecondSpace_followTheStandard() {
        SseEvent event = parse("data\ndata:  two\n\n");
        assertThat(event.data()).isEqualTo("\n two");
    }

    @Test
    void parse_idWithNul_isIgnored() {
        assertThat(parse("id: a\0b\ndata: x\n\n").id()).isNull();
    }

    @Test
    void parse_invalidUtf8_becomesReplacementCharacters() {
        byte[] block = Bytes.utf8("data: x?\n\n").toByteArray();
        block[7] = (byte) 0xFF;
        SseEvent event = SseEvent.parse(Bytes.owned(block));
        assertThat(event.data()).isEqualTo("x\uFFFD");
        assertThat(event.malformed()).isTrue();
        assertThat(parse("data: x\uFFFD\n\n").malformed()).isFalse();
    }

    @Test
    void parse_surrogatesInUtf8AndOverlongForms_areMalformed() {
        for (String hex : List.of("EDA080", "C080", "F8888080", "E282")) {
            ByteArrayOutputStream block = new ByteArrayOutputStream();
            block.writeBytes("data: x".getBytes(StandardCharsets.US_ASCII));
            block.writeBytes(HexFormat.of().parseHex(hex));
            block.writeBytes("\n\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(SseEvent.parse(Bytes.owned(block.toByteArray())).malformed())
                    .as(hex)
                    .isTrue();
        }
    }

    @Test
    void parse_millionLines_costsAFewTimesTheirBytes() {
        String data = "data:\n".repeat(1_000_000) + "\n";
        Bytes block = Bytes.utf8(data);
        Bytes mixed = Bytes.utf8("event:\nid: 1\n:\nx\n".repeat(250_000) + data);
        assertThat(SseEvent.parse(block).data()).isEqualTo("\n".repeat(999_999));
        assertThat(allocated(() -> SseEvent.parse(block))).isLessThan(6L * block.length());
        assertThat(allocated(() -> SseEvent.parse(mixed))).isLessThan(6L * mixed.length());
    }

    private static long allocated(Runnable work) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        work.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private static SseEvent parse(String block) {
        return SseEvent.parse(Bytes.utf8(block));
    }
}
