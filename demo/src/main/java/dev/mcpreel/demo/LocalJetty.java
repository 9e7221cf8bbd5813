package dev.mcpreel.demo;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.util.EnumSet;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;

/** One servlet on one loopback port, on daemon threads, with HTTP/1.1 and no idle timeout. */
final class LocalJetty {
    /** The SDK's servlet holds a thread for as long as a call takes; event streams hold none. */
    private static final int MAX_THREADS = 600;

    private static final int MIN_THREADS = 16;
    private static final int IDLE_THREAD_MILLIS = 10_000;
    private static final int STOP_MILLIS = 200;

    private final Server server;
    private final ServerConnector connector;
    private final ReceivedCounter counter;

    LocalJetty(int port, String path, HttpServlet servlet, Filter filter) {
        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, MIN_THREADS, IDLE_THREAD_MILLIS);
        threads.setName("demo-http");
        threads.setDaemon(true);
        threads.setStopTimeout(STOP_MILLIS);
        server = new Server(threads, new ScheduledExecutorScheduler("demo-http-timer", true), null);

        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        connector = new ServerConnector(server, 1, 2, new HttpConnectionFactory(http));
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        connector.setIdleTimeout(0);
        connector.setAcceptQueueSize(1024);
        server.addConnector(connector);

        ServletContextHandler context = new ServletContextHandler();
        ServletHolder servletHolder = new ServletHolder(servlet);
        servletHolder.setAsyncSupported(true);
        context.addServlet(servletHolder, path);
        FilterHolder filterHolder = new FilterHolder(filter);
        filterHolder.setAsyncSupported(true);
        context.addFilter(filterHolder, path, EnumSet.of(DispatcherType.REQUEST));
        counter = new ReceivedCounter(context);
        server.setHandler(counter);
    }

    void start() throws IOException {
        try {
            server.start();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("Jetty did not start", e);
        }
    }

    void stop() {
        try {
            server.stop();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("Jetty did not stop", e);
        }
    }

    int port() {
        return connector.getLocalPort();
    }

    Received received() {
        return counter.received();
    }
}
