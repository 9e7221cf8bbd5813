package dev.mcpreel.proxy.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;

/** Breaks HTTP messages the way careless and hostile peers do. The same seed breaks them the same way. */
public final class Mutator {
    private static final List<String> SPLINTERS = List.of(
            "\r\n",
            "\n",
            "\r",
            "\0",
            " ",
            ":",
            "\t",
            "\r\n\r\n",
            "Content-Length: 5\r\n",
            "Content-Length: -1\r\n",
            "Content-Length: 99999999999999999999\r\n",
            "Transfer-Encoding: chunked\r\n",
            "Transfer-Encoding: gzip\r\n",
            "Connection: close\r\n",
            "Expect: 100-continue\r\n",
            "Upgrade: h2c\r\n",
            "0\r\n\r\n",
            "ffffffff\r\n",
            "HTTP/1.1",
            "HTTP/1.0",
            "HTTP/2.0",
            " folded\r\n",
            "HEAD",
            "100",
            "101",
            "204",
            "304",
            "\u00ff");

    private final SplittableRandom random;

    public Mutator(long seed) {
        random = new SplittableRandom(seed);
    }

    public byte[] mutate(String message) {
        byte[] bytes = message.getBytes(StandardCharsets.ISO_8859_1);
        for (int i = random.nextInt(4); i >= 0; i--) {
            bytes = once(bytes);
        }
        return bytes;
    }

    public boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    private byte[] once(byte[] bytes) {
        int from = random.nextInt(bytes.length + 1);
        int to = Math.min(bytes.length, from + random.nextInt(8));
        return switch (random.nextInt(5)) {
            case 0 -> splice(bytes, from, to, new byte[0]);
            case 1 -> splice(bytes, from, from, bytes(SPLINTERS.get(random.nextInt(SPLINTERS.size()))));
            case 2 -> splice(bytes, from, to, bytes(SPLINTERS.get(random.nextInt(SPLINTERS.size()))));
            case 3 -> splice(bytes, from, bytes.length, new byte[0]);
            default -> splice(bytes, from, Math.min(bytes.length, from + 1), new byte[] {(byte) random.nextInt(256)});
        };
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] splice(byte[] bytes, int from, int to, byte[] in) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes, 0, from);
        out.writeBytes(in);
        out.write(bytes, to, bytes.length - to);
        return out.toByteArray();
    }
}
