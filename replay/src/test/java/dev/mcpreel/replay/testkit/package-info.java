/** Fakes of the replay's neighbours: a server that does as told, and taps that remember. */
@NullMarked
package dev.mcpreel.replay.testkit;

import org.jspecify.annotations.NullMarked;
