package dev.mcpreel.captures.redact;

import dev.mcpreel.captures.exchange.Bytes;
import dev.mcpreel.captures.exchange.ExchangeEnd;
import dev.mcpreel.captures.exchange.ExchangeEvent;
import dev.mcpreel.captures.exchange.Header;
import dev.mcpreel.captures.exchange.Headers;
import dev.mcpreel.captures.exchange.RequestHead;
import dev.mcpreel.captures.exchange.ResponseHead;
import dev.mcpreel.captures.exchange.Trailers;
import dev.mcpreel.captures.exchange.UpstreamFailed;
import dev.mcpreel.captures.wire.SseSplitter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Replaces secrets by keyed hashes over their bare values, wherever a message has them; what a secret is, its policy says. A value
 * that was one anywhere in the capture is one everywhere after that. What holds no secret comes back as the same object.
 * Not thread-safe; {@link #fork()} one for each thread.
 */
public final class Redaction {
    private final Secrets secrets;
    private final Content content;
    private final FindingSink findings;

    public Redaction(RedactionPolicy policy, SecretHash hash) {
        this(new Secrets(policy, hash, new KnownSecrets()), FindingSink.NONE);
    }

    private Redaction(Secrets secrets, FindingSink findings) {
        this.secrets = secrets;
        this.content = new Content(secrets.policy());
        this.findings = findings;
    }

    /** The documented defaults, with a key of this run only. */
    public static Redaction standard() {
        return new Redaction(RedactionPolicy.standard(), SecretHash.random());
    }

    /** The same policy, key and known secrets for another thread. */
    public Redaction fork() {
        return new Redaction(secrets.fork(), findings);
    }

    /** This one, telling what it replaces. */
    public Redaction telling(FindingSink sink) {
        return new Redaction(secrets, sink);
    }

    /** Policy and key in words, for the manifest. */
    public List<String> describe() {
        List<String> words = new ArrayList<>(secrets.policy().describe());
        words.add(secrets.hash().describe());
        return words;
    }

    /** Values that are secret wherever they stand, before any message was seen. */
    public void learn(Collection<String> values) {
        values.forEach(value -> {
            byte[] bare = value.getBytes(StandardCharsets.UTF_8);
            secrets.known().learn(bare, secrets.mask(bare, false), true);
        });
    }

    /** The keyed hash, for whatever else may not be kept in clear. */
    public SecretHash hash() {
        return secrets.hash();
    }

    /**
     * The event without secrets. Bodies go another way, because they are put together first.
     *
     * @throws OverBudgetException when a head cannot be searched in reasonable time
     */
    public ExchangeEvent apply(ExchangeEvent event) {
        if (event instanceof RequestHead head) {
            return request(head);
        }
        if (event instanceof ResponseHead head) {
            HeadScan scan = scan(head.headers());
            scan.text("reason", head.reason(), Place.TEXT);
            List<String> texts = scan.results(findings);
            return new ResponseHead(
                    head.exchangeId(),
                    head.connectionId(),
                    head.atNanos(),
                    head.status(),
                    last(texts),
                    head.version(),
                    headers(head.headers(), texts));
        }
        if (event instanceof Trailers trailers) {
            return new Trailers(
                    trailers.exchangeId(),
                    trailers.connectionId(),
                    trailers.atNanos(),
                    trailers.direction(),
                    apply(trailers.headers()));
        }
        if (event instanceof ExchangeEnd end) {
            return end.detail().isEmpty() ? end : end.withDetail(text("detail", end.detail()));
        }
        if (event instanceof UpstreamFailed failed) {
            return new UpstreamFailed(
                    failed.exchangeId(),
                    failed.connectionId(),
                    failed.atNanos(),
                    failed.pick(),
                    text("reason", failed.reason()),
                    failed.connectNanos());
        }
        return event;
    }

    /** The fields without secrets, order and names as they were. */
    public Headers apply(Headers headers) {
        return headers(headers, scan(headers).results(findings));
    }

    /** A request target without secrets. */
    public String target(String target) {
        HeadScan scan = new HeadScan(content, secrets);
        scan.text("target", target, Place.TARGET);
        return last(scan.results(findings));
    }

    /** A line of text without secrets. */
    public String text(String place, String text) {
        HeadScan scan = new HeadScan(content, secrets);
        scan.text(place, text, Place.TEXT);
        return last(scan.results(findings));
    }

    /**
     * A whole body without secrets.
     *
     * @return null when secrets cannot be looked for in it, so that nothing of it may be kept: see {@link MediaType}
     * @throws OverBudgetException when it cannot be searched in reasonable time
     */
    public @Nullable Bytes body(Bytes body, MediaType type) {
        if (type == MediaType.EVENTS) {
            return stream(body);
        }
        byte[] bytes = body.toByteArray();
        if (type == MediaType.UNREADABLE || MediaType.isWide(bytes)) {
            return null;
        }
        Scan scan = new Scan(bytes, secrets);
        content.text(scan.whole(), type == MediaType.FORM ? Place.FORM : Place.TEXT, scan);
        return result(body, scan, bytes, "body");
    }

    /**
     * One block of an event stream without secrets, its lines as they were.
     *
     * @return null when secrets cannot be looked for in it
     * @throws OverBudgetException when it cannot be searched in reasonable time
     */
    public @Nullable Bytes event(Bytes block) {
        byte[] bytes = block.toByteArray();
        if (MediaType.isWide(bytes)) {
            return null;
        }
        Scan scan = new Scan(bytes, secrets);
        SseScan.scan(scan.whole(), content, scan);
        return result(block, scan, bytes, "event");
    }

    /** An event stream that came as one body because it was compressed. */
    private @Nullable Bytes stream(Bytes body) {
        List<Bytes> blocks = new ArrayList<>();
        SseSplitter splitter = new SseSplitter(Integer.MAX_VALUE, new SseSplitter.Sink() {
            @Override
            public void block(Bytes block, long firstByteNanos, long nanos) {
                blocks.add(block);
            }

            @Override
            public void oversized(long length, long firstByteNanos, long nanos) {
                throw new IllegalStateException("there is no cap");
            }
        });
        splitter.feed(body, 0);
        blocks.add(splitter.tail());
        ByteArrayOutputStream out = new ByteArrayOutputStream(body.length());
        for (Bytes block : blocks) {
            Bytes redacted = event(block);
            if (redacted == null) {
                return null;
            }
            out.writeBytes(redacted.toByteArray());
        }
        Bytes result = Bytes.owned(out.toByteArray());
        return result.equals(body) ? body : result;
    }

    private Bytes result(Bytes message, Scan scan, byte[] bytes, String place) {
        scan.findKnown();
        if (findings != FindingSink.NONE) {
            scan.cuts().forEach(cut -> findings.found(new Finding(Located.at(place, bytes, cut.from()), cut.rule())));
        }
        byte[] result = scan.result();
        return result == bytes ? message : Bytes.owned(result);
    }

    private RequestHead request(RequestHead head) {
        HeadScan scan = scan(head.headers());
        scan.text("target", head.target(), Place.TARGET);
        List<String> texts = scan.results(findings);
        return new RequestHead(
                head.exchangeId(),
                head.connectionId(),
                head.atNanos(),
                head.peer(),
                head.method(),
                last(texts),
                head.version(),
                headers(head.headers(), texts));
    }

    private HeadScan scan(Headers headers) {
        HeadScan scan = new HeadScan(content, secrets);
        headers.fields().forEach(field -> scan.header(field.name(), field.value()));
        return scan;
    }

    private static Headers headers(Headers headers, List<String> values) {
        List<Header> fields = headers.fields();
        List<Header> redacted = new ArrayList<>(fields.size());
        boolean same = true;
        for (int i = 0; i < fields.size(); i++) {
            Header field = fields.get(i);
            same &= field.value().equals(values.get(i));
            redacted.add(new Header(field.name(), values.get(i)));
        }
        return same ? headers : new Headers(redacted);
    }

    private static String last(List<String> texts) {
        return texts.get(texts.size() - 1);
    }
}
