#!/bin/sh
# Cuts the power of a writer: stops it, copies the disk under it as it is, and checks that the copy has every acknowledged record.
# Needs root (loop mounts) and Linux. Run from the root of the repository after `mvn -pl captures test-compile`.
# usage: power-loss.sh SECONDS...
set -eu

work=$(mktemp -d)
classes=captures/target/test-classes:captures/target/classes
opens="--add-opens java.base/java.lang.reflect=ALL-UNNAMED --add-opens java.base/sun.nio.ch=ALL-UNNAMED --add-opens java.base/jdk.internal.ref=ALL-UNNAMED"
mkdir "$work/disk"
trap 'umount "$work/disk" 2>/dev/null || true; rm -rf "$work"' EXIT

mvn -q -B -ntp -pl captures dependency:build-classpath -Dmdep.outputFile="$work/cp" >/dev/null
run() {
    # shellcheck disable=SC2086
    java $opens -cp "$classes:$(cat "$work/cp")" "$@"
}

for seconds in "$@"; do
    rm -f "$work/image" "$work/copy"
    truncate -s 2G "$work/image"
    mkfs.ext4 -q -F "$work/image"
    mount -o loop "$work/image" "$work/disk"
    sync
    # shellcheck disable=SC2086
    java $opens -cp "$classes:$(cat "$work/cp")" dev.mcpreel.captures.store.KilledWriter "$work/disk/store" 2 \
        > "$work/acknowledged" 2>/dev/null &
    writer=$!
    sleep "$seconds"
    kill -STOP "$writer"
    cp --sparse=always "$work/image" "$work/copy"
    kill -KILL "$writer"
    wait "$writer" 2>/dev/null || true
    umount "$work/disk"
    mount -o loop "$work/copy" "$work/disk"
    run dev.mcpreel.captures.store.PowerLossCheck "$work/disk/store" "$work/acknowledged" 2>/dev/null
    umount "$work/disk"
done
