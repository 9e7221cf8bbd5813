package dev.mcpreel.benchmarks.soak;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;

/** The generator as a program: exits with 1 when anything went wrong. */
final class Soak {
    private Soak() {}

    /** Takes {@code --target URL} and the names of {@link Settings}. */
    public static void main(String[] args) throws Exception {
        Map<String, String> options = Settings.pairs(args);
        String url = options.remove("--target");
        if (url == null) {
            throw new IllegalArgumentException("--target is needed");
        }
        URI target = URI.create(url);
        Settings settings = Settings.parse(options);
        try (Generator generator = new Generator(new InetSocketAddress(target.getHost(), target.getPort()), settings)) {
            Tally tally = generator.run(System.out::println);
            System.out.print(tally.report());
            if (!tally.errors().isEmpty() || tally.answeredCalls() != tally.dueCalls()) {
                System.exit(1);
            }
        }
    }
}
