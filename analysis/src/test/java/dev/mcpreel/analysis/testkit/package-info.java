/** Captures made by hand, for the tests of the analysis. */
@NullMarked
package dev.mcpreel.analysis.testkit;

import org.jspecify.annotations.NullMarked;
