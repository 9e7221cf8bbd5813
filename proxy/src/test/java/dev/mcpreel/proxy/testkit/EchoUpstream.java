package dev.mcpreel.proxy.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A server that answers every head it is sent with the request line as the body; a target with {@code broken} in it gets
 * a mutated answer. Bodies are not understood, only heads; that is enough to notice a response at the wrong request. It
 * never gives up on a connection by itself: one that hangs is to be seen.
 */
public final class EchoUpstream {
    private final ServerSocket listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Mutator mutator;

    public EchoUpstream(long seed) throws IOException {
        mutator = new Mutator(seed);
        threads.execute(this::accept);
    }

    public String url() {
        return "http://127.0.0.1:" + listener.getLocalPort();
    }

    private void accept() {
        try {
            while (!listener.isClosed()) {
                Socket socket = listener.accept();
                threads.execute(() -> serve(socket));
            }
        } catch (IOException e) {
            if (!listener.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            Wire wire = new Wire(socket);
            socket.setSoTimeout(0);
            while (true) {
                String line = wire.readHead().split("\r\n", 2)[0];
                String answer = "HTTP/1.1 200 OK\r\nContent-Length: " + line.length() + "\r\n\r\n" + line;
                wire.send(line.contains("broken") ? broken(answer) : answer.getBytes(StandardCharsets.ISO_8859_1));
            }
        } catch (IOException e) {
            // The proxy closed the connection, as it must after something broken.
        }
    }

    private synchronized byte[] broken(String answer) {
        return mutator.mutate(answer);
    }

    public void close() throws IOException {
        listener.close();
        threads.shutdownNow();
    }
}
