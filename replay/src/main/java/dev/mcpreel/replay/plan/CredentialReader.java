package dev.mcpreel.replay.plan;

import dev.mcpreel.captures.exchange.Header;
import dev.mcpreel.captures.exchange.Headers;
import dev.mcpreel.captures.exchange.ResponseHead;
import dev.mcpreel.captures.redact.Masks;
import dev.mcpreel.captures.session.AgentSession;
import dev.mcpreel.captures.session.ExchangeKind;
import dev.mcpreel.captures.session.SessionExchange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a recorded agent proved itself with: the fields of its requests that the capture holds as hashes. */
final class CredentialReader {
    private static final int UNAUTHORIZED = 401;

    /** Written by the agent anew, from what is live; so is everything that begins with Mcp-. */
    private static final Set<String> LIVE = Set.of("cookie", "last-event-id", "referer", "origin", "host");

    private final Unmasking unmasking;
    private final List<Header> headers = new ArrayList<>();
    private final List<String> cookies = new ArrayList<>();

    private CredentialReader(Unmasking unmasking) {
        this.unmasking = unmasking;
    }

    /** Those that are known; the others are noted. */
    static Credentials read(AgentSession session, Unmasking unmasking) {
        CredentialReader reader = new CredentialReader(unmasking);
        // The last that was let in: a token may have been renewed on the way.
        session.exchanges().stream()
                .filter(exchange -> exchange.kind() == ExchangeKind.MESSAGES && exchange.status() != UNAUTHORIZED)
                .reduce((before, after) -> after)
                .ifPresent(last -> reader.read(last.request().headers(), issued(session)));
        return new Credentials(new Headers(reader.headers), reader.cookies);
    }

    private void read(Headers sent, Set<String> issued) {
        for (Header field : sent.fields()) {
            String name = field.name().toLowerCase(Locale.ROOT);
            if (!LIVE.contains(name) && !name.startsWith("mcp-") && hasMask(field.value())) {
                String value = unmasking.text(field.value(), Lacking.Place.HEADER, field.name());
                if (value != null) {
                    headers.add(new Header(field.name(), value));
                }
            }
        }
        for (String header : sent.all("Cookie")) {
            for (String pair : header.split(";", -1)) {
                cookie(pair.strip(), issued);
            }
        }
    }

    private void cookie(String pair, Set<String> issued) {
        String name = pair.substring(0, Math.max(0, pair.indexOf('=')));
        if (!name.isEmpty() && !issued.contains(name) && hasMask(pair)) {
            String value = unmasking.text(pair, Lacking.Place.COOKIE, name);
            if (value != null) {
                cookies.add(value);
            }
        }
    }

    /** The names of cookies that the server set; the target sets its own. */
    private static Set<String> issued(AgentSession session) {
        Set<String> names = new HashSet<>();
        for (SessionExchange exchange : session.exchanges()) {
            ResponseHead response = exchange.response();
            if (response != null) {
                response.headers()
                        .all("Set-Cookie")
                        .forEach(set -> names.add(
                                set.substring(0, Math.max(0, set.indexOf('='))).strip()));
            }
        }
        return names;
    }

    private static boolean hasMask(String text) {
        return !Masks.in(text).isEmpty();
    }
}
