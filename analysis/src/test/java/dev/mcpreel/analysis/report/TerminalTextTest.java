package dev.mcpreel.analysis.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class TerminalTextTest {
    @Test
    void escape_ordinaryText_isKept() {
        for (String text : new String[] {"", "search_orders", "größe/ход/検索 🎟", "e\u0301"}) {
            assertThat(TerminalText.escape(text)).isEqualTo(text);
        }
    }

    @Test
    void escape_whatMovesOrHides_isShown() {
        assertThat(TerminalText.escape("a\u001b[31m\r\n\t\u0000\u007f\u009b2J"))
                .isEqualTo("a\\x1b[31m\\x0d\\x0a\\x09\\x00\\x7f\\x9b2J");
        assertThat(TerminalText.escape("\u202eab\u200b\u2066\ufeff\u2028\u00ad"))
                .isEqualTo("\\u202eab\\u200b\\u2066\\ufeff\\u2028\\xad");
        assertThat(TerminalText.escape("\ud800x\udfff\ue000")).isEqualTo("\\ud800x\\udfff\\ue000");
        assertThat(TerminalText.escape(new String(Character.toChars(0xe0041)))).isEqualTo("\\u{e0041}");
    }

    @Test
    void escape_literalBackslash_cannotBeMistaken() {
        assertThat(TerminalText.escape("\\x1b")).isEqualTo("\\\\x1b");
    }

    @Test
    void cells_wideAndCombining_asTerminalsDrawThem() {
        assertThat(TerminalText.cells("abc")).isEqualTo(3);
        assertThat(TerminalText.cells("検索")).isEqualTo(4);
        assertThat(TerminalText.cells("e\u0301")).isEqualTo(1);
        assertThat(TerminalText.cells("🎟")).isEqualTo(2);
    }

    @Test
    void fit_tooLong_endsInEllipsis() {
        assertThat(TerminalText.fit("search_orders", 13)).isEqualTo("search_orders");
        assertThat(TerminalText.fit("search_orders", 7)).isEqualTo("search…");
        assertThat(TerminalText.fit("検索検索", 6)).isEqualTo("検索…");
        assertThat(TerminalText.fit("abc", 0)).isEmpty();
    }

    @Test
    void wrap_longText_breaksAtBlanksAndInsideWordsWhereItMust() {
        assertThat(TerminalText.wrap("one two three", 8)).containsExactly("one two", "three");
        assertThat(TerminalText.wrap("see abcdefghijkl now", 5)).containsExactly("see", "abcde", "fghij", "kl", "now");
        assertThat(TerminalText.wrap("kl now", 6)).containsExactly("kl now");
        assertThat(TerminalText.wrap("", 5)).containsExactly("");
    }
}
