package dev.mcpreel.cli.system;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Clients that call at a steady pace over a connection each, check every answer and time it. Any call that is not answered
 * as the upstream answers is a failure; nothing is ever tried again.
 */
final class SteadyLoad implements AutoCloseable {
    /** One call, by its number. */
    record Call(long begunNanos, long endedNanos) {
        Duration took() {
            return Duration.ofNanos(endedNanos - begunNanos);
        }
    }

    private final URI target;
    private final int padding;
    private volatile long paceNanos;
    private final List<Thread> clients = new ArrayList<>();
    private final AtomicLong lastNumber = new AtomicLong();
    private final Map<Long, Call> calls = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private volatile boolean stopped;

    /** @param padding of each answer, as the upstream was told */
    SteadyLoad(URI target, int clients, Duration pace, int padding) {
        this.target = target;
        this.padding = padding;
        this.paceNanos = pace.toNanos();
        for (int i = 0; i < clients; i++) {
            Thread client = new Thread(this::run, "client-" + i);
            this.clients.add(client);
            client.start();
        }
    }

    Map<Long, Call> calls() {
        return Map.copyOf(calls);
    }

    int answered() {
        return calls.size();
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    /** The slowest of the calls that were under way within the time, nothing under way included. */
    Duration slowest(long fromNanos, long toNanos) {
        return calls.values().stream()
                .filter(call -> call.endedNanos() - fromNanos >= 0 && toNanos - call.begunNanos() >= 0)
                .map(Call::took)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /** The numbers of the calls that began then or later. */
    List<Long> begunSince(long nanos) {
        return calls.entrySet().stream()
                .filter(call -> call.getValue().begunNanos() - nanos >= 0)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** From each client's next call on. */
    void pace(Duration pace) {
        paceNanos = pace.toNanos();
    }

    /** Lets calls under way end. */
    void stop() throws InterruptedException {
        stopped = true;
        for (Thread client : clients) {
            LockSupport.unpark(client);
            client.join(TimeUnit.SECONDS.toMillis(60));
            if (client.isAlive()) {
                failures.add("a call was never answered");
            }
        }
    }

    @Override
    public void close() {
        try {
            stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (Socket socket = new Socket(target.getHost(), target.getPort())) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (long due = System.nanoTime(); !stopped; due += paceNanos) {
                LockSupport.parkNanos(due - System.nanoTime());
                call(socket, in, lastNumber.incrementAndGet());
            }
        } catch (IOException | RuntimeException e) {
            failures.add(String.valueOf(e));
        }
    }

    private void call(Socket socket, InputStream in, long number) throws IOException {
        String body = "{\"jsonrpc\":\"2.0\",\"id\":" + number
                + ",\"method\":\"tools/call\",\"params\":{\"name\":\"t\",\"arguments\":{}}}";
        String request =
                "POST /mcp?" + number + " HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\nContent-Length: "
                        + body.length() + "\r\n\r\n" + body;
        long begun = System.nanoTime();
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        int length = -1;
        String status = line(in);
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            if (line.regionMatches(true, 0, "content-length: ", 0, 16)) {
                length = Integer.parseInt(line.substring(16));
            }
        }
        String expected = number + " ";
        byte[] answer = in.readNBytes(Math.max(0, length));
        calls.put(number, new Call(begun, System.nanoTime()));
        if (!status.equals("HTTP/1.1 200 OK")
                || answer.length != EchoServer.answerBytes(String.valueOf(number), padding)
                || !new String(answer, 0, expected.length(), StandardCharsets.US_ASCII).equals(expected)) {
            failures.add("call " + number + ": " + status + ", " + answer.length + " bytes");
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the connection was closed after: " + line);
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }
}
