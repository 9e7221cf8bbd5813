package dev.mcpreel.captures.session;

import dev.mcpreel.captures.exchange.BodyPart;
import dev.mcpreel.captures.exchange.BodyState;
import dev.mcpreel.captures.exchange.Bytes;
import dev.mcpreel.captures.exchange.Direction;
import dev.mcpreel.captures.exchange.EndCause;
import dev.mcpreel.captures.exchange.EndedBy;
import dev.mcpreel.captures.exchange.ExchangeEnd;
import dev.mcpreel.captures.exchange.RequestHead;
import dev.mcpreel.captures.exchange.ResponseHead;
import dev.mcpreel.captures.exchange.UpstreamConnected;
import dev.mcpreel.captures.wire.JsonRpcBody;
import dev.mcpreel.captures.wire.JsonRpcMessage;
import dev.mcpreel.captures.wire.JsonRpcReader;
import dev.mcpreel.captures.wire.Meta;
import dev.mcpreel.captures.wire.RpcId;
import dev.mcpreel.captures.wire.SseEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An exchange while its events come in, and what was read out of them. Server messages that nothing will be joined to
 * are dropped at once unless messages are kept.
 */
final class OpenExchange {
    private static final String SESSION_HEADER = "Mcp-Session-Id";
    private static final int PROGRESS = 256;
    private static final int METHODS = 16;

    /** Of responses, and of the requests of the server: one exchange may last for ever. */
    private static final int MESSAGES = 4_096;

    /** The one stream of a 2024-11-05 client brings every answer of its session. */
    private static final int KEPT = 65_536;

    private static final Set<String> DECODABLE = Set.of("", "identity", "gzip", "x-gzip", "deflate");

    private final RequestHead head;
    private final boolean keepMessages;
    private final boolean stream;
    private final List<TimedMessage> kept = new ArrayList<>(0);
    private final List<JsonRpcMessage> sent = new ArrayList<>(1);
    private final List<TimedMessage> responses = new ArrayList<>(1);
    private final List<TimedMessage> serverRequests = new ArrayList<>(0);
    private final List<TimedMessage> progress = new ArrayList<>(0);
    private @Nullable UpstreamConnected upstream;
    private @Nullable ResponseHead response;
    private @Nullable String trace;
    private @Nullable String conversation;
    private boolean affinityRead;
    private @Nullable Set<Long> handles;
    private boolean bodyReadable;
    private boolean eventSeen;
    private boolean resumable;
    private boolean unreadable;
    private boolean noted;
    private String refusalText = "";
    private @Nullable String endpoint;
    private @Nullable String lastEventId;
    private long firstEventNanos;
    private long unkeptNanos;
    private long requestEndNanos;
    private long requestBytes;
    private long responseBytes;
    private long lastNanos;

    OpenExchange(RequestHead head, boolean keepMessages) {
        this.head = head;
        this.keepMessages = keepMessages;
        this.lastNanos = head.atNanos();
        this.stream = asksForStream(head);
    }

    void connected(UpstreamConnected event) {
        upstream = event;
        lastNanos = Math.max(lastNanos, event.atNanos());
    }

    void answered(ResponseHead event) {
        response = event;
        lastNanos = Math.max(lastNanos, event.atNanos());
    }

    /** Takes a part of a body; returns the server's messages in it. */
    List<TimedMessage> part(BodyPart part) {
        lastNanos = Math.max(lastNanos, part.atNanos());
        if (part.direction() == Direction.REQUEST) {
            requestPart(part);
            return List.of();
        }
        responseBytes += part.length();
        return switch (part.part()) {
            case BODY -> body(part);
            case SSE_EVENT -> event(part);
            case SSE_TAIL -> tail(part);
        };
    }

    /** What stands behind the last blank line is discarded (WHATWG HTML section 9.2.6): an event cut short is unreadable. */
    private List<TimedMessage> tail(BodyPart part) {
        unreadable |= part.isWhole() && part.content().utf8().contains("data:");
        return List.of();
    }

    private void requestPart(BodyPart part) {
        requestEndNanos = part.atNanos();
        requestBytes += part.length();
        if (!part.isWhole()) {
            return;
        }
        bodyReadable = true;
        if (isPost()) {
            for (JsonRpcMessage message : JsonRpcReader.read(part.content())) {
                sent.add(message);
                keep(message, Direction.REQUEST, part.atNanos());
            }
        }
    }

    private List<TimedMessage> body(BodyPart part) {
        if (part.isWhole() && part.length() == 0) {
            return List.of();
        }
        first(part.firstByteNanos());
        if (!part.isWhole()) {
            unkept(part);
            return List.of();
        }
        if (status() >= 400) {
            Bytes content = part.content();
            refusalText = content.slice(0, Math.min(content.length(), Reply.TEXT_BYTES))
                    .utf8();
        }
        return isPost() ? received(JsonRpcReader.read(part.content()), part.atNanos()) : List.of();
    }

