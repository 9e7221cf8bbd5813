package dev.mcpreel.captures.redact;

/** What a recorder thread replaces secrets with, and those that all of them have met. */
record Secrets(RedactionPolicy policy, SecretHash hash, KnownSecrets known) {
    Secrets fork() {
        return new Secrets(policy, hash.fork(), known);
    }

    /** What takes the place of a value, which is looked for everywhere from now on if it is to be. */
    String mask(byte[] bare, boolean learn) {
        String mask = hash.mask(bare);
        if (learn) {
            known.learn(bare, mask, false);
        }
        return mask;
    }
}
