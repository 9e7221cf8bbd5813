package dev.mcpreel.captures.session;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/** The endpoints of the HTTP+SSE transport (revision 2024-11-05, basic/transports), as paths with queries. */
final class Endpoints {
    private static final int LONGEST = 2_048;
    private static final Pattern SESSION_PARAMETER =
            Pattern.compile("[?&](?:session_?id|session)=", Pattern.CASE_INSENSITIVE);

    private Endpoints() {}

    /** What an endpoint event names, seen from the stream's own target; as it stands when it is no URI. */
    static String pathAndQuery(String named, String streamTarget) {
        String text = named.length() <= LONGEST ? named : named.substring(0, LONGEST);
        if (text.startsWith("?")) {
            // RFC 3986, section 5.2.2: a query alone keeps the whole path, which java.net.URI does not do.
            int query = streamTarget.indexOf('?');
            return pathAndQuery((query < 0 ? streamTarget : streamTarget.substring(0, query)) + text, "/");
        }
        try {
            URI resolved = new URI("http", "any", null, null)
                    .resolve("/")
                    .resolve(streamTarget)
                    .resolve(text);
            String query = resolved.getRawQuery();
            return resolved.getRawPath() + (query == null ? "" : '?' + query);
        } catch (URISyntaxException | IllegalArgumentException e) {
            return text;
        }
    }

    /**
     * What two spellings of one endpoint have in common: a gateway in front of the server may put a path before it, so where a
     * query names the session only that counts.
     */
    static String key(String target) {
        int query = target.indexOf('?');
        String whole = target.length() <= LONGEST ? target : target.substring(0, LONGEST);
        return query >= 0 && namesSession(whole) ? whole.substring(query) : whole;
    }

    /** Whether the query names a session, as the servers of the field spell it. */
    static boolean namesSession(String target) {
        return SESSION_PARAMETER.matcher(target).find();
    }
}
