package dev.mcpreel.proxy;

import dev.mcpreel.proxy.ProxyException.Category;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.util.Locale;

/** Why an address cannot be listened on, with the cure. The transports tell the reasons apart in words only. */
final class ListenFailure {
    private ListenFailure() {}

    static ProxyException unresolved(InetSocketAddress listen) {
        return new ProxyException(
                Category.INPUT,
                "--listen " + listen.getHostString() + ":" + listen.getPort()
                        + ": the host name cannot be resolved; use an address of this machine, for example 127.0.0.1");
    }

    static ProxyException of(InetSocketAddress listen, Throwable cause) {
        String option = "--listen " + NetUtil.toSocketAddressString(listen) + ": ";
        String text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        if (text.contains("in use")) {
            return new ProxyException(
                    Category.FAILED,
                    option + "the port is in use; stop what listens there, or choose another port (0 takes a free one)",
                    cause);
        }
        if (text.contains("permission") || text.contains("denied")) {
            return new ProxyException(
                    Category.FAILED, option + "no permission to listen there; choose a port of 1024 or above", cause);
        }
        if (text.contains("cannot assign")) {
            return new ProxyException(
                    Category.INPUT,
                    option + "not an address of this machine; use one of its own, or 0.0.0.0 for all",
                    cause);
        }
        return new ProxyException(Category.FAILED, option + "cannot be listened on: " + cause.getMessage(), cause);
    }
}
