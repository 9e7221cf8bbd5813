package dev.mcpreel.captures.redact;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds secrets in the texts of one head: all are searched by the rules before any is searched for what was learnt. */
final class HeadScan {
    private static final String PARAMETER = "mcpparam";
    private static final String CODED = "=?base64?";
    private static final String CODED_END = "?=";
    private static final Set<String> TARGETS = Set.of(
            "location", "contentlocation", "referer", "xoriginaluri", "xoriginalurl", "xforwardeduri", "xrewriteurl");

    private final Content content;
    private final Secrets secrets;
    private final List<Part> parts = new ArrayList<>();

    /** A text of the head; one that takes too long to search is hashed as a whole. */
    private final class Part {
        private final String place;
        private final String text;
        private final Scan scan;
        private final boolean latin1;
        private final boolean coded;
        private boolean unsearchable;

        Part(String place, String text, Scan scan, boolean latin1, boolean coded) {
            this.place = place;
            this.text = text;
            this.scan = scan;
            this.latin1 = latin1;
            this.coded = coded;
        }

        void search(Runnable search) {
            try {
                search.run();
            } catch (OverBudgetException e) {
                unsearchable = true;
            }
        }

        String result() {
            if (unsearchable) {
                return secrets.mask(scan.whole().copy(), false);
            }
            byte[] bytes = scan.result();
            if (bytes == scan.whole().bytes) {
                return text;
            }
            if (coded && !SecretHash.isMask(bytes, 0, bytes.length)) {
                return CODED + Base64.getEncoder().encodeToString(bytes) + CODED_END;
            }
            return new String(bytes, latin1 || coded ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
        }
    }

    HeadScan(Content content, Secrets secrets) {
        this.content = content;
        this.secrets = secrets;
    }

    /** Adds a header field. */
    void header(String name, String value) {
        String normalised = Names.normalised(name);
        boolean parameter = normalised.startsWith(PARAMETER);
        String rule = content.keys().rule(parameter ? normalised.substring(PARAMETER.length()) : normalised);
        byte[] plain = decoded(value);
        Part part = add("header " + name, value, plain);
        View text = part.scan.whole();
        if (rule != null) {
            Values.replace(text, rule, true, part.scan);
        } else {
            Place kind = TARGETS.contains(normalised) ? Place.TARGET : Place.TEXT;
            boolean word = ProtocolWords.inHeader(normalised, text);
            part.search(() -> part.scan.sparing(word, () -> content.text(text, kind, part.scan)));
        }
    }

    void text(String place, String text, Place kind) {
        Part part = add(place, text, null);
        part.search(() -> content.text(part.scan.whole(), kind, part.scan));
    }

    /** The texts without secrets, in the order they were added. */
    List<String> results(FindingSink findings) {
        parts.forEach(part -> part.search(part.scan::findKnown));
        List<String> results = new ArrayList<>(parts.size());
        for (Part part : parts) {
            part.scan.cuts().forEach(cut -> findings.found(new Finding(part.place, cut.rule())));
            results.add(part.result());
        }
        return results;
    }

    private Part add(String place, String text, byte @Nullable [] plain) {
        boolean latin1 = text.chars().allMatch(c -> c <= 0xFF);
        byte[] bytes =
                plain != null ? plain : text.getBytes(latin1 ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
        Part part = new Part(place, text, new Scan(bytes, secrets), latin1, plain != null);
        parts.add(part);
        return part;
    }

    /** A value in base64 because it is no plain ASCII, as headers of revision 2026-07-28 have it; null for any other. */
    private static byte @Nullable [] decoded(String value) {
        if (!value.startsWith(CODED) || !value.endsWith(CODED_END) || value.length() < CODED.length() + 2) {
            return null;
        }
        try {
            return Base64.getDecoder().decode(value.substring(CODED.length(), value.length() - 2));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
