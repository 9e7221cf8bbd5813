package dev.mcpreel.captures.wire;

/**
 * What a server allows of keeping an answer (revision 2026-07-28, caching).
 *
 * @param ttlMillis how long from its arrival on; 0 for not at all
 * @param shared whether it may be given to other clients, {@code cacheScope: public}; anything else is private
 */
public record CacheHint(long ttlMillis, boolean shared) {}
