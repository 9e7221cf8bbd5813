package dev.mcpreel.benchmarks.soak;

/** The texts of both sides; each end works out by itself what the other has to say. */
final class Messages {
    private Messages() {}

    /** A call of the tool that its form is named after. */
    static Message request(Form form, long number, int fillerBytes, int answerFiller) {
        String head = "{\"jsonrpc\":\"2.0\",\"id\":" + number
                + ",\"method\":\"tools/call\",\"params\":{\"name\":\"" + form.tool()
                + "\",\"arguments\":{\"answerBytes\":" + answerFiller + ",\"text\":\"";
        return new Message(head, number, fillerBytes, "\"}}}");
    }

    /** The answer says what arrived, so that a request that was changed on its way is noticed too. */
    static Message answer(Form form, long number, long requestBytes, long requestCrc, int fillerBytes) {
        String head = "{\"jsonrpc\":\"2.0\",\"id\":" + number + ",\"result\":{\"structuredContent\":{\"bytes\":"
                + requestBytes + ",\"crc\":" + requestCrc + "},\"content\":[{\"type\":\"text\",\"text\":\"";
        String tail = "\"}],\"isError\":false}}";
        return form == Form.SSE
                ? new Message("event: message\nid: " + number + "\ndata: " + head, number, fillerBytes, tail + "\n\n")
                : new Message(head, number, fillerBytes, tail);
    }

    /** An event of a standing stream, up to the time it was sent at. */
    static String eventHead(int stream, long sequence) {
        return "id: " + stream + "-" + sequence
                + "\ndata: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{\"level\":\"info\","
                + "\"data\":{\"stream\":" + stream + ",\"sequence\":" + sequence + ",\"sentNanos\":";
    }

    /** What follows that time. */
    static String eventTail() {
        return "}}}\n\n";
    }
}
