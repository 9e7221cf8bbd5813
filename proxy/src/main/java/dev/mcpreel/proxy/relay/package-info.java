/** Moves HTTP both ways between a client and its upstream with back-pressure, and nothing else. */
@NullMarked
package dev.mcpreel.proxy.relay;

import org.jspecify.annotations.NullMarked;
