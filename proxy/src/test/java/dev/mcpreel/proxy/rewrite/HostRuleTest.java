package dev.mcpreel.proxy.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.proxy.upstream.Upstream;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HostRuleTest {
    private static final Upstream UPSTREAM = Upstream.of(URI.create("http://backend:3001"));

    @Test
    void preserve_changesNothing() {
        assertThat(applied(HostMode.PRESERVE, UPSTREAM, "A", "hOst", "Z"))
                .containsExactly("A: client", "hOst: client", "Z: client");
    }

    @Test
    void upstream_replacesTheValueWhereItStands() {
        assertThat(applied(HostMode.UPSTREAM, UPSTREAM, "A", "hOst", "Z"))
                .containsExactly("A: client", "hOst: backend:3001", "Z: client");
    }

    @Test
    void upstream_withoutAPort_writesNone() {
        Upstream plain = Upstream.of(URI.create("http://[::1]/"));
        assertThat(applied(HostMode.UPSTREAM, plain, "Host")).containsExactly("Host: [::1]");
    }

    @Test
    void missingHost_staysMissing() {
        assertThat(applied(HostMode.UPSTREAM, UPSTREAM, "A")).containsExactly("A: client");
    }

    private static List<String> applied(HostMode mode, Upstream upstream, String... names) {
        HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");
        for (String name : names) {
            request.headers().add(name, "client");
        }
        new HostRule(mode).apply(request, upstream);
        return request.headers().entries().stream()
                .map(field -> field.getKey() + ": " + field.getValue())
                .toList();
    }
}
