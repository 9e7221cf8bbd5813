package dev.mcpreel.proxy.rewrite;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Where the upstream serves its protected-resource metadata: at the well-known place of RFC 9728 section 3.1, and
 * wherever else its challenges said. Thread-safe. Of the latter it keeps the newest {@value #KEPT}.
 */
final class MetadataPaths {
    static final int KEPT = 64;
    private static final int LONGEST = 1024;
    private static final String WELL_KNOWN = "/.well-known/oauth-protected-resource";

    /** Replaced as a whole, so that looking into it takes no lock. */
    private volatile Set<String> named = Set.of();

    boolean contains(String path) {
        return isWellKnown(path) || named.contains(path);
    }

    synchronized void remember(String path) {
        if (path.length() > LONGEST || contains(path)) {
            return;
        }
        Set<String> next = new LinkedHashSet<>(named);
        if (next.size() == KEPT) {
            Iterator<String> oldest = next.iterator();
            oldest.next();
            oldest.remove();
        }
        next.add(path);
        named = next;
    }

    private static boolean isWellKnown(String path) {
        return path.startsWith(WELL_KNOWN)
                && (path.length() == WELL_KNOWN.length() || path.charAt(WELL_KNOWN.length()) == '/');
    }
}
