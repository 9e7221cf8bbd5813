#!/usr/bin/env bash
# Runs `mcp-reel record` between an upstream and a generator for a while, watches its memory, and judges: every answer
# right, nothing unaccounted for, anonymous memory flat. Linux only (/proc). Exits with 1 when any of it does not hold.
#
#   benchmarks/soak.sh [--minutes 10] [--rate 2000] [--connections 64] [--streams 500] [--event-millis 2000]
#                      [--big-mib 10] [--big-rate 1] [--dir DIR] [--keep] [--direct] [--java-opts OPTIONS]
#
#   --big-rate N   big request bodies a second, and as many big responses; 0 for none
#   --dir DIR      where the capture and the logs go, in a folder of their own that is removed at the end
#   --keep         do not remove it
#   --direct       leave the recorder out: what upstream and generator do by themselves
#   --java-opts O  more options for the recorder's JVM; without them it runs as its users run it
set -euo pipefail
cd -- "$(dirname -- "$0")/.."

minutes=10 rate=2000 connections=64 streams=500 event_millis=2000 big_mib=10 big_rate=1
parent=${TMPDIR:-/tmp} keep= direct= java_opts=
while (($# > 0)); do
    case $1 in
        --keep | --direct)
            declare "${1#--}=1"
            shift
            ;;
        --dir)
            parent=${2:?--dir needs a folder}
            shift 2
            ;;
        --minutes | --rate | --connections | --streams | --event-millis | --big-mib | --big-rate | --java-opts)
            name=${1#--}
            declare "${name//-/_}=${2:?$1 needs a value}"
            shift 2
            ;;
        *)
            sed -n '2,/^set/s/^# \{0,1\}//p' benchmarks/soak.sh >&2
            exit 2
            ;;
    esac
done

sample_seconds=10
jar=benchmarks/target/benchmarks.jar
work=
pids=()

