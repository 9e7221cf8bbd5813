package dev.mcpreel.captures.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.exchange.Bytes;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class SseSplitterTest {
    private static final String[] ENDS = {"\n", "\r", "\r\n"};
    private static final String[] LINES = {
        "data: {\"a\":1}",
        "data",
        "data:",
        "event: message",
        "id: 7",
        ": keepalive",
        "retry: 10",
        "data: \u00fc\u20ac",
        "x",
        ":"
    };

    @Test
    void feed_byteByByte_joinsToInputAndCutsSameEvents() {
        String stream =
                "\uFEFFdata: one\n\nid: 1\r\ndata: two\r\ndata: lines\r\n\r\n: c\r\rdata: x\r\n\n\r\ndata: tail";
        Cut whole = cut(stream, stream.length() + 8, new Random(0));
        Cut bytewise = cut(stream, 1, new Random(0));

        assertThat(whole.messages()).containsExactly("one", "two\nlines", "x");
        assertThat(bytewise.messages()).isEqualTo(whole.messages());
        assertThat(bytewise.joined()).isEqualTo(Bytes.utf8(stream));
        assertThat(whole.joined()).isEqualTo(Bytes.utf8(stream));
        assertThat(whole.tail.utf8().strip()).isEqualTo("data: tail");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 20_260_728, 42, 7_919, 123_456_789})
    void feed_randomChunksAndLineEnds_joinsToInputAndCutsSameEvents(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            String stream = stream(random);
            Cut whole = cut(stream, Integer.MAX_VALUE, random);
            Cut chunked = cut(stream, 7, random);
            assertThat(chunked.joined()).as("seed %d round %d", seed, round).isEqualTo(Bytes.utf8(stream));
            assertThat(whole.joined()).as("seed %d round %d", seed, round).isEqualTo(Bytes.utf8(stream));
            assertThat(chunked.messages())
                    .as("seed %d round %d of %s", seed, round, stream)
                    .isEqualTo(whole.messages())
                    .isEqualTo(byHand(stream));
        }
    }

    @Test
    void feed_block_hasTimesOfItsFirstByteAndOfItsBlankLine() {
        List<Long> times = new ArrayList<>();
        SseSplitter splitter = new SseSplitter(1024, new SseSplitter.Sink() {
            @Override
            public void block(Bytes block, long firstByteNanos, long nanos) {
                times.add(firstByteNanos);
                times.add(nanos);
            }

            @Override
            public void oversized(long length, long firstByteNanos, long nanos) {
                throw new AssertionError("nothing is over the cap");
            }
        });
        splitter.feed(Bytes.utf8("data: a"), 10);
        splitter.feed(Bytes.utf8("b\n"), 20);
        splitter.feed(Bytes.utf8("\ndata: c\r\n\r\nda"), 30);
        assertThat(times).containsExactly(10L, 30L, 30L, 30L);
        assertThat(splitter.tailFirstByteNanos()).isEqualTo(30);
        assertThat(splitter.tailLength()).isEqualTo(2);
        assertThat(splitter.tail().utf8()).isEqualTo("da");
        assertThat(splitter.tailLength()).isZero();
    }

    @Test
    void feed_blockOverCap_isCountedOnceAndTheNextIsKept() {
        Cut cut = new Cut();
        SseSplitter splitter = new SseSplitter(16, cut);
        splitter.feed(Bytes.utf8("data: 0123456789"), 1);
        splitter.feed(Bytes.utf8("0123456789\n\ndata: ok\n\n"), 2);
        assertThat(cut.oversized).containsExactly(28L);
        assertThat(cut.messages()).containsExactly("ok");
    }

    @Test
    void feed_tailOverCap_keepsItsLength() {
        Cut cut = new Cut();
        SseSplitter splitter = new SseSplitter(4, cut);
        splitter.feed(Bytes.utf8("data: 0123456789"), 1);
        assertThat(splitter.tailLength()).isEqualTo(16);
        assertThat(splitter.tail().isEmpty()).isTrue();
    }

    private static String stream(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i >= 0; i--) {
            if (random.nextInt(3) > 0) {
                text.append(LINES[random.nextInt(LINES.length)]);
            }
            text.append(ENDS[random.nextInt(ENDS.length)]);
        }
        return text.append(random.nextBoolean() ? "data: cut" : "").toString();
    }

    /** What a reader that has the whole stream makes of it: lines split by one expression, grouped by hand. */
    private static List<String> byHand(String stream) {
        List<String> messages = new ArrayList<>();
        List<String> data = new ArrayList<>();
        String[] lines = stream.split("\r\n|\n|\r", -1);
        for (int i = 0; i < lines.length - 1; i++) {
            String line = lines[i];
            if (line.isEmpty()) {
                String joined = String.join("\n", data);
                if (!joined.isEmpty()) {
                    messages.add(joined);
                }
                data.clear();
            } else if (line.equals("data") || line.startsWith("data:")) {
                String value = line.length() < 5 ? "" : line.substring(5);
                data.add(value.startsWith(" ") ? value.substring(1) : value);
            }
        }
        return messages;
    }

    private static Cut cut(String stream, int maxChunk, Random random) {
        Bytes bytes = Bytes.utf8(stream);
        Cut cut = new Cut();
        SseSplitter splitter = new SseSplitter(1 << 20, cut);
        for (int from = 0; from < bytes.length(); ) {
            int left = bytes.length() - from;
            int count = maxChunk >= left ? left : 1 + random.nextInt(maxChunk);
            splitter.feed(bytes.slice(from, from + count), from);
            from += count;
        }
        cut.tail = splitter.tail();
        return cut;
    }

    private static final class Cut implements SseSplitter.Sink {
        private final List<Bytes> blocks = new ArrayList<>();
        private final List<Long> oversized = new ArrayList<>();
        private Bytes tail = Bytes.EMPTY;

        @Override
        public void block(Bytes block, long firstByteNanos, long nanos) {
            blocks.add(block);
        }

        @Override
        public void oversized(long length, long firstByteNanos, long nanos) {
            oversized.add(length);
        }

        Bytes joined() {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            blocks.forEach(block -> out.writeBytes(block.toByteArray()));
            out.writeBytes(tail.toByteArray());
            return Bytes.owned(out.toByteArray());
        }

        List<String> messages() {
            return blocks.stream()
                    .map(SseEvent::parse)
                    .filter(SseEvent::isMessage)
                    .map(SseEvent::data)
                    .collect(Collectors.toList());
        }
    }
}
