// client.mjs by way of mcp-reel: has the switchboard behind the recorder lead to the server that the suite has started,
// and goes to the recorder.
// Usage: node proxied-client.mjs URL. Environment: RECORDER (its origin), PORT_FILE (that of the switchboard).
import { writeFileSync } from 'node:fs';

const server = new URL(process.argv[2]);
writeFileSync(process.env.PORT_FILE, server.port);
process.argv[2] = process.env.RECORDER + server.pathname;
await import('./client.mjs');
