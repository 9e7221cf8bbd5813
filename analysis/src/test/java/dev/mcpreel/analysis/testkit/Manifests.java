package dev.mcpreel.analysis.testkit;

import dev.mcpreel.captures.exchange.ClockAnchor;
import dev.mcpreel.captures.store.Counts;
import dev.mcpreel.captures.store.Ending;
import dev.mcpreel.captures.store.Manifest;
import dev.mcpreel.captures.store.ReplayInfo;
import dev.mcpreel.captures.store.Role;
import java.util.List;

/** Manifests of made-up captures. */
public final class Manifests {
    private Manifests() {}

    public static Manifest recorded(Ending ending, Counts counts) {
        return new Manifest(
                Manifest.FORMAT,
                "20261121T101500Z-3f9a",
                Role.RECORDED,
                "mcp-reel 0.1.0",
                "2026-11-21T10:15:00Z",
                ending == Ending.OPEN ? null : "2026-11-21T10:15:10Z",
                ending,
                new ClockAnchor(0, 0),
                "127.0.0.1:8080",
                List.of("http://127.0.0.1:3001"),
                List.of(),
                counts,
                null,
                null,
                List.of(),
                null,
                null);
    }

    public static Manifest replayed(Ending ending, Counts counts, boolean valid, String... invalid) {
        ReplayInfo info = new ReplayInfo(
                "20261121T101500Z-3f9a",
                9,
                "http://staging.example:3001/mcp",
                "safe",
                2,
                2,
                1,
                7,
                "5d41402abc4b2a76b9719d911017c592",
                12,
                3,
                valid,
                List.of(invalid));
        return new Manifest(
                Manifest.FORMAT,
                "20261121T113000Z-b772",
                Role.REPLAYED,
                "mcp-reel 0.1.0",
                "2026-11-21T11:30:00Z",
                ending == Ending.OPEN ? null : "2026-11-21T11:30:10Z",
                ending,
                new ClockAnchor(0, 0),
                "",
                List.of("http://staging.example:3001"),
                List.of(),
                counts,
                info,
                null,
                List.of(),
                null,
                null);
    }
}
