package dev.mcpreel.captures.wire;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.async.ByteBufferFeeder;
import tools.jackson.core.json.JsonFactory;

/**
 * Says what the messages of a body ask for while the body comes in, each as soon as it is known. It never blocks and keeps no
 * bytes but those of a text under way, so it may be used on an event loop as far as the caller bounds what it feeds. Members
 * may stand in any order; of members of the same name the first counts. Not thread-safe.
 */
public final class BodyProbe implements AutoCloseable {
    /** Hears of messages in the order they stand. It may close the probe. */
    public interface Listener {
        /**
         * What one message asks for.
         *
         * @param method null for an answer, and for what is no message
         * @param name {@code params.name} of a {@code tools/call}; null where there is none, or none is wanted
         * @param more whether another message may follow: the body is a batch
         */
        void asked(@Nullable String method, @Nullable String name, boolean more);

        /** Nothing follows: the body was read to its end, or it cannot be read. */
        void ended(boolean readable);
    }

    private static final JsonFactory JSON = new JsonFactory();
    private static final String CALL = "tools/call";

    private final JsonParser parser = JSON.createNonBlockingByteBufferParser(ObjectReadContext.empty());
    private final ByteBufferFeeder feeder = (ByteBufferFeeder) parser.nonBlockingInputFeeder();
    private final boolean wantsNames;
    private final Listener listener;
    private boolean closed;

    /** Depth at which messages stand: 1 inside a batch. */
    private int base;

    private int depth;
    private String member = "";
    private boolean inParams;
    private String paramsMember = "";
    private @Nullable String method;
    private @Nullable String name;
    private boolean told;

    /** @param wantsNames whether a call is to be told with its name, which may stand far behind its method */
    public BodyProbe(boolean wantsNames, Listener listener) {
        this.wantsNames = wantsNames;
        this.listener = listener;
    }

    /** Reads the next bytes, all of them unless the probe is closed meanwhile; the buffer is not kept. */
    public void feed(ByteBuffer bytes) {
        if (closed) {
            return;
        }
        try {
            feeder.feedInput(bytes);
            read();
        } catch (JacksonException e) {
            end(false);
        }
    }

    /** No bytes will follow. */
    public void end() {
        if (closed) {
            return;
        }
        try {
            feeder.endOfInput();
            read();
        } catch (JacksonException e) {
            end(false);
        }
    }

    /** Nothing more is wanted. */
    @Override
    public void close() {
        closed = true;
        parser.close();
    }

    private void read() {
        while (!closed) {
            JsonToken token = parser.nextToken();
            if (token == JsonToken.NOT_AVAILABLE) {
                return;
            }
            if (token == null) {
                end(false);
            } else {
                accept(token);
                if (!closed && depth == 0) {
                    end(true);
                }
            }
        }
    }

    private void end(boolean readable) {
        if (!closed) {
            close();
            listener.ended(readable);
        }
    }

    private void accept(JsonToken token) {
        switch (token) {
            case START_OBJECT -> open(false);
            case START_ARRAY -> open(true);
            case END_OBJECT, END_ARRAY -> shut();
            case PROPERTY_NAME -> name(parser.getString());
            case VALUE_STRING -> value(true);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE, VALUE_NULL, VALUE_EMBEDDED_OBJECT ->
                value(false);
            case NOT_AVAILABLE -> throw new AssertionError("handled before");
        }
    }

    private void open(boolean array) {
        if (array && depth == 0) {
            base = 1;
        } else if (depth == base) {
            member = "";
            method = null;
            name = null;
            told = false;
            if (array) {
                tell(null);
            }
        } else if (depth == base + 1) {
            inParams = !array && member.equals("params");
            paramsMember = "";
            value(false);
        }
        depth++;
    }

    private void shut() {
        depth--;
        if (depth == base + 1) {
            inParams = false;
        } else if (depth == base) {
            tell(method);
        }
    }

    private void name(String text) {
        if (depth == base + 1) {
            member = text;
            if (method == null && (text.equals("result") || text.equals("error"))) {
                tell(null);
            }
        } else if (depth == base + 2 && inParams) {
            paramsMember = text;
        }
    }

    private void value(boolean string) {
        if (depth == base) {
            told = false;
            tell(null);
        } else if (depth == base + 1 && member.equals("method") && method == null) {
            method = string ? parser.getString() : null;
            tellWhenKnown();
            if (method == null) {
                tell(null);
            }
        } else if (string && depth == base + 2 && inParams && paramsMember.equals("name") && name == null) {
            name = parser.getString();
            tellWhenKnown();
        }
    }

    private void tellWhenKnown() {
        if (method != null && (!wantsNames || name != null || !method.equals(CALL))) {
            tell(method);
        }
    }

    private void tell(@Nullable String asked) {
        if (!told) {
            told = true;
            listener.asked(asked, CALL.equals(asked) && wantsNames ? name : null, base == 1);
        }
    }
}
