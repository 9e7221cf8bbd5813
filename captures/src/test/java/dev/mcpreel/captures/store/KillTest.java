package dev.mcpreel.captures.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.EventKind;
import dev.mcpreel.captures.exchange.ExchangeEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class KillTest {
    @TempDir
    Path store;

    @ParameterizedTest
    @ValueSource(ints = {3, 8, 14})
    void kill_flatOut_keepsEveryAcknowledgedExchange(int synced) throws IOException, InterruptedException {
        List<String> lines = new ArrayList<>();
        try (ChildJvm child = ChildJvm.start(KilledWriter.class, ChildJvm.chronicleFlags(), store.toString())) {
            for (int seen = 0; seen < synced; ) {
                String line = child.line();
                assertThat(line).as("the child lives").isNotNull();
                lines.add(line);
                seen += line.startsWith("through") ? 1 : 0;
            }
            assertThat(CaptureReader.open(store).live()).isTrue();
            lines.addAll(child.kill());
        }

        CaptureReader reader = CaptureReader.open(store);
        assertThat(reader.interrupted()).isTrue();
        VerifyReport report = CaptureVerifier.verify(store);
        assertThat(report.ok()).as(report.toString()).isTrue();
        assertThat(report.log().records()).isGreaterThan(last(lines, "through "));
        Map<Long, List<CaptureEvent>> exchanges = read(reader);
        long checked = 0;
        for (long thread = 0; thread < KilledWriter.THREADS; thread++) {
            long base = thread * KilledWriter.IDS;
            for (long id = base + 1; id <= acknowledged(lines, thread); id++) {
                assertThat(exchanges.get(id)).as("exchange %d", id).isEqualTo(expected(id));
                checked++;
            }
        }
        assertThat(checked).isGreaterThan(100);

        // Writing goes on at once, in a new capture of the same store.
        CaptureWriter next = CaptureWriter.create(store, Captures.SEED, WriterOptions.defaults());
        next.newAppender().append(new RandomEvents(1).end(1));
        next.close(Ending.COMPLETE, SourceCounts.NONE);
        assertThat(CaptureReader.open(store).folder()).isEqualTo(next.folder());
        assertThat(CaptureVerifier.verify(store).ok()).isTrue();
    }

    @Test
    void create_withoutTheFlags_namesTheMissingOne() throws IOException, InterruptedException {
        try (ChildJvm child = ChildJvm.start(WithoutFlags.class, List.of(), store.toString())) {
            assertThat(child.line())
                    .isEqualTo(
                            "FAILED the log needs the JVM flag --add-opens "
                                    + "java.base/java.lang.reflect=ALL-UNNAMED: start the program with the mcp-reel launcher, or add the flag");
        }
        List<String> half = ChildJvm.chronicleFlags().subList(0, 1);
        try (ChildJvm child = ChildJvm.start(WithoutFlags.class, half, store.toString())) {
            assertThat(child.line()).contains("--add-opens java.base/sun.nio.ch=ALL-UNNAMED");
        }
        assertThat(store).isEmptyDirectory();
    }

    /** Tries to write without the flags Chronicle needs. */
    static final class WithoutFlags {
        private WithoutFlags() {}

        public static void main(String[] arguments) {
            try {
                CaptureWriter.create(Path.of(arguments[0]), Captures.SEED, WriterOptions.defaults());
                System.out.println("written");
            } catch (CaptureException e) {
                System.out.println(e.category() + " " + e.getMessage());
            }
        }
    }

    private static Map<Long, List<CaptureEvent>> read(CaptureReader reader) {
        Map<Long, List<CaptureEvent>> exchanges = new HashMap<>();
        reader.read(event -> {
            if (event instanceof ExchangeEvent exchange) {
                exchanges
                        .computeIfAbsent(exchange.exchangeId(), id -> new ArrayList<>())
                        .add(event);
            }
        });
        return exchanges;
    }

    private static List<CaptureEvent> expected(long id) {
        return KilledWriter.exchange(id).stream()
                .filter(event -> event.kind() != EventKind.STEP)
                .toList();
    }

    private static long acknowledged(List<String> lines, long thread) {
        return lines.stream()
                .filter(line -> line.matches("acknowledged \\d+"))
                .mapToLong(line -> Long.parseLong(line.substring("acknowledged ".length())))
                .filter(id -> id / KilledWriter.IDS == thread)
                .max()
                .orElse(0);
    }

    private static long last(List<String> lines, String prefix) {
        return lines.stream()
                .filter(line -> line.matches(prefix + "\\d+"))
                .mapToLong(line -> Long.parseLong(line.substring(prefix.length())))
                .max()
                .orElseThrow();
    }
}
