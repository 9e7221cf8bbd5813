package dev.mcpreel.benchmarks.soak;

import java.util.HashMap;
import java.util.Map;

/**
 * What a soak puts on the recorder.
 *
 * @param seconds how long calls are made
 * @param rate small calls each second
 * @param connections that small calls may use; one that is due while all are busy waits, and the wait is in its time
 * @param streams standing GET streams
 * @param eventMillis between two events of one stream
 * @param bigBytes filler of an upload, and of the answer of a download
 * @param bigRate uploads each second, and as many downloads; 0 for none
 * @param graceSeconds how long answers may take after the last call was due
 */
record Settings(
        double seconds,
        int rate,
        int connections,
        int streams,
        int eventMillis,
        int bigBytes,
        double bigRate,
        double graceSeconds) {
    static final Settings DEFAULT = new Settings(600, 2000, 64, 500, 2000, 10 << 20, 1, 10);

    /** Reads {@code --name value} pairs; a name that is not known, or a value that is no number, is an error. */
    static Settings parse(Map<String, String> options) {
        Map<String, String> left = new HashMap<>(options);
        Settings settings = new Settings(
                number(left, "--seconds", DEFAULT.seconds),
                (int) number(left, "--rate", DEFAULT.rate),
                (int) number(left, "--connections", DEFAULT.connections),
                (int) number(left, "--streams", DEFAULT.streams),
                (int) number(left, "--event-millis", DEFAULT.eventMillis),
                (int) number(left, "--big-bytes", DEFAULT.bigBytes),
                number(left, "--big-rate", DEFAULT.bigRate),
                number(left, "--grace-seconds", DEFAULT.graceSeconds));
        if (!left.isEmpty()) {
            throw new IllegalArgumentException("no such option: " + left.keySet());
        }
        return settings;
    }

    /** The arguments of a program as pairs. */
    static Map<String, String> pairs(String... args) {
        Map<String, String> pairs = new HashMap<>();
        for (int i = 0; i + 1 < args.length; i += 2) {
            pairs.put(args[i], args[i + 1]);
        }
        if (args.length % 2 != 0) {
            throw new IllegalArgumentException(args[args.length - 1] + " lacks a value");
        }
        return pairs;
    }

    private static double number(Map<String, String> options, String name, double otherwise) {
        String text = options.remove(name);
        return text == null ? otherwise : Double.parseDouble(text);
    }
}
