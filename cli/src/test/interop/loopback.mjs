// Preloaded into every Node server under test. Servers that bind every interface and only print the port they were told
// bind loopback here and say which port they got, so that port 0 works. And for every request the server says what it saw
// of it, and how its response ended.
import http from 'node:http';
import net from 'node:net';

const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function listenOnLoopback(port, ...rest) {
    this.once('listening', () => {
        const { address, port: bound } = this.address();
        process.stderr.write(`bound http://${address}:${bound}\n`);
    });
    return listen.call(this, { host: '127.0.0.1', port: Number(port) }, ...rest.filter((arg) => typeof arg === 'function'));
};

const emit = http.Server.prototype.emit;
http.Server.prototype.emit = function emitAndTell(event, req, res, ...rest) {
    if (event === 'request') {
        res.once('close', () => {
            const { method, url, rawHeaders } = req;
            const seen = { method, url, rawHeaders, ended: res.writableFinished ? 'complete' : 'cut' };
            process.stderr.write(`\nsaw ${JSON.stringify(seen)}\n`);
        });
    }
    return emit.call(this, event, req, res, ...rest);
};