    private List<TimedMessage> event(BodyPart part) {
        eventSeen = true;
        if (!part.isWhole()) {
            first(part.atNanos());
            unkept(part);
            return List.of();
        }
        SseEvent event = SseEvent.parse(part.content());
        String eventId = event.id();
        resumable |= eventId != null && !eventId.isEmpty();
        boolean named = eventId != null && !eventId.isEmpty();
        lastEventId = named ? eventId + '#' + event.data().hashCode() : null;
        if (!event.isMessage()) {
            return List.of();
        }
        if (event.name().equals("endpoint")) {
            endpoint = Endpoints.pathAndQuery(event.data().strip(), head.target());
            return List.of();
        }
        first(part.atNanos());
        JsonRpcBody read = JsonRpcReader.event(event);
        unreadable |= read.unreadable() > 0;
        return received(read.messages(), part.atNanos());
    }

    /** What the recorder knows how to decode, and could not, is as unreadable to the client. */
    private void unkept(BodyPart part) {
        if (part.state() == BodyState.UNKNOWN_ENCODING && isDecodable()) {
            unreadable = true;
        } else {
            unkeptNanos = part.atNanos();
        }
    }

    private boolean isDecodable() {
        String coding = response == null ? null : response.headers().first("Content-Encoding");
        return coding == null || DECODABLE.contains(coding.strip().toLowerCase(Locale.ROOT));
    }

    private List<TimedMessage> received(List<JsonRpcMessage> messages, long atNanos) {
        List<TimedMessage> timed = new ArrayList<>(messages.size());
        for (JsonRpcMessage message : messages) {
            timed.add(keep(message, Direction.RESPONSE, atNanos));
        }
        if (isPost()) {
            for (TimedMessage message : timed) {
                if (message.message() instanceof JsonRpcMessage.Response) {
                    add(responses, message, MESSAGES);
                } else if (message.message() instanceof JsonRpcMessage.Request) {
                    add(serverRequests, message, MESSAGES);
                } else if (progress.size() < PROGRESS && progressToken(message.message()) != null) {
                    progress.add(message);
                }
            }
        }
        return timed;
    }

    private TimedMessage keep(JsonRpcMessage message, Direction direction, long atNanos) {
        TimedMessage timed = new TimedMessage(message, direction, atNanos);
        if (keepMessages) {
            add(kept, timed, KEPT);
        }
        return timed;
    }

    private static void add(List<TimedMessage> to, TimedMessage message, int most) {
        if (to.size() < most) {
            to.add(message);
        }
    }

    private void first(long nanos) {
        firstEventNanos = firstEventNanos == 0 ? nanos : firstEventNanos;
    }

    /** The end to assume when the capture has none: nothing is known after the last event. */
    ExchangeEnd unknownEnd() {
        return new ExchangeEnd(
                id(),
                head.connectionId(),
                lastNanos,
                EndCause.UNKNOWN,
                EndedBy.UNKNOWN,
                requestEndNanos,
                0,
                requestBytes,
                responseBytes,
                "");
    }

    SessionExchange close(ExchangeEnd end) {
        return new SessionExchange(kind(), head, upstream, response, methods(), kept, firstEventNanos, end);
    }

    private List<String> methods() {
        List<String> methods = new ArrayList<>(sent.size());
        for (JsonRpcMessage message : sent) {
            if (message instanceof JsonRpcMessage.Request request) {
                methods.add(request.method());
            } else if (message instanceof JsonRpcMessage.Notification told) {
                methods.add(told.method());
            }
            if (methods.size() == METHODS) {
                break;
            }
        }
        return methods;
    }

    /** What it is, as far as can be told now: a POST shows it with its body. */
    ExchangeKind kind() {
        if (isPost()) {
            boolean unread = sessionHeader() != null && !bodyReadable;
            return !sent.isEmpty() || unread ? ExchangeKind.MESSAGES : ExchangeKind.OTHER;
        }
        if (isStream()) {
            return ExchangeKind.STREAM;
        }
        return head.method().equals("DELETE") && sessionHeader() != null ? ExchangeKind.DELETE : ExchangeKind.OTHER;
    }

    boolean isPost() {
        return head.method().equals("POST");
    }

    boolean isStream() {
        return stream;
    }

    private static boolean asksForStream(RequestHead head) {
        return head.method().equals("GET")
                && head.headers().all("Accept").stream()
                        .anyMatch(accept -> accept.toLowerCase(Locale.ROOT).contains("text/event-stream"));
    }

