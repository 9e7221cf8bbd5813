package dev.mcpreel.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.demo.Script.Ask;
import dev.mcpreel.demo.Script.Turn;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 5, unit = TimeUnit.SECONDS)
class ScriptTest {
    @Test
    void of_theSameSeedAndAgent_isTheSameScript() {
        assertThat(shape(Script.of(3, 2))).isEqualTo(shape(Script.of(3, 2)));
    }

    @Test
    void of_anotherSeedOrAgent_isAnotherScript() {
        assertThat(shape(Script.of(3, 2))).isNotEqualTo(shape(Script.of(4, 2))).isNotEqualTo(shape(Script.of(3, 1)));
    }

    @Test
    void of_anySeed_thinksBurstsAndRunsForSeconds() {
        for (long seed = 0; seed < 200; seed++) {
            List<Turn> turns = Script.of(seed, 1).turns();
            assertThat(turns).as("seed %d", seed).allSatisfy(turn -> {
                assertThat(turn.thinkMillis()).isBetween(300L, 1_500L);
                assertThat(turn.legs().stream().mapToInt(List::size).sum()).isBetween(2, 4);
            });
            assertThat(turns.stream().mapToLong(Turn::thinkMillis).sum())
                    .as("seed %d", seed)
                    .isBetween(3_500L, 9_800L);
        }
    }

    @Test
    void defaults_haveAnIdleGapBetweenBursts_andALookupOfEachKind() {
        List<Turn> turns = LongStream.rangeClosed(1, 4)
                .mapToObj(agent -> Script.of(1, (int) agent).turns())
                .flatMap(List::stream)
                .toList();
        Chance server = new Chance(DemoServer.Options.defaults().seed());

        assertThat(turns).anyMatch(turn -> turn.thinkMillis() > 1_000).anyMatch(turn -> turn.thinkMillis() < 1_000);
        assertThat(turns.stream()
                        .flatMap(turn -> turn.legs().stream().flatMap(List::stream))
                        .filter(ask -> ask.tool().equals("flaky_lookup"))
                        .map(ask -> server.hits(4, (String) arguments(ask).get("sku"))))
                .contains(true, false);
    }

    private static List<String> shape(Script script) {
        return script.turns().stream()
                .flatMap(turn -> turn.legs().stream()
                        .flatMap(leg -> leg.stream().map(ask -> turn.thinkMillis() + " " + arguments(ask))))
                .toList();
    }

    private static Map<String, Object> arguments(Ask ask) {
        Notebook notes = new Notebook();
        notes.note("search_orders", Map.of("orders", List.of(Map.of("order_id", "ord-000001"))));
        notes.note("create_ticket", Map.of("ticket_id", "tck-00000001"));
        return ask.arguments().apply(notes);
    }
}
