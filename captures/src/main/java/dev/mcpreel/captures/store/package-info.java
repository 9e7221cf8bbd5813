/** The log: the only place that knows Chronicle Queue, and how a capture lies on disk. */
@NullMarked
package dev.mcpreel.captures.store;

import org.jspecify.annotations.NullMarked;
