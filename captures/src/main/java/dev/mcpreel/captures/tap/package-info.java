/** Netty HTTP objects into exchange events over lanes; behind them redaction, the writer and live subscribers. */
@NullMarked
package dev.mcpreel.captures.tap;

import org.jspecify.annotations.NullMarked;
