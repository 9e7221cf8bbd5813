package dev.mcpreel.proxy.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** A server whose every byte the test writes itself. */
public final class FakeUpstream {
    private final ServerSocket listener;
    private final List<Wire> accepted = new ArrayList<>();

    public FakeUpstream() throws IOException {
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        listener.setSoTimeout(10_000);
    }

    public int port() {
        return listener.getLocalPort();
    }

    public String url() {
        return "http://127.0.0.1:" + port();
    }

    /** The next connection the proxy made. */
    public synchronized Wire accept() throws IOException {
        Wire wire = new Wire(listener.accept());
        accepted.add(wire);
        return wire;
    }

    /** Stops to listen: further connections are refused. */
    public void stopListening() throws IOException {
        listener.close();
    }

    public synchronized void close() throws IOException {
        listener.close();
        for (Wire wire : accepted) {
            wire.close();
        }
    }
}
