package dev.mcpreel.captures.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mcpreel.captures.exchange.Headers;
import dev.mcpreel.captures.exchange.RequestHead;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HeldExchangeTest {
    @Test
    void add_eventThatCannotBeEncoded_leavesTheItemsAsTheyWere() {
        RequestHead good = head(Headers.of("Accept", "*/*"));
        HeldExchange held = new HeldExchange(new EncodeBuffer(256), good, 0);
        held.add(good, false);
        byte[] before = held.items().copy();

        assertThatThrownBy(() -> held.add(head(null), false)).isInstanceOf(NullPointerException.class);

        assertThat(held.items().copy()).isEqualTo(before);
        assertThat(held.count()).isEqualTo(1);
    }

    private static RequestHead head(Headers headers) {
        return new RequestHead(1, 1, 1, "127.0.0.1:1", "POST", "/mcp", "HTTP/1.1", headers);
    }
}
