package dev.mcpreel.proxy.rewrite;

/** Which Host field the upstream gets to see. */
public enum HostMode {
    /** The client's, untouched: the upstream checks it as if no proxy stood in between. */
    PRESERVE,
    /** The upstream's own name, for upstreams that answer only to it. */
    UPSTREAM
}
