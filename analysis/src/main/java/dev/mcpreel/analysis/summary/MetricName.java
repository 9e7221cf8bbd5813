package dev.mcpreel.analysis.summary;

import java.util.Locale;

/**
 * Every metric of a summary, in the order reports show them. The label is the name as the k6 extension for MCP, k6 itself
 * or this product spell it; docs/REPORT.md says what each one measures.
 */
public enum MetricName {
    MCP_CALLS(Section.MCP, Unit.NUMBER),
    MCP_SUCCESS(Section.MCP, Unit.NUMBER),
    MCP_ERRORS(Section.MCP, Unit.NUMBER),
    MCP_CALL_DURATION(Section.MCP, Unit.MILLIS),
    MCP_TIME_TO_FIRST_EVENT(Section.MCP, Unit.MILLIS),
    MCP_REQUESTS(Section.MCP, Unit.NUMBER),
    MCP_REQUEST_DURATION(Section.MCP, Unit.MILLIS),
    MCP_INITIALIZE_DURATION(Section.MCP, Unit.MILLIS),
    MCP_TIMEOUTS(Section.MCP, Unit.NUMBER),
    MCP_STREAMS_CUT(Section.MCP, Unit.NUMBER),
    MCP_SESSIONS_LOST(Section.MCP, Unit.NUMBER),
    MCP_HTTP_PER_CALL(Section.MCP, Unit.NUMBER),
    HTTP_REQS(Section.HTTP, Unit.NUMBER),
    HTTP_REQ_DURATION(Section.HTTP, Unit.MILLIS),
    HTTP_REQ_FAILED(Section.HTTP, Unit.NUMBER),
    ITERATIONS(Section.EXECUTION, Unit.NUMBER),
    ITERATION_DURATION(Section.EXECUTION, Unit.MILLIS),
    VUS(Section.EXECUTION, Unit.NUMBER),
    VUS_MAX(Section.EXECUTION, Unit.NUMBER),
    REPLAY_RESPONSE_TIME(Section.EXECUTION, Unit.MILLIS),
    REPLAY_LATENESS(Section.EXECUTION, Unit.MILLIS),
    REPLAY_SESSION_LAG(Section.EXECUTION, Unit.MILLIS),
    DATA_RECEIVED(Section.NETWORK, Unit.BYTES),
    DATA_SENT(Section.NETWORK, Unit.BYTES);

    private final Section section;
    private final Unit unit;

    MetricName(Section section, Unit unit) {
        this.section = section;
        this.unit = unit;
    }

    /** For example {@code mcp_call_duration}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public Section section() {
        return section;
    }

    public Unit unit() {
        return unit;
    }
}
