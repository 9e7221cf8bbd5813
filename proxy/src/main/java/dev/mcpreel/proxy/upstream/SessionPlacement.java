package dev.mcpreel.proxy.upstream;

import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One exchange among sessions: goes where its own is bound, and learns of those that begin in it. A session moves when an
 * exchange of it has a connection elsewhere, so of several that are on the way at once one makes the hop.
 */
final class SessionPlacement implements Placement {
    private final SessionTable table;
    private final Placement free;
    private final @Nullable Key key;
    private final boolean deletes;
    private @Nullable Instance home;
    private @Nullable Key endpoint;

    /**
     * An exchange.
     *
     * @param free for what belongs to no session
     * @param key of its session; null when it belongs to none
     * @param deletes whether it asks to end its session
     */
    SessionPlacement(SessionTable table, Placement free, @Nullable Key key, boolean deletes) {
        this.table = table;
        this.free = free;
        this.key = key;
        this.deletes = deletes;
    }

    @Override
    public Instance choose(List<Instance> candidates) {
        if (key == null) {
            return free.choose(candidates);
        }
        Instance bound = table.get(key);
        home = bound;
        return bound != null && candidates.contains(bound) ? bound : Rendezvous.first(key, candidates);
    }

    @Override
    public @Nullable Instance home(Fleet fleet) {
        return home;
    }

    @Override
    public void connected(Instance at) {
        if (key == null || at == home) {
            return;
        }
        Instance before = table.bind(key, home, at);
        if (home != null && before == at) {
            home = at; // another exchange made the hop meanwhile
        }
    }

    @Override
    public void responseHead(Instance at, HttpResponse head) {
        HttpResponseStatus status = head.status();
        if (key != null && deletes) {
            if (status.codeClass() == HttpStatusClass.SUCCESS) {
                table.remove(key);
            }
            return;
        }
        String given = head.headers().get(SessionStrategy.SESSION_ID);
        if (given == null || given.isEmpty() || status.code() >= HttpResponseStatus.BAD_REQUEST.code()) {
            return;
        }
        Key learnt = SessionStrategy.sessionKey(given);
        if (!learnt.equals(key)) {
            table.put(learnt, at);
        }
    }

    @Override
    public void endpoint(Instance at, String target) {
        ended(at);
        endpoint = SessionStrategy.endpointKey(target);
        table.put(endpoint, at);
    }

    @Override
    public void ended(Instance at) {
        if (endpoint != null) {
            table.remove(endpoint, at);
            endpoint = null;
        }
    }
}
