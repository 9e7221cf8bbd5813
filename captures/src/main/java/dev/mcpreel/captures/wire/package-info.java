/** JSON-RPC and Server-Sent Events read from bytes: tolerant, incremental. */
@NullMarked
package dev.mcpreel.captures.wire;

import org.jspecify.annotations.NullMarked;
