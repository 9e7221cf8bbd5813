package dev.mcpreel.cli;

import dev.mcpreel.captures.session.AgentSession;
import dev.mcpreel.captures.session.Keep;
import dev.mcpreel.captures.session.SessionListener;
import dev.mcpreel.captures.session.SessionOptions;
import dev.mcpreel.captures.session.TransportSession;
import java.util.Comparator;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
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
        Alike alike = new Alike(wanted);
        capture.read(options, alike, terminal);
        if (alike.count == 0) {
            throw unknown(wanted, alike.total);
        }
        if (alike.count == 1) {
            return read(alike.ids.first(), wanted);
        }
        throw CommandFailure.usage(Amounts.count(alike.count, "session") + " of " + capture.folder() + " begin like '"
                + wanted + "': give the id of one (" + String.join(", ", alike.ids)
                + (alike.count > NAMED ? ", ..." : "") + ")");
    }

    private AgentSession read(String id, String wanted) {
        Kept kept = new Kept(id);
        capture.read(options.keeping(Keep.sessions(Set.of(id))), kept, terminal);
        if (kept.session == null) {
            throw unknown(wanted, kept.total);
        }
        return kept.session;
    }

    private CommandFailure unknown(String wanted, long total) {
        return CommandFailure.usage(
                total == 0
                        ? "SESSION " + wanted + ": there is no agent session in " + capture.folder()
                        : "SESSION " + wanted + " is none of the " + Amounts.count(total, "session")
                                + " of this capture; list them with: mcp-reel sessions " + capture.folder());
    }

    /** Which sessions begin like something: how many, and the first ids. */
    private static final class Alike implements SessionListener {
        private final String wanted;
        private final NavigableSet<String> ids =
                new TreeSet<>(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()));
        private long count;
        private long total;

        Alike(String wanted) {
            this.wanted = wanted;
        }

        @Override
        public void onSession(AgentSession session) {
            total++;
            if (!wanted.isEmpty() && isAlike(session)) {
                count++;
                ids.add(session.id());
                if (ids.size() > NAMED) {
                    ids.pollLast();
                }
            }
        }

        private boolean isAlike(AgentSession session) {
            return session.key().value().startsWith(wanted)
                    || session.transports().stream()
                            .map(TransportSession::sessionId)
                            .anyMatch(id -> id != null && id.startsWith(wanted));
        }
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
