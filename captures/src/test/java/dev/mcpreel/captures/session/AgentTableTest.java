package dev.mcpreel.captures.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.testkit.sim.AgentTable;
import dev.mcpreel.captures.testkit.sim.Pairs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How well agents are told apart. {@code -Dmcpreel.tables=write} writes what it finds into docs/SESSIONS.md. */
@Timeout(600)
class AgentTableTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "SESSIONS.md");
    private static final String BEGIN = "<!-- what AgentTableTest finds -->\n";
    private static final String END = "<!-- end of it -->\n";
    private static AgentTable table;

    @BeforeAll
    static void measure() {
        table = AgentTable.of(2);
    }

    @Test
    void document_tables_areWhatWasMeasured() throws IOException {
        String text = Files.readString(DOCUMENT);
        int from = text.indexOf(BEGIN) + BEGIN.length();
        int to = text.indexOf(END);
        if ("write".equals(System.getProperty("mcpreel.tables"))) {
            Files.writeString(DOCUMENT, text.substring(0, from) + table + text.substring(to));
        } else {
            assertThat(text.substring(from, to)).isEqualTo(table.toString());
        }
    }

    @Test
    void confidence_ofEveryKind_isWhatWasMeasured() {
        table.precision()
                .forEach((kind, precision) -> assertThat(kind.confidence())
                        .as("%s, measured %.3f", kind, precision)
                        .isBetween(precision - 0.05, precision + 0.05));
    }

    @Test
    void auto_clientsWithACertainKey_areToldApart() {
        for (String clients : new String[] {
            "a session each",
            "a session each, addresses that change",
            "2024-11-05, a stream each",
            "one session for all, a conversation id each",
            "no session, a connection each",
            "no session, ids with a prefix",
            "no session, id always 1, an address each",
            "2026-07-28, an address each"
        }) {
            assertThat(cell(clients, "auto")).as(clients).isEqualTo(new Pairs(1, 1));
        }
    }

    @Test
    void auto_tracesThatAreGoneOnWith_tellAgentsApart() {
        atLeast("one session for all, a trace each", "auto", 0.9, 0.85);
        atLeast("2026-07-28, a trace each", "auto", 0.75, 0.75);
        atLeast("2026-07-28, a token each", "auto", 0.7, 0.7);
        atLeast("a session for each call", "auto", 1, 0.75);
    }

    @Test
    void operatorsKey_whereAgentsHaveIt_isCertain() {
        assertThat(cell("one session for all, a path each", "path")).isEqualTo(new Pairs(1, 1));
        assertThat(cell("one session for all, a header each", "header:X-Agent-Id"))
                .isEqualTo(new Pairs(1, 1));
        assertThat(cell("a session for each call, a header each", "header:X-Agent-Id"))
                .isEqualTo(new Pairs(1, 1));
        assertThat(cell("one session for all, a conversation id each", "meta:conversationId"))
                .isEqualTo(new Pairs(1, 1));
        assertThat(cell("2026-07-28, a trace each", "trace")).isEqualTo(new Pairs(1, 1));
        assertThat(cell("2026-07-28, a token each", "token")).isEqualTo(new Pairs(1, 1));
        assertThat(cell("a session for each call, no DELETE", "client")).isEqualTo(new Pairs(1, 1));
        assertThat(cell("a session each", "address")).isEqualTo(new Pairs(1, 1));
    }

    private static void atLeast(String clients, String key, double precision, double recall) {
        Pairs pairs = cell(clients, key);
        assertThat(pairs.precision()).as("%s by %s: %s", clients, key, pairs).isGreaterThanOrEqualTo(precision);
        assertThat(pairs.recall()).as("%s by %s: %s", clients, key, pairs).isGreaterThanOrEqualTo(recall);
    }

    private static Pairs cell(String clients, String key) {
        return table.rows().get(clients).get(key);
    }
}
