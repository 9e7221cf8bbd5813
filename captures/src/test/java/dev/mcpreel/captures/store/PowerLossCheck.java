package dev.mcpreel.captures.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Says what a capture still has of what its writer acknowledged; see {@code src/test/sh/power-loss.sh}. */
final class PowerLossCheck {
    private PowerLossCheck() {}

    public static void main(String[] arguments) throws IOException {
        long acknowledged = Files.readAllLines(Path.of(arguments[1])).stream()
                .filter(line -> line.matches("through \\d+"))
                .mapToLong(line -> Long.parseLong(line.substring("through ".length())))
                .max()
                .orElse(-1);
        VerifyReport report = CaptureVerifier.verify(Path.of(arguments[0]));
        long lost = report.log().holes().stream()
                .mapToLong(hole -> Math.max(0, Math.min(hole.count(), acknowledged + 1 - hole.firstSeq())))
                .sum();
        long lastSeq = report.log().records()
                + report.log().holes().stream().mapToLong(SequenceHole::count).sum()
                - 1;
        lost += Math.max(0, acknowledged - lastSeq);
        System.out.printf(
                "acknowledged %d, of them lost %d; %d records read, damaged %s%n",
                acknowledged + 1, lost, report.log().records(), report.log().damaged());
        if (lost > 0) {
            System.exit(1);
        }
    }
}
