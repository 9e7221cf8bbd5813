package dev.mcpreel.captures.store;

import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.ExchangeEvent;
import dev.mcpreel.captures.exchange.StepRecord;
import java.util.ArrayList;
import java.util.List;

/** Records made by hand, and records read without a file. */
final class Frames {
    private Frames() {}

    /** The unsealed records of an event. */
    static byte[] of(CaptureEvent event) {
        EncodeBuffer item = new EncodeBuffer(64);
        EncodeBuffer out = new EncodeBuffer(64);
        EventCodec.encode(item, event, 0, false);
        long exchange =
                event instanceof ExchangeEvent e ? e.exchangeId() : event instanceof StepRecord s ? s.exchangeId() : 0;
        long connection = event instanceof ExchangeEvent e
                ? e.connectionId()
                : event instanceof StepRecord s ? s.connectionId() : 0;
        Records.write(new Records.Output(out, () -> {}), item, 0, 0, exchange, connection);
        return out.copy();
    }

    /** An unsealed record of any type. */
    static byte[] raw(int typeCode, byte[] fixed, byte[] payload) {
        EncodeBuffer out = new EncodeBuffer(64);
        Records.header(out, typeCode, fixed.length, payload.length, 7);
        out.bytes(fixed, 0, fixed.length).bytes(payload, 0, payload.length).reserve(Format.CRC);
        return out.copy();
    }

    /** The same record with a fixed block of another length: cut, or with bytes of a later version at its end. */
    static byte[] withFixedLength(byte[] record, int length) {
        RecordView view = new RecordView();
        view.set(record, 0);
        EncodeBuffer out = new EncodeBuffer(64);
        out.bytes(record, 0, Format.HEADER);
        int kept = Math.min(length, view.fixedLen);
        out.bytes(record, view.fixedAt, kept);
        for (int i = kept; i < length; i++) {
            out.u8(0xEE);
        }
        Le.u16(out.array(), Format.FIXED_LEN_AT, length);
        out.bytes(record, view.varAt, view.varLen).reserve(Format.CRC);
        return out.copy();
    }

    /** Seals the records of the frames in turn and reads them as a log would be. */
    static List<CaptureEvent> read(byte[]... frames) {
        List<CaptureEvent> events = new ArrayList<>();
        LogReader reader = new LogReader(events::add, record -> {});
        long seq = 0;
        for (byte[] frame : frames) {
            for (int at = 0; at < frame.length; ) {
                int total = Records.seal(frame, at, seq++, 0);
                if (RecordView.check(frame, at, frame.length) != total) {
                    throw new AssertionError("not a good record at " + at);
                }
                reader.record(frame, at);
                at += total;
            }
        }
        return events;
    }
}
