package dev.mcpreel.demo;

import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.modelcontextprotocol.spec.McpSchema.ToolAnnotations;

/** What tools/list says about each tool. The hints are true: a replayer decides by them what it may play. */
final class ToolSheets {
    private static final ToolAnnotations READS_OWN_DATA = hints(true, true, false);
    private static final ToolAnnotations READS_SUPPLIER = hints(true, true, true);
    private static final ToolAnnotations CREATES = hints(false, false, false);

    private static final String TICKET = """
            {"type": "object", "required": ["ticket_id", "order_id", "status", "summary"], "properties": {
              "ticket_id": {"type": "string"}, "order_id": {"type": "string"},
              "status": {"type": "string"}, "summary": {"type": "string"}}}""";

    private final McpJsonMapper json;

    ToolSheets(McpJsonMapper json) {
        this.json = json;
    }

    Tool searchOrders() {
        return sheet(
                "search_orders",
                "Lists a customer's orders, newest numbers last, optionally only those in one status.",
                READS_OWN_DATA,
                """
                {"type": "object", "required": ["customer"], "properties": {
                  "customer": {"type": "string", "description": "Customer name as it stands on the invoice"},
                  "status": {"type": "string", "enum": ["open", "shipped", "delivered", "returned"]},
                  "limit": {"type": "integer", "minimum": 1, "maximum": 50, "default": 10}}}""",
                """
                {"type": "object", "required": ["customer", "matches", "orders"], "properties": {
                  "customer": {"type": "string"}, "matches": {"type": "integer"},
                  "orders": {"type": "array", "items": {"type": "object", "required": ["order_id", "status"],
                    "properties": {"order_id": {"type": "string"}, "customer": {"type": "string"},
                      "status": {"type": "string"}, "placed_on": {"type": "string"}, "total": {"type": "number"}}}}}}""");
    }

    Tool createTicket() {
        return sheet(
                "create_ticket", "Opens a support ticket about an order and returns its new id.", CREATES, """
                {"type": "object", "required": ["order_id", "summary"], "properties": {
                  "order_id": {"type": "string", "pattern": "^ord-[0-9]{6}$"},
                  "summary": {"type": "string", "minLength": 1, "maxLength": 400}}}""", TICKET);
    }

    Tool getTicket() {
        return sheet(
                "get_ticket", "Reads a support ticket that was opened in this session.", READS_OWN_DATA, """
                {"type": "object", "required": ["ticket_id"], "properties": {
                  "ticket_id": {"type": "string", "description": "Id as create_ticket returned it"}}}""", TICKET);
    }

    Tool monthlyReport() {
        return sheet(
                "monthly_report",
                "Adds up a month's orders. Takes a second or so and reports progress when asked to.",
                READS_OWN_DATA,
                """
                {"type": "object", "required": ["month"], "properties": {
                  "month": {"type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])$", "description": "As 2026-03"}}}""",
                """
                {"type": "object", "required": ["month", "orders", "revenue", "by_status"], "properties": {
                  "month": {"type": "string"}, "orders": {"type": "integer"}, "revenue": {"type": "number"},
                  "by_status": {"type": "object", "additionalProperties": {"type": "integer"}}}}""");
    }

    Tool flakyLookup() {
        return sheet(
                "flaky_lookup",
                "Asks the supplier how many of a part are in stock. The supplier does not answer for every part.",
                READS_SUPPLIER,
                """
                {"type": "object", "required": ["sku"], "properties": {
                  "sku": {"type": "string", "minLength": 1, "maxLength": 40}}}""",
                """
                {"type": "object", "required": ["sku", "in_stock"], "properties": {
                  "sku": {"type": "string"}, "in_stock": {"type": "integer"}}}""");
    }

    private Tool sheet(String name, String description, ToolAnnotations hints, String input, String output) {
        return Tool.builder(name, json, input)
                .description(description)
                .annotations(hints)
                .outputSchema(json, output)
                .build();
    }

    private static ToolAnnotations hints(boolean readOnly, boolean idempotent, boolean openWorld) {
        return ToolAnnotations.builder()
                .readOnlyHint(readOnly)
                .destructiveHint(false)
                .idempotentHint(idempotent)
                .openWorldHint(openWorld)
                .build();
    }
}
