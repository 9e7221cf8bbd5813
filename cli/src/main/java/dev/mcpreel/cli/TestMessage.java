package dev.mcpreel.cli;

import dev.mcpreel.analysis.report.TerminalText;
import dev.mcpreel.captures.exchange.Bytes;
import dev.mcpreel.captures.exchange.Header;
import dev.mcpreel.captures.exchange.Headers;
import dev.mcpreel.captures.redact.MediaType;
import dev.mcpreel.captures.redact.OverBudgetException;
import dev.mcpreel.captures.redact.Redaction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A message that somebody wrote into a file: a body, or the whole of it.
 *
 * @param start the request line or status line; empty when there is no head
 */
record TestMessage(String start, Headers headers, Bytes body, MediaType type) {
    private static final int LONGEST_LOOK = 64 * 1024;

    /**
     * Tells head and body apart.
     *
     * @param type what a body without a head is, null for a guess
     */
    static TestMessage of(byte[] bytes, @Nullable String type) {
        String text = new String(bytes, 0, Math.min(bytes.length, LONGEST_LOOK), StandardCharsets.ISO_8859_1);
        int lineEnd = text.indexOf('\n');
        String first = lineEnd < 0 ? "" : text.substring(0, lineEnd).strip();
        boolean head = type == null && (first.startsWith("HTTP/") || first.contains(" HTTP/"));
        if (!head) {
            return new TestMessage("", Headers.EMPTY, Bytes.owned(bytes.clone()), type(type, text));
        }
        List<Header> fields = new ArrayList<>();
        int at = lineEnd + 1;
        while (at < text.length()) {
            int end = text.indexOf('\n', at);
            String line = text.substring(at, end < 0 ? text.length() : end).strip();
            at = end < 0 ? text.length() : end + 1;
            if (line.isEmpty()) {
                break;
            }
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw CommandFailure.usage("--test: in the head of the message is a line that is no header field");
            }
            fields.add(new Header(
                    line.substring(0, colon), line.substring(colon + 1).strip()));
        }
        Headers headers = new Headers(fields);
        Bytes body = Bytes.owned(Arrays.copyOfRange(bytes, at, bytes.length));
        return new TestMessage(first, headers, body, MediaType.of(headers.first("Content-Type")));
    }

    /** As it would be on the disk, safe for a terminal. */
    String redacted(Redaction redaction) {
        StringBuilder text = new StringBuilder();
        if (!start.isEmpty()) {
            Headers redacted = redaction.apply(headers);
            text.append(TerminalText.escape(start(redaction))).append('\n');
            redacted.fields()
                    .forEach(field -> text.append(TerminalText.escape(field.name() + ": " + field.value()))
                            .append('\n'));
            text.append('\n');
        }
        if (!body.isEmpty()) {
            text.append(body(redaction));
        }
        return text.toString().stripTrailing();
    }

    private String start(Redaction redaction) {
        int from = start.indexOf(' ');
        int to = start.lastIndexOf(' ');
        if (start.startsWith("HTTP/") || to <= from) {
            return redaction.text("reason", start);
        }
        return start.substring(0, from + 1) + redaction.target(start.substring(from + 1, to)) + start.substring(to);
    }

    /** A coded body does not survive being written into a text, so it is not decoded here as the recorder does. */
    private boolean isCoded() {
        return Stream.of("Content-Encoding", "Transfer-Encoding")
                .flatMap(name -> headers.all(name).stream())
                .flatMap(line -> Arrays.stream(line.split(",", -1)))
                .map(coding -> coding.strip().toLowerCase(Locale.ROOT))
                .anyMatch(coding -> !List.of("", "identity", "chunked").contains(coding));
    }

    private String body(Redaction redaction) {
        if (isCoded()) {
            return "(not shown: the head says that the body is coded; try it decoded, and without that header field)";
        }
        try {
            Bytes redacted = redaction.body(body, type);
            if (redacted != null) {
                return redacted.utf8().lines().map(TestMessage::line).collect(Collectors.joining("\n"));
            }
            return "(kept as its length and a keyed hash: its characters cannot be searched)";
        } catch (OverBudgetException e) {
            return "(kept as its length and a keyed hash: searching it takes too long)";
        }
    }

    /** A backslash stays one here: JSON is full of them, and nobody reads this back. */
    private static String line(String text) {
        return TerminalText.escape(text).replace("\\\\", "\\");
    }

    private static MediaType type(@Nullable String type, String text) {
        if (type == null) {
            return guessed(text);
        }
        return switch (type.toLowerCase(Locale.ROOT)) {
            case "json", "text" -> MediaType.TEXT;
            case "form" -> MediaType.FORM;
            case "sse" -> MediaType.EVENTS;
            default -> throw CommandFailure.usage("--type " + type + ": write json, form, sse or text");
        };
    }

    private static MediaType guessed(String text) {
        String bare = text.strip();
        if (List.of("data:", "event:", "id:", ":").stream().anyMatch(bare::startsWith)) {
            return MediaType.EVENTS;
        }
        boolean form =
                bare.indexOf('=') > 0 && !bare.startsWith("{") && bare.chars().noneMatch(Character::isWhitespace);
        return form ? MediaType.FORM : MediaType.TEXT;
    }
}
