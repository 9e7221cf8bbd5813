package dev.mcpreel.captures.store;

import dev.mcpreel.captures.exchange.EndCause;
import dev.mcpreel.captures.exchange.EndedBy;
import dev.mcpreel.captures.exchange.UpstreamPick;
import dev.mcpreel.captures.tap.ExchangeTap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One random exchange, told to a tap step by step, and what is to become of it. Confined to one thread. */
final class FuzzExchange {
    private static final String[] PATHS = {"/mcp", "/mcp?x=/health", "/messages", "/health"};

    private final SplittableRandom random;
    private final FuzzRules rules;
    private final ExchangeTap tap;
    private final Deque<Runnable> steps = new ArrayDeque<>();
    private final String path;
    private final List<FuzzMessage> messages = new ArrayList<>();
    private final boolean batch;
    private final boolean modern;
    private final boolean coded;
    private final boolean post;

    private @Nullable String filtered;
    private boolean faulty;
    private int events;
    private long requestBytes;
    private long responseBytes;

    FuzzExchange(SplittableRandom random, FuzzRules rules, ExchangeTap tap, boolean faults) {
        this.random = random;
        this.rules = rules;
        this.tap = tap;
        path = PATHS[random.nextInt(PATHS.length)];
        post = random.nextInt(5) > 0;
        batch = post && random.nextInt(6) == 0;
        for (int left = batch ? 1 + random.nextInt(3) : post ? 1 : 0; left > 0; left--) {
            messages.add(FuzzMessage.random(random, random.nextInt(8) == 0 ? 90_000 : random.nextInt(2_000)));
        }
        modern = post && !batch && random.nextInt(4) == 0;
        coded = post && random.nextInt(12) == 0;
        script();
        if (faults && random.nextInt(6) == 0) {
            cut();
            steps.add(this::abandon);
        } else {
            if (random.nextInt(4) == 0) {
                cut();
            } else if (faults && random.nextInt(5) == 0) {
                steps.add(this::fault);
            }
            steps.add(this::end);
        }
    }

    private void script() {
        steps.add(this::head);
        if (post) {
            body();
        }
        steps.add(() -> tap.requestEnd(3));
        if (random.nextInt(5) == 0) {
            steps.add(() -> count(() -> tap.upstreamFailed(UpstreamPick.only("http://u"), "refused", 1, 4)));
        }
        steps.add(() -> count(() -> tap.upstreamConnected(UpstreamPick.only("http://u"), "h:1", false, 1, 4)));
        boolean stream = random.nextBoolean();
        HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        response.headers().set("Content-Type", stream ? "text/event-stream" : "application/json");
        steps.add(() -> count(() -> tap.responseHead(response, 5)));
        for (int left = random.nextInt(4); left > 0; left--) {
            String piece = "data: " + "y".repeat(random.nextInt(10) == 0 ? 40_000 : random.nextInt(300)) + "\n\n";
            steps.add(() -> {
                responseBytes += filtered == null ? piece.length() : 0;
                bytes(piece, buffer -> tap.responseBody(buffer, 6));
            });
        }
        steps.add(() -> tap.responseEnd(7));
        if (random.nextInt(8) == 0) {
            steps.add(() -> count(() -> tap.responseTrailers(new DefaultHttpHeaders().add("X-Sum", "1"), 8)));
        }
    }

    private void body() {
        String text = messages.get(0).json();
        if (batch) {
            text = "["
                    + String.join(",", messages.stream().map(FuzzMessage::json).toList()) + "]";
        }
        int most = Math.max(1, Math.min(16_000, text.length() / (1 + random.nextInt(5))));
        for (int at = 0; at < text.length(); ) {
            int piece = Math.min(text.length() - at, Math.max(1, most / 2 + random.nextInt(most)));
            String part = text.substring(at, at + piece);
            boolean last = at + piece == text.length();
            steps.add(() -> {
                requestBytes += filtered == null ? part.length() : 0;
                bytes(part, buffer -> tap.requestBody(buffer, 2));
                judge(last);
            });
            at += piece;
        }
    }

    private void cut() {
        for (int left = random.nextInt(steps.size()); left > 0; left--) {
            steps.removeLast();
        }
    }

    /** Goes on by one step; false when there is none left. */
    boolean proceed() {
        Runnable next = steps.poll();
        if (next == null) {
            return false;
        }
        next.run();
        return true;
    }

    private void head() {
        HttpMethod method = post ? HttpMethod.POST : random.nextBoolean() ? HttpMethod.GET : HttpMethod.DELETE;
        HttpRequest head = new DefaultHttpRequest(HttpVersion.HTTP_1_1, method, path);
        head.headers().set("Authorization", "Bearer " + tap.exchangeId());
        if (coded) {
            head.headers().set("Content-Encoding", "x-fuzz");
        }
        String asked = messages.isEmpty() ? null : messages.get(0).method();
        if (modern && asked != null) {
            head.headers().set("MCP-Protocol-Version", "2026-07-28").set("Mcp-Method", asked);
            String tool = messages.get(0).tool();
            if (tool != null) {
                head.headers().set("Mcp-Name", tool);
            }
        }
        filtered = rules.oracle().reason(path, null, null);
        if (filtered == null && modern && asked != null) {
            filtered = reason(messages.get(0));
        }
        count(() -> tap.requestHead(head, 1));
    }

    /** By what has been sent so far. */
    private void judge(boolean last) {
        if (filtered != null || coded || !rules.bodiesMatter()) {
            return;
        }
        FuzzMessage first = messages.get(0);
        if (!batch) {
            boolean name = first.tool() != null && rules.namesMatter();
            int at = name ? Math.max(first.methodAt(), first.toolAt()) : first.methodAt();
            filtered = at <= 64 * 1024 && requestBytes >= at ? reason(first) : null;
        } else if (last && requestBytes < 64 * 1024 && messages.stream().allMatch(one -> reason(one) != null)) {
            filtered = reason(first);
        }
    }

    private @Nullable String reason(FuzzMessage message) {
        return rules.oracle().reason(path, message.method(), message.tool());
    }

    private void fault() {
        faulty |= filtered == null;
        tap.upstreamConnected(UpstreamPick.only("http://u"), nothing(), false, 1, 9);
    }

    private void abandon() {
        faulty |= filtered == null;
        tap.abandon();
    }

    private void end() {
        EndCause[] causes = EndCause.values();
        EndedBy[] sides = EndedBy.values();
        count(() -> tap.end(causes[random.nextInt(causes.length)], sides[random.nextInt(sides.length)], "", 10));
    }

    private void count(Runnable event) {
        events++;
        event.run();
    }

    @SuppressWarnings("NullAway") // the fault: no recorder can write this down
    private static String nothing() {
        return null;
    }

    private static void bytes(String text, Consumer<ByteBuf> use) {
        ByteBuf buffer = Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
        use.accept(buffer);
        buffer.release();
    }

    long id() {
        return tap.exchangeId();
    }

    /** Why it is to be left out; null when it is not. */
    @Nullable
    String filtered() {
        return filtered;
    }

    /** Whether the recorder must fail on it. */
    boolean faulty() {
        return faulty;
    }

    /** Events besides bodies, and bytes of these, that the log must hold of it to hold it whole. */
    String content() {
        return events + " events, " + requestBytes + " and " + responseBytes + " bytes";
    }
}
