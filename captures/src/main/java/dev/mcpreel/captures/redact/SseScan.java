package dev.mcpreel.captures.redact;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds secrets in one block of an event stream (WHATWG HTML section 9.2.6): in its data, whose lines make one text, and in
 * every other line by itself.
 */
final class SseScan {
    private static final int DATA_PREFIX = 5;

    private SseScan() {}

    static void scan(View block, Content content, Scan out) {
        byte[] bytes = block.bytes;
        List<View> data = new ArrayList<>(1);
        boolean endpoint = false;
        int at = Chars.behindByteOrderMark(bytes, block.from, block.to);
        while (at < block.to) {
            int end = Chars.end(bytes, at, block.to, b -> !Chars.isLineEnd(b));
            if (Chars.startsWith(bytes, at, end, "data:")) {
                int from = at + DATA_PREFIX;
                data.add(block.part(from < end && bytes[from] == ' ' ? from + 1 : from, end));
            } else if (end > at) {
                View line = block.part(at, end);
                String text = line.ascii(at, Math.min(end, at + 20));
                endpoint |= text.equals("event:endpoint") || text.equals("event: endpoint");
                content.text(line, Place.TEXT, out);
            }
            at = Chars.end(bytes, end, block.to, Chars::isLineEnd);
        }
        if (!data.isEmpty()) {
            content.text(joined(block, data), endpoint ? Place.TARGET : Place.TEXT, out);
        }
    }

    /** The lines with a line feed between each two. */
    private static View joined(View block, List<View> lines) {
        if (lines.size() == 1) {
            return lines.get(0);
        }
        byte[] text = new byte[lines.stream().mapToInt(View::length).sum() + lines.size() - 1];
        Places places = new Places();
        int length = 0;
        for (View line : lines) {
            if (length > 0 || line != lines.get(0)) {
                text[length++] = '\n';
            }
            places.add(length, line.from);
            System.arraycopy(line.bytes, line.from, text, length, line.length());
            length += line.length();
        }
        return block.decoded(text, length, places);
    }
}
