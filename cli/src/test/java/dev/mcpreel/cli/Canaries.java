package dev.mcpreel.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Secrets, each of them planted in one place, and the search for what became of them. */
final class Canaries {
    private static final String GZIP = "\u001f\u008b\u0008";
    private static final int LONGEST_PLAIN = 64 * 1024;

    private final Random random;
    private final Map<String, String> secretByPlace = new LinkedHashMap<>();

    Canaries(long seed) {
        random = new Random(seed);
    }

    /** A fresh secret for a place; with letters and digits that change places, as keys have. */
    String plant(String place) {
        String secret = "c4n4ry" + HexFormat.of().toHexDigits(random.nextLong()) + "k7";
        if (secretByPlace.put(place, secret) != null) {
            throw new IllegalStateException("planted twice: " + place);
        }
        return secret;
    }

    int count() {
        return secretByPlace.size();
    }

    /** The places whose secrets stand in none of these texts: they were planted nowhere. */
    List<String> missingIn(String traffic) {
        return secretByPlace.entrySet().stream()
                .filter(entry -> spellings(entry.getValue()).values().stream().noneMatch(traffic::contains))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Every place whose secret stands in some file below the folder, with the file and how it is spelled there. */
    List<String> leaks(Path folder) {
        List<String> leaks = new ArrayList<>();
        for (Path file : files(folder)) {
            String bytes = unpacked(text(file));
            secretByPlace.forEach((place, secret) -> spellings(secret).forEach((spelling, spelled) -> {
                if (bytes.contains(spelled)) {
                    leaks.add(place + ", " + spelling + ", in " + file.getFileName());
                }
            }));
        }
        return leaks;
    }

    static List<Path> files(Path folder) {
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One character for each byte. */
    static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The text, and behind it what of it is gzip. */
    private static String unpacked(String text) {
        StringBuilder all = new StringBuilder(text);
        for (int at = text.indexOf(GZIP); at >= 0; at = text.indexOf(GZIP, at + 1)) {
            byte[] coded = text.substring(at).getBytes(StandardCharsets.ISO_8859_1);
            byte[] plain = new byte[LONGEST_PLAIN];
            int length = 0;
            try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(coded))) {
                for (int read = 0; read >= 0 && length < plain.length; length += Math.max(0, read)) {
                    read = in.read(plain, length, plain.length - length);
                }
            } catch (IOException e) {
                // What follows the member in the file is no gzip; what came before is looked at.
                all.append('\n');
            }
            all.append(new String(plain, 0, length, StandardCharsets.ISO_8859_1));
        }
        return all.toString();
    }

    static String percent(String secret) {
        StringBuilder out = new StringBuilder();
        for (byte b : secret.getBytes(StandardCharsets.UTF_8)) {
            out.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
        }
        return out.toString();
    }

    private static Map<String, String> spellings(String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        Map<String, String> spellings = new LinkedHashMap<>();
        spellings.put("in clear", secret);
        spellings.put("in upper case", secret.toUpperCase(Locale.ROOT));
        spellings.put("in percent signs", percent(secret));
        spellings.put("in small percent signs", percent(secret).toLowerCase(Locale.ROOT));
        spellings.put("in hexadecimal", HexFormat.of().formatHex(bytes));
        spellings.put("in big hexadecimal", HexFormat.of().withUpperCase().formatHex(bytes));
        for (int shift = 0; shift < 3; shift++) {
            // Base64 of the same bytes looks another way for each place in a group of three; its edges depend on
            // neighbours.
            ByteArrayOutputStream shifted = new ByteArrayOutputStream();
            shifted.write(new byte[shift], 0, shift);
            shifted.writeBytes(bytes);
            String base64 = Base64.getEncoder().withoutPadding().encodeToString(shifted.toByteArray());
            spellings.put("in base64 " + shift, base64.substring(shift == 0 ? 0 : 4, base64.length() - 2));
        }
        return spellings;
    }
}