    /** A stream asked for in order to go on with a broken one (revisions 2025-03-26 to 2025-11-25, resumability). */
    boolean isResumption() {
        return stream && head.headers().first("Last-Event-ID") != null;
    }

    /** The token of a notifications/progress, null for everything else. */
    static @Nullable RpcId progressToken(JsonRpcMessage message) {
        return message instanceof JsonRpcMessage.Notification told ? Meta.progressToken(told) : null;
    }

    /** The {@code params._meta} of a message; a missing node when it has none. */
    static JsonNode meta(JsonRpcMessage message) {
        return message.node().path("params").path("_meta");
    }

    /**
     * The revision it was sent under, as its first message says (2026-07-28, basic/versioning), else as its header does
     * (2025-06-18, basic/transports); null when neither does.
     */
    @Nullable
    String revision() {
        for (JsonRpcMessage message : sent) {
            JsonNode version = meta(message).path(Meta.PROTOCOL_VERSION);
            if (version.isString()) {
                return version.stringValue();
            }
        }
        return head.headers().first("MCP-Protocol-Version");
    }

    /** The trace it is part of, or null. Before its request is complete only what its head says. */
    @Nullable
    String trace() {
        readAffinity();
        return trace;
    }

    /** The conversation the client named of its own accord, or null. Before its request is complete only what its head says. */
    @Nullable
    String conversation() {
        readAffinity();
        return conversation;
    }

    private void readAffinity() {
        if (!affinityRead) {
            trace = Affinity.trace(this);
            conversation = Affinity.conversation(this);
            affinityRead = isRequestComplete();
        }
    }

    /** What of the client's values may have been given to it by the server; empty before its request is complete. */
    Set<Long> handles() {
        if (!isRequestComplete()) {
            return Set.of();
        }
        if (handles == null) {
            handles = DataFlow.sent(sent);
        }
        return handles;
    }

    /** Where the server wants the client to post to, once its endpoint event was seen (2024-11-05); null before. */
    @Nullable
    String endpoint() {
        return endpoint;
    }

    /**
     * The event id of the event read last with a hash of what it said, because some servers number each stream from 1; null
     * when it had none.
     */
    @Nullable
    String lastEventId() {
        return lastEventId;
    }

    /** When the server told of progress with this token on the response. */
    List<Long> progress(RpcId token) {
        return progress.stream()
                .filter(told -> token.equals(progressToken(told.message())))
                .map(TimedMessage::atNanos)
                .toList();
    }

    /** The time of the last event taken. */
    long lastNanos() {
        return lastNanos;
    }

    /** Whether it only subscribes (2026-07-28, subscriptions): open for as long as the client likes. */
    boolean isSubscription() {
        return sent.size() == 1
                && sent.get(0) instanceof JsonRpcMessage.Request request
                && request.method().equals("subscriptions/listen");
    }

    /** True the first time: what it cancels is to be noted once. */
    boolean takeNote() {
        boolean first = !noted;
        noted = true;
        return first;
    }

    /** Whether the client's body is complete, kept or not. */
    boolean isRequestComplete() {
        return requestEndNanos != 0;
    }

    /** The session id the client sent, or null. */
    @Nullable
    String sessionHeader() {
        return head.headers().first(SESSION_HEADER);
    }

    /** The session id the server gave with its response, or null. */
    @Nullable
    String sessionGiven() {
        return response == null ? null : response.headers().first(SESSION_HEADER);
    }

    boolean isEventStream() {
        String type = response == null ? null : response.headers().first("Content-Type");
        return eventSeen || (type != null && type.toLowerCase(Locale.ROOT).startsWith("text/event-stream"));
    }

    long id() {
        return head.exchangeId();
    }

    RequestHead head() {
        return head;
    }

    long startNanos() {
        return head.atNanos();
    }

    int status() {
        return response == null ? 0 : response.status();
    }

    /** Messages of the client, in order. */
    List<JsonRpcMessage> sent() {
        return sent;
    }

    /** Whether the client's body could be read. */
    boolean isBodyReadable() {
        return bodyReadable;
    }

    /** Responses that came with the response. */
    List<TimedMessage> responses() {
        return responses;
    }

    /** Requests of the server on the response stream. */
    List<TimedMessage> serverRequests() {
        return serverRequests;
    }

    /** Whether something came in the place of a message that cannot be read: damaged, or beyond every bound. */
    boolean isUnreadable() {
        return unreadable;
    }

    /** Whether the stream carried event ids, so that a broken one may be gone on with. */
    boolean isResumable() {
        return resumable;
    }

    /** When the last part came that the capture did not keep, 0 for none. */
    long unkeptNanos() {
        return unkeptNanos;
    }

    /** Bytes of the response that parts told of, kept or not. */
    long responseBytes() {
        return responseBytes;
    }

    String refusalText() {
        return refusalText;
    }
}
