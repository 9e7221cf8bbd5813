/** Captures as other programs' files, and back. */
@NullMarked
package dev.mcpreel.captures.transfer;

import org.jspecify.annotations.NullMarked;
