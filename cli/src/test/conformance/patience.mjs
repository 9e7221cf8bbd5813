// Preloaded into every server: it leaves an idle connection open until the client ends it. Node ends one after 5 s, and a
// client that stalls that long on a busy machine writes into a connection that is being closed: "fetch failed".
import net from 'node:net';

const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function listenPatiently(...args) {
    if ('keepAliveTimeout' in this) {
        this.keepAliveTimeout = 0;
    }
    return listen.apply(this, args);
};
