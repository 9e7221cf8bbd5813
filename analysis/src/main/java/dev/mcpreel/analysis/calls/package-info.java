/** Per-request outcomes and times, HTTP and sessions out of a capture, in one pass and in bounded memory. */
@NullMarked
package dev.mcpreel.analysis.calls;

import org.jspecify.annotations.NullMarked;
