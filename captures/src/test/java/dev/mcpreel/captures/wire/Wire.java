package dev.mcpreel.captures.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.exchange.Bytes;
import java.util.List;

/** Messages from JSON, with apostrophes for quotation marks. */
final class Wire {
    private Wire() {}

    static JsonRpcMessage message(String json) {
        List<JsonRpcMessage> messages = body(json).messages();
        assertThat(messages).hasSize(1);
        return messages.get(0);
    }

    static JsonRpcBody body(String json) {
        return JsonRpcReader.body(Bytes.utf8(json.replace('\'', '"')));
    }

    static JsonRpcMessage.Request request(String method, String params) {
        return (JsonRpcMessage.Request)
                message("{'jsonrpc':'2.0','id':1,'method':'" + method + "','params':" + params + "}");
    }

    static JsonRpcMessage.Notification told(String method, String params) {
        return (JsonRpcMessage.Notification)
                message("{'jsonrpc':'2.0','method':'" + method + "','params':" + params + "}");
    }

    static JsonRpcMessage.Response result(String result) {
        return (JsonRpcMessage.Response) message("{'jsonrpc':'2.0','id':1,'result':" + result + "}");
    }
}
