package dev.mcpreel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mcpreel.captures.store.Retention;
import dev.mcpreel.captures.store.RetentionStatus;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Timeout(10)
class RetentionOptionsTest {
    private RetentionStatus status = RetentionStatus.NOTHING;
    private final RetentionNews news = new RetentionNews(() -> status);

    @Test
    void options_addUp() {
        assertThat(retention().isNone()).isTrue();
        assertThat(retention("--max-size=10G", "--max-age=7d", "--retain=3"))
                .isEqualTo(Retention.of(10L << 30, TimeUnit.DAYS.toNanos(7), 3));
        assertThat(retention("--max-size=64m").maxBytes()).isEqualTo(64L << 20);
        assertThat(retention("--max-size=1.5GiB").maxBytes()).isEqualTo(3L << 29);
        assertThat(retention("--max-size=2tb").maxBytes()).isEqualTo(2L << 40);
        assertThat(retention("--max-age=90m").maxAgeNanos()).isEqualTo(TimeUnit.MINUTES.toNanos(90));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --max-size=63.9M | --max-size 63.9M is too little: write 64M or more, or leave it out to keep everything
            --max-size=1000  | --max-size 1000 is no size: write it like 500M or 10G
            --max-size=-1G   | --max-size -1G is no size: write it like 500M or 10G
            --max-size=9999999T | --max-size 9999999T is no size: write it like 500M or 10G
            --max-age=59s    | --max-age 59s is too short: write 1m or more, or leave it out to keep everything
            --max-age=0s     | --max-age 0s is too short: write 1m or more, or leave it out to keep everything
            --max-age=week   | --max-age week is no duration: write it like 500ms, 60s, 5m, 1h or 7d
            --retain=0       | --retain 0: write a number from 1, this capture is one
            """)
    void wrongValue_isOneLineWithTheCure(String option, String message) {
        assertThatThrownBy(() -> retention(option))
                .isInstanceOf(CommandFailure.class)
                .hasMessage(message)
                .satisfies(e -> assertThat(Failures.exitCode(e)).isEqualTo(ExitCode.USAGE));
    }

    @Test
    void firstRemoval_isToldOnce_andTheTotalInTheEnd() {
        assertThat(news.get()).isEmpty();
        assertThat(RetentionNews.total(status)).isEmpty();
        status = new RetentionStatus(1, 16_000_000, 0, 0, "");
        assertThat(news.get()).isEqualTo("removing the oldest records from now on: 16 MB in 1 file so far");
        status = new RetentionStatus(12, 190_000_000, 2, 0, "");
        assertThat(news.get()).isEmpty();
        assertThat(RetentionNews.total(status))
                .contains("removed by retention: 190 MB in 12 files, 2 whole captures among them");
    }

    @Test
    void whatCannotBeRemoved_isToldOnce() {
        status = new RetentionStatus(0, 0, 0, 3_000_000, "");
        assertThat(news.get())
                .isEqualTo("the captures take 3 MB more than --max-size: those left are being read or written");
        status = new RetentionStatus(0, 0, 0, 45_600_000, "");
        assertThat(news.get()).isEmpty();
        status = RetentionStatus.NOTHING;
        assertThat(news.get()).isEmpty();
        status = new RetentionStatus(0, 0, 0, 0, "cannot remove from x (java.io.IOException: no)");
        assertThat(news.get())
                .isEqualTo("NOT REMOVING: cannot remove from x (java.io.IOException: no); tried again every 10 s");
        assertThat(news.get()).isEmpty();
    }

    private static Retention retention(String... arguments) {
        Options options = new Options();
        new CommandLine(options).parseArgs(arguments);
        return options.retention.retention();
    }

    @Command
    private static final class Options {
        @Mixin
        private RetentionOptions retention = new RetentionOptions();
    }
}
