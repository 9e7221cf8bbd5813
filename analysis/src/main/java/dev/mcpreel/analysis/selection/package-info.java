/** Which agent sessions of a capture are wanted, and in what order. */
@NullMarked
package dev.mcpreel.analysis.selection;

import org.jspecify.annotations.NullMarked;
