package dev.mcpreel.captures.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.exchange.Bytes;
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
        assertThat(SseEvent.parse(Bytes.owned(block)).data()).isEqualTo("x\uFFFD");
    }

    private static SseEvent parse(String block) {
        return SseEvent.parse(Bytes.utf8(block));
    }
}
