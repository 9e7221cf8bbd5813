/** One agent session laid out in time: rows, what belongs under each, and the pauses between them. */
@NullMarked
package dev.mcpreel.analysis.waterfall;

import org.jspecify.annotations.NullMarked;
