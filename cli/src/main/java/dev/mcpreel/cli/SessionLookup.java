package dev.mcpreel.cli;

import dev.mcpreel.captures.session.AgentSession;
import dev.mcpreel.captures.session.Keep;
import dev.mcpreel.captures.session.SessionListener;
import dev.mcpreel.captures.session.SessionOptions;
import dev.mcpreel.captures.session.TransportSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds one agent session of a capture, and keeps in memory what was said in that one alone. */
final class SessionLookup {
    private static final Pattern ID = Pattern.compile("s[1-9][0-9]*");
    private static final int NAMED = 5;

    private final OpenCapture capture;
    private final SessionOptions options;
    private final Terminal terminal;

    SessionLookup(OpenCapture capture, SessionOptions options, Terminal terminal) {
        this.capture = capture;
        this.options = options;
        this.terminal = terminal;
    }

    /** Complains when there is none like that, or more than one. */
    AgentSession find(String wanted) {
        if (ID.matcher(wanted).matches()) {
            return read(wanted, wanted);
        }
        List<String> ids = beginningLike(wanted);
        if (ids.size() == 1) {
            return read(ids.get(0), wanted);
        }
        String first = String.join(", ", ids.subList(0, Math.min(NAMED, ids.size())));
        throw CommandFailure.usage(Amounts.count(ids.size(), "session") + " of " + capture.folder() + " begin like '"
                + wanted + "': give the id of one (" + first + (ids.size() > NAMED ? ", ..." : "") + ")");
    }

    private AgentSession read(String id, String wanted) {
        Kept kept = new Kept(id);
        capture.read(options.keeping(Keep.sessions(Set.of(id))), kept, terminal);
        if (kept.session == null) {
            throw unknown(wanted, kept.total);
        }
        return kept.session;
    }

    private List<String> beginningLike(String wanted) {
        List<String> ids = new ArrayList<>();
        long[] total = {0};
        SessionListener listener = new SessionListener() {
            @Override
            public void onSession(AgentSession session) {
                total[0]++;
                if (!wanted.isEmpty() && beginsLike(session, wanted)) {
                    ids.add(session.id());
                }
            }
        };
        capture.read(options, listener, terminal);
        if (ids.isEmpty()) {
            throw unknown(wanted, total[0]);
        }
        return ids;
    }

    private static boolean beginsLike(AgentSession session, String wanted) {
        return session.key().value().startsWith(wanted)
                || session.transports().stream()
                        .map(TransportSession::sessionId)
                        .anyMatch(id -> id != null && id.startsWith(wanted));
    }

    private CommandFailure unknown(String wanted, long total) {
        return CommandFailure.usage(
                total == 0
                        ? "SESSION " + wanted + ": there is no agent session in " + capture.folder()
                        : "SESSION " + wanted + " is none of the " + Amounts.count(total, "session")
                                + " of this capture; list them with: mcp-reel sessions " + capture.folder());
    }

    private static final class Kept implements SessionListener {
        private final String id;
        private @Nullable AgentSession session;
        private long total;

        Kept(String id) {
            this.id = id;
        }

        @Override
        public void onSession(AgentSession ended) {
            total++;
            if (ended.id().equals(id)) {
                session = ended;
            }
        }
    }
}
