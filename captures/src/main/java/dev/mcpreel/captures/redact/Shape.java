package dev.mcpreel.captures.redact;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Secrets that are known by how they look or where they stand, whatever they are called. Each can be switched off. */
enum Shape {
    /** What follows the word Bearer. */
    BEARER,
    /** What follows the word Basic. */
    BASIC,
    JWT,
    /** Keys that begin with sk- and its like. */
    SK_KEY,
    GITHUB_TOKEN,
    GITLAB_TOKEN,
    SLACK_TOKEN,
    AWS_KEY_ID,
    GOOGLE_KEY,
    NPM_TOKEN,
    HUGGINGFACE_TOKEN,
    /** A private key in PEM form. */
    PRIVATE_KEY,
    /** The password in front of a host name. */
    USERINFO,
    /** A segment of a path that looks like a key, or follows one that is called like one. */
    PATH_TOKEN,
    /** Values that were secret before, wherever they stand. */
    KNOWN;

    /** As a person writes it, for example {@code path-token}. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Shape> of(String label) {
        return Arrays.stream(values())
                .filter(shape -> shape.label().equals(label.strip().toLowerCase(Locale.ROOT)))
                .findFirst();
    }
}
