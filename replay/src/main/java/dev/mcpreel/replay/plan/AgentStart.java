package dev.mcpreel.replay.plan;

/**
 * When an agent begins, and with what.
 *
 * @param agent its number, from 0
 * @param script the script it plays first
 * @param copy which copy of the recorded session it is, from 0; 0 when the run goes by duration
 * @param arrivalNanos after the start of the run
 */
public record AgentStart(int agent, int script, int copy, long arrivalNanos) {}
