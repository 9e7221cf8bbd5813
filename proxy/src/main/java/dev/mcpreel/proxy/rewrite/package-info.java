/** The few headers that must change because the origin changed. */
@NullMarked
package dev.mcpreel.proxy.rewrite;

import org.jspecify.annotations.NullMarked;
