/** Micro-benchmarks of what runs for every byte; run by hand, never published. */
package dev.mcpreel.benchmarks;
