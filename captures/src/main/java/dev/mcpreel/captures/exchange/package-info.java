/** The words: what can happen in one exchange, its ids, times and end causes; JDK types only. */
@NullMarked
package dev.mcpreel.captures.exchange;

import org.jspecify.annotations.NullMarked;
