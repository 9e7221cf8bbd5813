package dev.mcpreel.demo;

import java.util.Map;

/**
 * What arrived at the server over HTTP, counted below the servlet container: every request whose head was read, and the
 * bytes of request content that were read, without chunk framing.
 *
 * @param byRoute counts by method and path
 */
public record Received(Map<Route, Count> byRoute) {
    /** Takes its own copy. */
    public Received {
        byRoute = Map.copyOf(byRoute);
    }

    /** Where requests went: an HTTP method and a path without query. */
    public record Route(String method, String path) {}

    /** How much arrived there. */
    public record Count(long requests, long bodyBytes) {}

    /** What arrived for one method and path; zero when nothing did. */
    public Count at(String method, String path) {
        return byRoute.getOrDefault(new Route(method, path), new Count(0, 0));
    }

    /** All requests. */
    public long requests() {
        return byRoute.values().stream().mapToLong(Count::requests).sum();
    }

    /** All bytes of request content. */
    public long bodyBytes() {
        return byRoute.values().stream().mapToLong(Count::bodyBytes).sum();
    }
}
