/** A summary as people and programs read it: text for terminals, JSON. */
@NullMarked
package dev.mcpreel.analysis.report;

import org.jspecify.annotations.NullMarked;
