/** Both ends of a proxy under test, and a tap that remembers. */
@NullMarked
package dev.mcpreel.proxy.testkit;

import org.jspecify.annotations.NullMarked;
