package dev.mcpreel.proxy.rewrite;

import dev.mcpreel.proxy.rewrite.ChallengeParameters.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * The URL of the protected-resource metadata in a WWW-Authenticate field, RFC 9728 section 5.1, gets the public origin
 * when it leads to the upstream: by one of its names, or because its path is one that metadata is served at. All other
 * bytes of the field stay, and so does what cannot be read. Thread-safe.
 */
final class ChallengeRule {
    private static final String PARAMETER = "resource_metadata";

    private final PublicUrl publicUrl;
    private final MetadataPaths paths;

    ChallengeRule(PublicUrl publicUrl, MetadataPaths paths) {
        this.publicUrl = publicUrl;
        this.paths = paths;
    }

    String apply(String field, UpstreamNames names) {
        StringBuilder changed = new StringBuilder(field.length());
        int copied = 0;
        ChallengeParameters parameters = new ChallengeParameters(field);
        for (Parameter next = parameters.next(); next != null; next = parameters.next()) {
            if (next.name().equalsIgnoreCase(PARAMETER)) {
                LocatedText url = next.quoted()
                        ? LocatedText.quoted(field, next.from(), next.to())
                        : LocatedText.bare(field, next.from(), next.to());
                UrlOrigin origin = origin(url.text(), names);
                if (origin != null) {
                    changed.append(field, copied, url.offset(origin.start())).append(publicUrl.origin());
                    copied = url.offset(origin.end());
                }
            }
        }
        return changed.append(field, copied, field.length()).toString();
    }

    /** The origin that has to go; null when it may stay. */
    private @Nullable UrlOrigin origin(String url, UpstreamNames names) {
        UrlOrigin origin = UrlOrigin.find(url);
        if (origin == null) {
            return null;
        }
        String path = origin.pathIn(url);
        boolean isPublic = publicUrl.isOriginOf(origin);
        boolean own = isPublic || names.own(origin);
        if (own) {
            paths.remember(path);
        }
        return !isPublic && (own || paths.contains(path)) ? origin : null;
    }
}
