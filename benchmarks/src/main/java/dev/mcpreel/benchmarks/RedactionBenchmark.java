package dev.mcpreel.benchmarks;

import dev.mcpreel.captures.exchange.Bytes;
import dev.mcpreel.captures.exchange.Headers;
import dev.mcpreel.captures.redact.MediaType;
import dev.mcpreel.captures.redact.Redaction;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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

/** Looking for secrets in what a recorder thread gets, with few and with many known ones. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class RedactionBenchmark {
    private static final int MEBIBYTE = 1 << 20;

    @Param({"0", "1000", "50000"})
    public int knownSecrets;

    private Redaction redaction = Redaction.standard();
    private Headers plainHead = Headers.EMPTY;
    private Headers bearerHead = Headers.EMPTY;
    private Bytes smallJson = Bytes.EMPTY;
    private Bytes secretJson = Bytes.EMPTY;
    private Bytes bigJson = Bytes.EMPTY;
    private Bytes bigText = Bytes.EMPTY;

    /** Learns the secrets and makes the messages. */
    @Setup
    public void makeMessages() {
        Random random = new Random(1);
        redaction = Redaction.standard();
        for (int i = 0; i < knownSecrets; i++) {
            redaction.apply(Headers.of(
                    "Authorization", "Bearer eyJhbGciOiJIUzI1NiJ9." + Long.toHexString(random.nextLong()) + i));
        }
        plainHead = Headers.of(
                "Host",
                "mcp.example",
                "Accept",
                "application/json, text/event-stream",
                "User-Agent",
                "agent/1.2 (x; y)",
                "Content-Type",
                "application/json",
                "MCP-Protocol-Version",
                "2025-11-25",
                "Content-Length",
                "182");
        bearerHead = Headers.of(
                "Authorization", "Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl", "Host", "mcp.example");
        String call =
                "{\"jsonrpc\":\"2.0\",\"id\":17,\"method\":\"tools/call\",\"params\":{\"name\":\"search_tickets\","
                        + "\"arguments\":{\"query\":\"printer on fire\",\"limit\":10},\"_meta\":{\"progressToken\":17}}%s}";
        smallJson = Bytes.utf8(call.formatted(""));
        secretJson = Bytes.utf8(call.formatted(",\"password\":\"hunter2-hunter2\""));
        String member =
                "{\"id\":4711,\"title\":\"The printer is on fire\",\"url\":\"https://h.example/t/4711?page=2\",\"text\":\""
                        + "Lorem ipsum dolor sit amet, consectetur adipiscing elit: sed do eiusmod.\\n\"},";
        bigJson = Bytes.utf8("{\"result\":[" + member.repeat(MEBIBYTE / member.length()) + "0]}");
        String line =
                "2026-11-26 08:15:00,123 INFO  [worker-7] dev.example.Tickets - took 12 ms for user=joe, ticket: 4711\n";
        bigText = Bytes.utf8(line.repeat(MEBIBYTE / line.length()));
    }

    /** A head with nothing to hide. */
    @Benchmark
    public Headers headWithoutSecrets() {
        return redaction.apply(plainHead);
    }

    /** A head with credentials that were met before. */
    @Benchmark
    public Headers headWithBearer() {
        return redaction.apply(bearerHead);
    }

    /** A call of some 180 bytes. */
    @Benchmark
    public @Nullable Bytes callWithoutSecrets() {
        return redaction.body(smallJson, MediaType.TEXT);
    }

    /** The same with a secret by its name. */
    @Benchmark
    public @Nullable Bytes callWithSecret() {
        return redaction.body(secretJson, MediaType.TEXT);
    }

    /** An answer of a mebibyte in JSON. */
    @Benchmark
    public @Nullable Bytes mebibyteOfJson() {
        return redaction.body(bigJson, MediaType.TEXT);
    }

    /** An answer of a mebibyte of a log. */
    @Benchmark
    public @Nullable Bytes mebibyteOfText() {
        return redaction.body(bigText, MediaType.TEXT);
    }
}
