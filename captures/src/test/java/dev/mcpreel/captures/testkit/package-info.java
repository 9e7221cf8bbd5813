/** Fakes and helpers shared by the tests of all modules. */
@NullMarked
package dev.mcpreel.captures.testkit;

import org.jspecify.annotations.NullMarked;