finish() {
    local pid
    for pid in "${pids[@]}"; do
        kill -9 "$pid" 2>/dev/null || true
        wait "$pid" 2>/dev/null || true
    done
    if [[ -n $work && -z $keep ]]; then rm -rf "$work"; elif [[ -n $work ]]; then echo "kept $work"; fi
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

fail() {
    echo "soak: $*" >&2
    exit 1
}

java_bin=java
[[ -z ${JAVA_HOME:-} ]] || java_bin=$JAVA_HOME/bin/java

# --- before -----------------------------------------------------------------------------------------------------------

if [[ ! -f $jar || (-z ${MCP_REEL_NO_BUILD:-} && -n $(find pom.xml benchmarks/pom.xml benchmarks/src/main -newer "$jar")) ]]; then
    mvn -q -B -ntp -Pbench -DskipTests -pl benchmarks -am package
fi
[[ -n $direct ]] || ./mcp-reel --version

# Small calls take some 2.5 KiB of log each; bodies over 8 MiB are kept as their length only.
needed_mib=$(awk -v s="$minutes" -v r="$rate" -v b="$big_mib" -v n="$big_rate" \
    'BEGIN { kept = b < 8 ? 2 * b * n * 1024 : 0; printf "%d", 60 * s * (r * 3 + kept) / 1024 + 512 }')
free_mib=$(df -Pm "$parent" | awk 'NR == 2 { print $4 }')
((free_mib > needed_mib)) || fail "$parent has $free_mib MiB free, and this soak may write $needed_mib MiB: give it another --dir"
work=$(mktemp -d "$parent/mcp-reel-soak.XXXXXX")

# wait_for FILE PATTERN: prints what the pattern's group matches, once it does.
wait_for() {
    local found
    for _ in $(seq 300); do
        found=$(sed -nE "s|.*$2.*|\\1|p" "$1" | head -n 1)
        if [[ -n $found ]]; then
            echo "$found"
            return
        fi
        sleep 0.1
    done
    fail "waited 30 s for '$2' in: $(cat "$1")"
}

"$java_bin" -Xmx128m -XX:+UseSerialGC -cp "$jar" dev.mcpreel.benchmarks.soak.Upstream --event-millis "$event_millis" \
    >"$work/upstream.log" 2>&1 &
upstream=$!
pids+=("$upstream")
target=$(wait_for "$work/upstream.log" 'upstream at (http://[0-9.:]+)')

recorder=
if [[ -z $direct ]]; then
    MCP_REEL_JAVA_OPTS=$java_opts ./mcp-reel record --upstream "$target" --listen 127.0.0.1:0 --out "$work/captures" >"$work/record.log" 2>&1 &
    recorder=$!
    pids+=("$recorder")
    target=$(wait_for "$work/record.log" 'listening on (http://[0-9.:]+),')
fi

# --- during -----------------------------------------------------------------------------------------------------------

status() { awk -v key="$2:" '$1 == key { print $2 }' "/proc/$1/status" 2>/dev/null; }
# Seconds of CPU a process has used.
cpu() { awk -v hz="$(getconf CLK_TCK)" '{ sub(/.*\) /, ""); printf "%.1f", ($12 + $13) / hz }' "/proc/$1/stat" 2>/dev/null; }
machine() { awk '{ print $1 }' /proc/loadavg; }

echo "machine: $(nproc) cores, $(awk '/MemTotal/ { printf "%d MiB", $2 / 1024 }' /proc/meminfo), load before $(machine), $(uname -sr)"
echo "soak: $minutes min, $rate calls/s on $connections connections, $streams streams with an event each $event_millis ms," \
    "$big_mib MiB up and down $big_rate times a second each"
"$java_bin" -Xmx128m -XX:+UseSerialGC -cp "$jar" dev.mcpreel.benchmarks.soak.Soak --target "$target" \
    --seconds "$(awk -v m="$minutes" 'BEGIN { print m * 60 }')" --rate "$rate" --connections "$connections" \
    --streams "$streams" --event-millis "$event_millis" --big-bytes "$((big_mib << 20))" --big-rate "$big_rate" \
    >"$work/generator.log" 2>&1 &
generator=$!
pids+=("$generator")

# RssAnon is what the process made for itself and the kernel cannot take back. RssFile and RssShmem hold the pages of the
# log, mapped while it is written, and of the jar: page cache, given back as soon as anyone needs it.
began=$SECONDS
last_cpu=0
printf '%6s %10s %10s %10s %6s %5s %6s %6s  %s\n' seconds VmRSS_KiB RssAnon_KiB RssFile_KiB threads fds cores load 'live line'
while kill -0 "$generator" 2>/dev/null; do
    for _ in $(seq $((sample_seconds * 5))); do
        kill -0 "$generator" 2>/dev/null || break
        sleep 0.2
    done
    if [[ -n $recorder ]] && kill -0 "$recorder" 2>/dev/null && kill -0 "$generator" 2>/dev/null; then
        now_cpu=$(cpu "$recorder")
        printf '%6d %10d %10d %10d %6d %5d %6.2f %6.2f  %s\n' $((SECONDS - began)) "$(status "$recorder" VmRSS)" \
            "$(status "$recorder" RssAnon)" "$(($(status "$recorder" RssFile) + $(status "$recorder" RssShmem)))" \
            "$(status "$recorder" Threads)" "$(ls "/proc/$recorder/fd" | wc -l)" \
            "$(awk -v a="$now_cpu" -v b="$last_cpu" -v s="$sample_seconds" 'BEGIN { print (a - b) / s }')" "$(machine)" \
            "$(tail -n 1 "$work/record.log")" | tee -a "$work/samples.txt"
        last_cpu=$now_cpu
        upstream_cpu=$(cpu "$upstream") generator_cpu=$(cpu "$generator")
    fi
done
generator_code=0
wait "$generator" || generator_code=$?
echo
echo "== generator (exit $generator_code)"
tail -n 9 "$work/generator.log"
[[ -n $recorder ]] || exit "$generator_code"

# --- after ------------------------------------------------------------------------------------------------------------

verdict=0
bad() {
    echo "NOT OK: $*"
    verdict=1
}
[[ $generator_code == 0 ]] || bad "the generator saw errors"

peak=$(status "$recorder" VmHWM)
record_code=0
kill -TERM "$recorder"
wait "$recorder" || record_code=$?
[[ $record_code == 0 ]] || bad "the recorder exited with $record_code"
echo
echo "== recorder (exit $record_code)"
grep -E '^(recorded|stopping|NOT)' "$work/record.log" || true
echo "CPU seconds: recorder ${last_cpu:-?}, upstream ${upstream_cpu:-?}, generator ${generator_cpu:-?}"
manifest=$(find "$work/captures" -name manifest.json | head -n 1)
lost=$(tr -d ' \n' <"$manifest" | grep -o '"lost":{[^}]*}')
# shellcheck disable=SC2016
tr -d ' \n' <"$manifest" | awk '
    function number(key) { return match($0, "\"" key "\":[0-9]+") ? substr($0, RSTART + length(key) + 3, RLENGTH - length(key) - 3) : -1 }
    function sum(key,   text, total) {
        if (!match($0, "\"" key "\":\\{[^}]*\\}")) return 0
        text = substr($0, RSTART + length(key) + 3, RLENGTH - length(key) - 3)
        while (match(text, ":[0-9]+")) { total += substr(text, RSTART + 1, RLENGTH - 1); text = substr(text, RSTART + RLENGTH) }
        return total + 0
    }
    {
        printf "seen %d, recorded %d, lost %d, filtered %d\n", number("seen"), number("recorded"), sum("lost"), sum("filtered")
        exit number("seen") == number("recorded") + sum("lost") + sum("filtered") && number("seen") > 0 ? 0 : 1
    }' || bad "the recorder's counts do not add up"
echo "lost by reason: ${lost#*:}"
./mcp-reel verify "$work/captures" >"$work/verify.log" 2>&1 || bad "verify says the capture is damaged"
sed -n '2,40p' "$work/verify.log"

echo
echo "== memory (KiB; the slope is over the last 80 % of the samples, least squares)"
awk -v minutes="$minutes" -v peak="$peak" '
    { t[NR] = $1 / 60; rss[NR] = $2; anon[NR] = $3; file[NR] = $4; n = NR }
    function line(name, values,   i, k, from, sx, sy, sxx, sxy, slope, median, max, s) {
        from = int(n / 5) + 1
        for (i = from; i <= n; i++) { k++; s[k] = values[i]; sx += t[i]; sy += values[i]; sxx += t[i] * t[i]; sxy += t[i] * values[i] }
        slope = k > 1 ? (k * sxy - sx * sy) / (k * sxx - sx * sx) : 0
        for (i = 1; i <= k; i++) for (j = i + 1; j <= k; j++) if (s[j] < s[i]) { h = s[i]; s[i] = s[j]; s[j] = h }
        median = s[int((k + 1) / 2)]
        for (i = 1; i <= n; i++) if (values[i] > max) max = values[i]
        printf "%-9s first %8d  median %8d  last %8d  max %8d  slope %8.1f KiB/min\n", name, values[1], median, values[n], max, slope
        anonSlope = slope; anonMedian = median
    }
    END {
        if (n < 5) { print "too few samples to judge"; exit 0 }
        line("VmRSS", rss); line("RssFile", file); line("RssAnon", anon)
        printf "VmHWM     %d\n", peak
        if (minutes < 5) { print "too short to judge whether it is flat"; exit 0 }
        grown = anonSlope * minutes * 0.8
        printf "RssAnon by its slope: %+.1f %% of its median over the last 80 %%\n", 100 * grown / anonMedian
        exit grown > anonMedian * 0.05 ? 1 : 0
    }' "$work/samples.txt" || bad "anonymous memory grows"

((verdict != 0)) || echo "OK: every answer right, every exchange accounted for$( [[ $minutes == 0* || ${minutes%%.*} -lt 5 ]] || echo ', memory flat')"
exit "$verdict"
