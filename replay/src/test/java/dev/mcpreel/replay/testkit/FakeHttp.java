package dev.mcpreel.replay.testkit;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** An HTTP server on a loopback port whose answers are written byte by byte by the test. A thread per connection. */
public final class FakeHttp implements AutoCloseable {
    /** One request as it came; connections and the exchanges on each are counted from 0. */
    public record Request(
            int connection, int exchange, String method, String target, Map<String, String> headers, String body) {
        public String header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
        }
    }

    /** Answers one request; may block, and may answer nothing. */
    public interface Handler {
        void handle(Request request, Reply reply) throws IOException;
    }

    /** The raw way back. */
    public static final class Reply {
        private final Socket socket;
        private final OutputStream out;

        private Reply(Socket socket) throws IOException {
            this.socket = socket;
            this.out = socket.getOutputStream();
        }

        public Reply raw(String bytes) throws IOException {
            out.write(bytes.getBytes(StandardCharsets.UTF_8));
            out.flush();
            return this;
        }

        public Reply json(int status, String body, String... headers) throws IOException {
            return full(status, "application/json", body, headers);
        }

        public Reply full(int status, String type, String body, String... headers) throws IOException {
            int length = body.getBytes(StandardCharsets.UTF_8).length;
            return raw("HTTP/1.1 " + status + " X\r\nContent-Type: " + type + "\r\nContent-Length: " + length + "\r\n"
                    + lines(headers) + "\r\n" + body);
        }

        public Reply empty(int status, String... headers) throws IOException {
            return raw("HTTP/1.1 " + status + " X\r\nContent-Length: 0\r\n" + lines(headers) + "\r\n");
        }

        /** The head of an event stream in chunks. */
        public Reply events(String... headers) throws IOException {
            return raw("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n"
                    + lines(headers) + "\r\n");
        }

        public Reply chunk(String bytes) throws IOException {
            return raw(Integer.toHexString(bytes.getBytes(StandardCharsets.UTF_8).length) + "\r\n" + bytes + "\r\n");
        }

        public Reply event(String data) throws IOException {
            return chunk("event: message\ndata: " + data + "\n\n");
        }

        public Reply lastChunk() throws IOException {
            return raw("0\r\n\r\n");
        }

        public void close() throws IOException {
            socket.close();
        }

        /** Closes with a RST. */
        public void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        private static String lines(String... headers) {
            StringBuilder lines = new StringBuilder();
            for (int i = 0; i + 1 < headers.length; i += 2) {
                lines.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
            }
            return lines.toString();
        }
    }

    private final ServerSocket listener;
    private final Handler handler;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();

    public FakeHttp(Handler handler) {
        this.handler = handler;
        try {
            this.listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start("fake-accept", this::accept);
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/mcp");
    }

    /** Every request so far, in order of arrival. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    public int connections() {
        return connections.get();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void accept() throws IOException {
        while (!listener.isClosed()) {
            Socket socket = listener.accept();
            sockets.add(socket);
            int index = connections.getAndIncrement();
            start("fake-connection-" + index, () -> {
                try (socket) {
                    serve(socket, index);
                }
            });
        }
    }

    private void serve(Socket socket, int connection) throws IOException {
        InputStream in = new BufferedInputStream(socket.getInputStream());
        Reply reply = new Reply(socket);
        for (int exchange = 0; !socket.isClosed(); exchange++) {
            String line = line(in);
            if (line.isEmpty()) {
                return;
            }
            String[] words = line.split(" ", 3);
            Map<String, String> headers = new LinkedHashMap<>();
            for (String header = line(in); !header.isEmpty(); header = line(in)) {
                int colon = header.indexOf(':');
                headers.put(
                        header.substring(0, colon).toLowerCase(Locale.ROOT),
                        header.substring(colon + 1).trim());
            }
            int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
            String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
            Request request = new Request(connection, exchange, words[0], words[1], Map.copyOf(headers), body);
            requests.add(request);
            handler.handle(request, reply);
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            if (b != '\r') {
                line.append((char) b);
            }
        }
        return line.toString();
    }

    private interface Io {
        void run() throws IOException;
    }

    private static void start(String name, Io work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // A closed socket is how tests end a connection.
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }
}
