/** The numbers of one capture, by metric name. */
@NullMarked
package dev.mcpreel.analysis.summary;

import org.jspecify.annotations.NullMarked;
