/** Captures cut, exported to other programs' files, and imported from them. */
@NullMarked
package dev.mcpreel.captures.transfer;

import org.jspecify.annotations.NullMarked;
