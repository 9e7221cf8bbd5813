/** Secrets never reach the disk, nor a subscriber. */
@NullMarked
package dev.mcpreel.captures.redact;

import org.jspecify.annotations.NullMarked;
