package dev.mcpreel.benchmarks;

import dev.mcpreel.captures.exchange.Bytes;
import dev.mcpreel.captures.wire.SseSplitter;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** Cutting one event of a given size out of an event stream. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SseSplitterBenchmark {
    @Param({"200", "4000"})
    public int dataBytes;

    private Bytes event = Bytes.EMPTY;

    /** Makes one event of the wanted size. */
    @Setup
    public void makeEvent() {
        event = Bytes.utf8("event: message\ndata: " + "x".repeat(dataBytes) + "\n\n");
    }

    /** One event in one read, as a server usually sends it. */
    @Benchmark
    public void oneEventInOneRead(Blackhole sink) {
        SseSplitter splitter = new SseSplitter(1 << 20, new SseSplitter.Sink() {
            @Override
            public void block(Bytes block, long firstByteNanos, long nanos) {
                sink.consume(block);
            }

            @Override
            public void oversized(long length, long firstByteNanos, long nanos) {
                sink.consume(length);
            }
        });
        splitter.feed(event, 1);
    }
}
