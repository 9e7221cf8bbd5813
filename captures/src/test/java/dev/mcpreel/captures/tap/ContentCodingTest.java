package dev.mcpreel.captures.tap;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.mcpreel.captures.exchange.Bytes;
import dev.mcpreel.captures.exchange.Headers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class ContentCodingTest {
    private static final String CODING = "Content-Encoding";

    @Test
    void of_oneCoding_isFoundOnWhicheverLine() {
        assertThat(of()).isEqualTo(ContentCoding.NONE);
        assertThat(of(CODING, " ")).isEqualTo(ContentCoding.NONE);
        assertThat(of(CODING, "Identity, ")).isEqualTo(ContentCoding.NONE);
        assertThat(of(CODING, "X-GZip")).isEqualTo(ContentCoding.GZIP);
        assertThat(of(CODING, "identity", "content-encoding", "gzip")).isEqualTo(ContentCoding.GZIP);
        assertThat(of(CODING, "deflate,identity")).isEqualTo(ContentCoding.DEFLATE);
    }

    @Test
    void of_severalOrUnknown_isOther() {
        assertThat(of(CODING, "gzip", CODING, "gzip")).isEqualTo(ContentCoding.OTHER);
        assertThat(of(CODING, "deflate, gzip")).isEqualTo(ContentCoding.OTHER);
        assertThat(of(CODING, "br")).isEqualTo(ContentCoding.OTHER);
    }

    @Test
    void of_codingOfTheTransfer_isOther_unlessChunked() {
        assertThat(of("Transfer-Encoding", "Chunked")).isEqualTo(ContentCoding.NONE);
        assertThat(of("Transfer-Encoding", "gzip, chunked")).isEqualTo(ContentCoding.OTHER);
        assertThat(of("Transfer-Encoding", "gzip", CODING, "gzip")).isEqualTo(ContentCoding.OTHER);
    }

    @Test
    void decode_bomb_costsAFewTimesTheCap() throws IOException {
        ByteArrayOutputStream coded = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(coded)) {
            gzip.write(new byte[64 << 20]);
        }
        Bytes bomb = Bytes.owned(coded.toByteArray());
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        assertThat(ContentCoding.GZIP.decode(bomb, 1 << 20)).isNull();
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(4 << 20);
    }

    private static ContentCoding of(String... headers) {
        return ContentCoding.of(Headers.of(headers));
    }
}
