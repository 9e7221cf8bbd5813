// One address for many servers, one after the other: each scenario brings up a server of its own on a port of its own,
// and a recorder knows one upstream. Bytes pass untouched.
import { readFileSync } from 'node:fs';
import net from 'node:net';

/** Takes connections on a free port and gives them on to the port of loopback that stands in a file at that moment. */
export function openSwitchboard(portFile) {
    const board = net.createServer({ allowHalfOpen: true }, (near) => {
        const port = Number(readFileSync(portFile, 'utf8'));
        const far = net.connect({ port, host: '127.0.0.1', allowHalfOpen: true });
        for (const [one, other] of [[near, far], [far, near]]) {
            one.setNoDelay(true);
            one.on('error', () => other.destroy());
            one.pipe(other);
        }
    });
    return new Promise((resolve, reject) => {
        board.on('error', reject);
        board.listen(0, '127.0.0.1', () => resolve({ board, origin: `http://127.0.0.1:${board.address().port}` }));
    });
}
