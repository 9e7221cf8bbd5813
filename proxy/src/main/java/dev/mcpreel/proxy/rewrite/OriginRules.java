package dev.mcpreel.proxy.rewrite;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;

/** What a change of origin forces in the head of any response. Thread-safe. */
final class OriginRules {
    private final PublicUrl publicUrl;
    private final MetadataPaths paths = new MetadataPaths();
    private final ChallengeRule challenges;

    OriginRules(PublicUrl publicUrl) {
        this.publicUrl = publicUrl;
        this.challenges = new ChallengeRule(publicUrl, paths);
    }

    void apply(HttpHeaders headers, UpstreamNames names) {
        if (headers.contains(HttpHeaderNames.LOCATION)) {
            Fields.replace(headers, HttpHeaderNames.LOCATION, url -> location(url, names));
        }
        if (headers.contains(HttpHeaderNames.WWW_AUTHENTICATE)) {
            Fields.replace(headers, HttpHeaderNames.WWW_AUTHENTICATE, field -> challenges.apply(field, names));
        }
    }

    /** Only what leads to the upstream itself: a redirect to an authorization server must arrive there. */
    private String location(String url, UpstreamNames names) {
        UrlOrigin origin = UrlOrigin.findInReference(url, "http");
        if (origin == null || publicUrl.isOriginOf(origin) || !names.own(origin)) {
            return url;
        }
        return url.substring(0, origin.start()) + publicUrl.origin() + url.substring(origin.end());
    }

    PublicUrl publicUrl() {
        return publicUrl;
    }

    /** Whether a request asks for protected-resource metadata. */
    boolean isMetadata(String target) {
        return paths.contains(RequestTarget.path(target));
    }
}
