// Preloaded into the server under test: that server binds every interface and only prints the port it was told. Here it
// binds loopback, and says which port it got, so that port 0 works.
import net from 'node:net';

const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function listenOnLoopback(port, ...rest) {
    this.once('listening', () => {
        const { address, port: bound } = this.address();
        process.stderr.write(`bound http://${address}:${bound}\n`);
    });
    return listen.call(this, { host: '127.0.0.1', port: Number(port) }, ...rest.filter((arg) => typeof arg === 'function'));
};
