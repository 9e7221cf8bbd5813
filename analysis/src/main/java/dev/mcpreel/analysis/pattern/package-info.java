/** How agents use a server: rhythm, sequences of tools, transports and what listing costs, over a whole capture. */
@NullMarked
package dev.mcpreel.analysis.pattern;

import org.jspecify.annotations.NullMarked;
