// Reads a capture by docs/CAPTURE_FORMAT.md alone, to hold the recording against what clients saw: a second reader that
// shares no code with the first.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

const [NOT_READY, OF_THE_LIBRARY, LENGTH] = [0x80000000, 0x40000000, 0x3fffffff];
const MAGIC = 0x4c45524d;
const HEAD = 56;
const [REQUEST_HEAD, RESPONSE_HEAD, END, COALESCED] = [1, 3, 5, 6];
const CAUSES = ['complete', 'closed', 'reset', 'connect failed', 'bad request', 'bad response', 'timed out', 'shutdown', 'unknown'];
const SIDES = ['client', 'upstream', 'recorder', 'unknown'];

function* documents(file) {
    const bytes = readFileSync(file);
    for (let at = 0; at + 4 <= bytes.length; ) {
        const header = bytes.readUInt32LE(at);
        const length = header & LENGTH;
        if (header === 0 || header >= NOT_READY) {
            return;
        }
        if ((header & OF_THE_LIBRARY) === 0) {
            yield bytes.subarray(at + 4, at + 4 + length);
        }
        at += (4 + length + 3) & ~3;
    }
}

function* records(capture) {
    const logs = readdirSync(capture).filter((name) => /^log(-\d+)?$/.test(name));
    for (const log of logs.sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))) {
        const folder = path.join(capture, log);
        for (const file of readdirSync(folder).filter((name) => name.endsWith('.cq4')).sort()) {
            yield* documents(path.join(folder, file));
        }
    }
}

/** Type, fixed block and payload of a record, or of each item of a coalesced one. */
function* parts(record) {
    if (record.readUInt32LE(0) !== MAGIC) {
        throw new Error(`no record: ${record.subarray(0, 16).toString('hex')}`);
    }
    const exchange = record.readBigUInt64LE(40);
    const cut = (at, head) => {
        const [type, fixedLength, length] = [record.readUInt8(at), record.readUInt16LE(at + 2), record.readUInt32LE(at + 4)];
        const fixed = record.subarray(at + head, at + head + fixedLength);
        const payload = record.subarray(at + head + fixedLength, at + head + fixedLength + length);
        return { exchange, type, fixed, payload, next: at + head + fixedLength + length };
    };
    // Type, fixed length and payload length lie alike in a record, behind its magic and schema, and in an item.
    const [type, fixedLength, length] = [record.readUInt8(5), record.readUInt16LE(6), record.readUInt32LE(8)];
    const fixed = record.subarray(HEAD, HEAD + fixedLength);
    if (type !== COALESCED) {
        yield { exchange, type, fixed, payload: record.subarray(HEAD + fixedLength, HEAD + fixedLength + length) };
        return;
    }
    let at = HEAD + fixedLength;
    for (let items = fixed.readUInt16LE(0); items > 0; items--) {
        const item = cut(at, 16);
        at = item.next;
        yield item;
    }
}

function strings(payload, count) {
    const values = [];
    for (let at = 0; values.length < count; ) {
        const length = payload.readUInt16LE(at);
        values.push(payload.toString('utf8', at + 2, at + 2 + length));
        at += 2 + length;
    }
    return values;
}

/** Every exchange: method, path, status, body bytes of the response, and how it ended by whom. */
export function exchangesOf(capture) {
    const exchanges = new Map();
    for (const record of records(capture)) {
        for (const { exchange, type, fixed, payload } of parts(record)) {
            if ([REQUEST_HEAD, RESPONSE_HEAD, END].includes(type) && fixed.readUInt16LE(0) === 0) {
                const known = exchanges.get(exchange) ?? { status: 0 };
                exchanges.set(exchange, known);
                if (type === REQUEST_HEAD) {
                    [known.method, known.path] = strings(payload, 2);
                } else if (type === RESPONSE_HEAD) {
                    known.status = fixed.readInt32LE(4);
                } else {
                    known.ended = `${CAUSES[fixed[4]]} by ${SIDES[fixed[5]]}`;
                    known.bytes = Number(fixed.readBigInt64LE(32));
                }
            }
        }
    }
    return [...exchanges.values()];
}
