#!/bin/sh
# Tests ./mcp-reel with a java and a mvn that only note how they were called, on a PATH that holds nothing else but the
# tools the launcher may use. Runs under every POSIX shell found. Exits 1 when a test fails.
# Usage: launcher-test.sh [FILTER]   runs the tests whose name contains FILTER
set -u

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
launcher=$(CDPATH='' cd -- "$here/../../../.." && pwd -P)/mcp-reel
filter=${1:-}
scratch=$(mktemp -d "${TMPDIR:-/tmp}/mcp-reel-launcher.XXXXXX") || exit 1
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
unset JAVA_HOME MCP_REEL_JAVA_OPTS MCP_REEL_NO_BUILD

passed=0
failed=0
problems=

# --- the world of one test ------------------------------------------------------------------------------------------

# The tools a launcher may use, and not one more.
mkdir "$scratch/tools"
for tool in sh cat cp cut date dirname find flock grep head kill mkdir mv readlink rm sed sleep stty tail touch; do
    if found=$(command -v "$tool") && [ -x "$found" ]; then ln -s "$found" "$scratch/tools/$tool"; fi
done

# A fresh project in "$project" and an empty folder first on the PATH.
fresh() {
    world=$scratch/world
    rm -rf "$world"
    project=$world/project
    bin=$world/bin
    mkdir -p "$bin" "$project/cli/src/main" "$project/captures/src/main/java" "$project/benchmarks/src/main"
    cp "$launcher" "$project/mcp-reel"
    touch "$project/pom.xml" "$project/cli/pom.xml" "$project/captures/pom.xml" "$project/benchmarks/pom.xml"
    touch "$project/captures/src/main/java/Some.java"
    at_past "$project/pom.xml" "$project"/*/pom.xml "$project/captures/src/main/java" \
        "$project/captures/src/main/java/Some.java" "$project"/*/src/main
    jar=$project/cli/target/mcp-reel-all.jar
    path=$bin:$scratch/tools
}

at_past() { touch -t 202001010000 "$@"; }

# fake_java FILE VERSION: notes its arguments, one a line, in $world/java.args; exits with $FAKE_EXIT.
fake_java() {
    mkdir -p "$(dirname "$1")"
    cat >"$1" <<EOF
#!/bin/sh
if [ "\$1" = -version ]; then
    echo 'Picked up JAVA_TOOL_OPTIONS: -Dx=y' >&2
    printf '%s\n' 'openjdk version "$2" 2026-01-20' 'OpenJDK Runtime Environment (build x)' >&2
    exit 0
fi
printf '%s\n' "\$0" >"$world/java.ran"
printf '%s\n' "\$@" >"$world/java.args"
echo \$\$ >"$world/java.pid"
echo "tty=\${MCP_REEL_TTY-unset} columns=\${COLUMNS-unset}" >"$world/java.env"
if (: >&9) 2>/dev/null; then echo held >"$world/java.lock"; fi
[ -z "\${FAKE_SIGNAL:-}" ] || kill -s "\$FAKE_SIGNAL" \$\$
exit "\${FAKE_EXIT:-0}"
EOF
    chmod +x "$1"
}

# fake_mvn VERSION SCRIPT: runs SCRIPT in the project folder when asked to build; counts the builds in $world/builds.
fake_mvn() {
    cat >"$bin/mvn" <<EOF
#!/bin/sh
case " \$* " in
    *' --version '*) printf '\033[1mApache Maven %s (abc)\033[m\nMaven home: /x\n' '$1'; exit 0 ;;
esac
printf '%s\n' "\$*" >"$world/mvn.args"
printf '%s\n' "\${JAVA_HOME:-}" >"$world/mvn.java_home"
pwd >"$world/mvn.pwd"
echo build >>"$world/builds"
$2
EOF
    chmod +x "$bin/mvn"
}

builds_jar='mkdir -p cli/target; echo jar >cli/target/mcp-reel-all.jar'

ready_jar() {
    mkdir -p "$project/cli/target"
    echo jar >"$jar"
}

# Runs the launcher; leaves its code in $code, and what it wrote in $world/out and $world/err.
run() {
    code=0
    (PATH=$path; export PATH; cd "$world" && exec "$shell" "${as:-$project/mcp-reel}" "$@") \
        >"$world/out" 2>"$world/err" </dev/null || code=$?
}

builds() { if [ -f "$world/builds" ]; then grep -c build "$world/builds"; else echo 0; fi; }

# --- expectations ---------------------------------------------------------------------------------------------------

problem() { problems="$problems
    $1"; }

expect_code() { [ "$code" -eq "$1" ] || problem "exit code $code, not $1; stderr: $(cat "$world/err")"; }

expect_err() { grep -q -e "$1" "$world/err" || problem "stderr lacks '$1': $(cat "$world/err")"; }

expect_lines() {
    lines=$(grep -c '' "$world/err")
    [ "$lines" -eq "$1" ] || problem "stderr has $lines lines, not $1: $(cat "$world/err")"
}

expect_builds() { [ "$(builds)" -eq "$1" ] || problem "$(builds) builds, not $1"; }

expect_arg() { grep -q -x -F -e "$1" "$world/java.args" || problem "java was not given '$1': $(cat "$world/java.args")"; }

expect_no_arg() {
    if grep -q -F -e "$1" "$world/java.args"; then problem "java was given '$1': $(cat "$world/java.args")"; fi
}

expect_not_run() { [ ! -f "$world/java.ran" ] || problem "java ran: $(cat "$world/java.args")"; }

expect_ran() {
    ran=$(cat "$world/java.ran" 2>/dev/null)
    [ "$ran" = "$1" ] || problem "the java that ran is '$ran', not '$1'"
}

expect_same() { [ "$1" = "$2" ] || problem "'$1' is not '$2'"; }

# --- Java -----------------------------------------------------------------------------------------------------------

java_missing() {
    ready_jar
    run --version
    expect_code 1
    expect_lines 1
    expect_err 'Java not found: install Java 17'
}

java_missingAndJavaHomeWrong() {
    ready_jar
    JAVA_HOME="$world/none"
    export JAVA_HOME
    run --version
    expect_code 1
    expect_lines 1
    expect_err "JAVA_HOME is '$world/none'"
}

java_tooOld() {
    ready_jar
    fake_java "$bin/java" 11.0.22
    run --version
    expect_code 1
    expect_lines 1
    expect_err "Java 11.0.22 found at $bin/java, but 17 or newer is needed"
    expect_not_run
}

java_ofTheOldNumbering() {
    ready_jar
    fake_java "$bin/java" 1.8.0_392
    run --version
    expect_code 1
    expect_err 'Java 1.8.0_392 found'
    expect_not_run
}

java_thatSaysNoVersion() {
    ready_jar
    printf '#!/bin/sh\necho nothing >&2\n' >"$bin/java"
    chmod +x "$bin/java"
    run --version
    expect_code 1
    expect_lines 1
    expect_err "cannot tell the version of $bin/java"
}

java_homeGoesBeforePath() {
    ready_jar
    fake_java "$bin/java" 11.0.22
    JAVA_HOME="$world/jdk 21"
    export JAVA_HOME
    fake_java "$JAVA_HOME/bin/java" 21.0.4
    run --version
    expect_code 0
    expect_ran "$JAVA_HOME/bin/java"
}

java_onPathWhenJavaHomeHasNone() {
    ready_jar
    fake_java "$bin/java" 17.0.15
    JAVA_HOME="$world/none"
    export JAVA_HOME
    run --version
    expect_code 0
    expect_ran "$bin/java"
}

java_releaseFileIsReadBeforeAskingTheJvm() {
    ready_jar
    fake_java "$world/jdk/bin/java" 11.0.22
    printf 'IMPLEMENTOR="x"\nJAVA_VERSION="25.0.3"\n' >"$world/jdk/release"
    ln -s ../jdk/bin/java "$bin/java"
    run --version
    expect_code 0
    expect_arg --sun-misc-unsafe-memory-access=allow
}

# version:accepted:flag
java_versionSpellings() {
    for row in 17:yes:no 17.0.15:yes:no 17-ea:yes:no 21.0.4+7:yes:no 23.0.1:yes:no 24:yes:yes 24-ea:yes:yes \
        25:yes:yes 25.0.3:yes:yes 25-ea:yes:yes 25-internal-adhoc:yes:yes 30.1:yes:yes 100:yes:yes \
        16.0.2:no:no 9:no:no 11:no:no 1.8.0_392:no:no 1.7.0:no:no; do
        fresh
        ready_jar
        spelling=${row%%:*}
        rest=${row#*:}
        fake_java "$bin/java" "$spelling"
        run --version
        case $rest in
            yes:*) [ "$code" -eq 0 ] || problem "$spelling refused: $(cat "$world/err")" ;;
            *) [ "$code" -eq 1 ] || problem "$spelling accepted" ;;
        esac
        case $rest in
            *:yes) expect_arg --sun-misc-unsafe-memory-access=allow ;;
            yes:no) expect_no_arg --sun-misc-unsafe-memory-access ;;
        esac
    done
}

# --- the command line -----------------------------------------------------------------------------------------------

run_argumentsPassUntouched() {
    ready_jar
    fake_java "$bin/java" 17.0.15
    run report 'a b' '' '*' '$HOME' --json -
    expect_code 0
    expect_same "$(sed -n '/^-jar$/,$p' "$world/java.args")" "$(printf '%s\n' -jar "$jar" report 'a b' '' '*' '$HOME' --json -)"
}

run_exitCodePasses() {
    ready_jar
    fake_java "$bin/java" 17.0.15
    FAKE_EXIT=6
    export FAKE_EXIT
    run report x
    expect_code 6
}

run_javaTakesTheLaunchersPlace() {
    ready_jar
    fake_java "$bin/java" 17.0.15
    (PATH=$path; export PATH; exec "$shell" "$project/mcp-reel" record) >"$world/out" 2>"$world/err" </dev/null &
    launched=$!
    wait "$launched" || problem "exit code $?"
    expect_same "$(cat "$world/java.pid")" "$launched"
    FAKE_SIGNAL=TERM
    export FAKE_SIGNAL
    run record
    expect_code 143
}

run_javaOptionsAreSplitAndNotGlobbed() {
    ready_jar
    fake_java "$bin/java" 17.0.15
    touch "$world/-Dglobbed"
    MCP_REEL_JAVA_OPTS='-Xmx256m  -Dstar=* -D*'
    export MCP_REEL_JAVA_OPTS
    run --version
    expect_code 0
    expect_arg -Xmx256m
    expect_arg '-Dstar=*'
    expect_arg '-D*'
    expect_arg -Xshare:auto
}

run_recorderBeginsWithASmallHeap() {
    ready_jar
    fake_java "$bin/java" 17.0.15
    MCP_REEL_JAVA_OPTS=-Xms99m
    export MCP_REEL_JAVA_OPTS
    run record --out x
    expect_code 0
    expect_arg -Xms48m
    expect_arg -Xmn24m
    expect_same "$(grep -n -e -Xms "$world/java.args" | tail -n 1 | cut -d : -f 2)" -Xms99m
    run report x
    expect_code 0
    expect_no_arg -Xms48m
}

run_terminalsAreNamed() {
    ready_jar
    fake_java "$bin/java" 17.0.15
    unset COLUMNS
    run --version
    expect_code 0
    expect_same "$(cat "$world/java.env")" 'tty= columns=unset'
    if script=$(command -v script) && [ "$(uname)" = Linux ]; then
        (PATH=$path; export PATH; "$script" -q -e -c \
            "stty cols 97; '$shell' '$project/mcp-reel' x 2>'$world/err'" /dev/null) >"$world/out" 2>&1 </dev/null ||
            problem "in a terminal: exit code $?: $(cat "$world/out" "$world/err")"
        expect_same "$(cat "$world/java.env")" 'tty=1 columns=97'
    fi
}

run_throughSymlinksAndSpaces() {
    mkdir -p "$world/a folder" "$world/links"
    mv "$project" "$world/a folder/my project"
    project="$world/a folder/my project"
    jar=$project/cli/target/mcp-reel-all.jar
    fake_java "$bin/java" 17.0.15
    fake_mvn 3.9.9 "$builds_jar"
    ln -s '../a folder/my project/mcp-reel' "$world/links/one"
    ln -s one "$world/links/two"
    as=$world/links/two
    run --version
    expect_code 0
    expect_arg "$jar"
    expect_same "$(cat "$world/mvn.pwd")" "$project"
}

run_foundOnThePath() {
    ready_jar
    fake_java "$bin/java" 17.0.15
    chmod +x "$project/mcp-reel"
    ln -s "$project/mcp-reel" "$bin/mcp-reel"
    code=0
    (PATH=$path; export PATH; cd / && mcp-reel --version) >"$world/out" 2>"$world/err" || code=$?
    expect_code 0
    expect_arg "$jar"
}

# --- the build ------------------------------------------------------------------------------------------------------

build_onFirstUseOnly() {
    fake_java "$bin/java" 17.0.15
    fake_mvn 3.8.1 "$builds_jar"
    run --version
    expect_code 0
    expect_lines 1
    expect_err '^mcp-reel: building .* done ([0-9]* s)$'
    expect_same "$(cat "$world/out")" ''
    [ ! -e "$world/java.lock" ] || problem 'Java holds the lock of the build'
    expect_same "$(cat "$world/mvn.args")" '-q -B -ntp -DskipTests -pl cli -am package'
    run --version
    expect_code 0
    expect_lines 0
    expect_builds 1
}

build_againWhenASourceIsNewer() {
    fake_java "$bin/java" 17.0.15
    fake_mvn 3.9.9 "$builds_jar"
    for changed in captures/src/main/java/Some.java captures/pom.xml pom.xml; do
        ready_jar
        touch -t 202101010000 "$jar"
        at_past "$project"/*/pom.xml "$project/pom.xml" "$project/captures/src/main/java/Some.java"
        touch -t 202201010000 "$project/$changed"
        rm -f "$world/builds"
        run --version
        expect_code 0
        [ "$(builds)" -eq 1 ] || problem "no build after a change of $changed"
    done
}

build_notForBenchmarks() {
    ready_jar
    touch -t 202101010000 "$jar"
    touch "$project/benchmarks/pom.xml" "$project/benchmarks/src/main/B.java"
    fake_java "$bin/java" 17.0.15
    run --version
    expect_code 0
    expect_lines 0
}

build_sourceEditedMeanwhileBuildsAgain() {
    fake_java "$bin/java" 17.0.15
    fake_mvn 3.9.9 "sleep 1.1; touch captures/src/main/java/Some.java; sleep 1.1; $builds_jar"
    run --version
    run --version
    expect_builds 2
}

build_neverWhenTold() {
    ready_jar
    touch -t 202101010000 "$jar"
    touch "$project/pom.xml"
    fake_java "$bin/java" 17.0.15
    MCP_REEL_NO_BUILD=1
    export MCP_REEL_NO_BUILD
    run --version
    expect_code 0
    expect_lines 0
    rm "$jar"
    run --version
    expect_code 1
    expect_lines 1
    expect_err 'MCP_REEL_NO_BUILD=1'
}

build_mavenMissing() {
    fake_java "$bin/java" 17.0.15
    run --version
    expect_code 1
    expect_lines 1
    expect_err 'Maven not found, and the jar is not built yet: install Maven 3.8.1'
    ready_jar
    touch -t 202101010000 "$jar"
    touch "$project/pom.xml"
    run --version
    expect_code 1
    expect_lines 1
    expect_err 'newer than the jar.*MCP_REEL_NO_BUILD=1'
}

build_mavenNotNeededOnceBuilt() {
    ready_jar
    fake_java "$bin/java" 17.0.15
    run --version
    expect_code 0
    expect_lines 0
}

build_mavenVersions() {
    fake_java "$bin/java" 17.0.15
    for old in 3.8.0 3.6.3 2.2.1 x; do
        fake_mvn "$old" "$builds_jar"
        run --version
        expect_code 1
        expect_lines 1
        expect_err '3.8.1 or newer is needed'
    done
    for new in 3.8.1 3.8.7 3.10 4.0.0-rc-3; do
        rm -f "$jar"
        fake_mvn "$new" "$builds_jar"
        run --version
        [ "$code" -eq 0 ] || problem "Maven $new refused: $(cat "$world/err")"
    done
}

build_failing() {
    fake_java "$bin/java" 17.0.15
    fake_mvn 3.9.9 'echo "[INFO] noise"; for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
        echo "[ERROR] Some.java:[$i,1] wrong $i"; done; echo "[ERROR] "; echo "[ERROR] Re-run Maven using -X"; exit 1'
    run --version
    expect_code 1
    expect_err '^mcp-reel: building .* failed ([0-9]* s)$'
    expect_err 'wrong 20'
    expect_err "whole log is $project/cli/target/launcher-build.log"
    expect_lines 17
    if grep -q -e noise -e Re-run "$world/err"; then problem "stderr has what nobody needs: $(cat "$world/err")"; fi
    expect_not_run
    [ ! -e "$jar" ] || problem 'a jar is there'
}

build_failingWithoutErrorLines() {
    fake_java "$bin/java" 17.0.15
    fake_mvn 3.9.9 'echo "no such option"; exit 1'
    run --version
    expect_code 1
    expect_err 'no such option'
}

build_failingKeepsTheOldJar() {
    ready_jar
    touch -t 202101010000 "$jar"
    touch "$project/pom.xml"
    fake_java "$bin/java" 17.0.15
    fake_mvn 3.9.9 'echo half >cli/target/mcp-reel-all.jar; exit 1'
    run --version
    expect_code 1
    expect_same "$(cat "$jar")" jar
    MCP_REEL_NO_BUILD=1
    export MCP_REEL_NO_BUILD
    run --version
    expect_code 0
}

build_oldJarIsReplacedNotOverwritten() {
    ready_jar
    echo old >"$jar"
    touch -t 202101010000 "$jar"
    touch "$project/pom.xml"
    exec 7<"$jar"
    fake_java "$bin/java" 17.0.15
    fake_mvn 3.9.9 "$builds_jar"
    run --version
    expect_code 0
    expect_same "$(cat <&7)" old
    exec 7<&-
    expect_same "$(cat "$jar")" jar
}

build_killedIsBuiltAgain() {
    fake_java "$bin/java" 17.0.15
    ready_jar
    echo half >"$jar"
    : >"$project/cli/target/launcher-build.unfinished"
    fake_mvn 3.9.9 "$builds_jar"
    run --version
    expect_code 0
    expect_builds 1
    expect_same "$(cat "$jar")" jar
}

build_usesTheJavaThatRuns() {
    JAVA_HOME="$world/none"
    export JAVA_HOME
    fake_java "$world/jdk/bin/java" 21.0.4
    fake_java "$world/jdk/bin/javac" 21.0.4
    ln -s ../jdk/bin/java "$bin/java"
    fake_mvn 3.9.9 "$builds_jar"
    run --version
    expect_code 0
    expect_same "$(cat "$world/mvn.java_home")" "$bin/../jdk"
}

# Two at once: one builds, the other waits for it, both run, and Java holds no lock.
two_atOnce() {
    fake_java "$bin/java" 17.0.15
    fake_mvn 3.9.9 "mkdir -p cli/target; echo half >cli/target/mcp-reel-all.jar; sleep 2; $builds_jar"
    (PATH=$path; export PATH; exec "$shell" "$project/mcp-reel" one) >"$world/out1" 2>"$world/err1" </dev/null &
    first=$!
    tries=0
    until [ -f "$jar" ] || [ "$tries" -ge 100 ]; do
        tries=$((tries + 1))
        sleep 0.1
    done
    run two
    expect_code 0
    wait "$first" || problem "the first exited with $?: $(cat "$world/err1")"
    expect_builds 1
    expect_same "$(cat "$jar")" jar
}

build_atOnce() { two_atOnce; }

build_atOnceWithoutFlock() {
    mkdir "$world/tools"
    for tool in "$scratch/tools"/*; do
        [ "${tool##*/}" = flock ] || ln -s "$tool" "$world/tools/${tool##*/}"
    done
    path=$bin:$world/tools
    two_atOnce
    [ ! -e "$project/cli/target/launcher-build.lock.d" ] || problem 'the lock is left behind'
}

build_lockLeftByAKilledBuild() {
    mkdir "$world/tools"
    for tool in "$scratch/tools"/*; do
        [ "${tool##*/}" = flock ] || ln -s "$tool" "$world/tools/${tool##*/}"
    done
    path=$bin:$world/tools
    fake_java "$bin/java" 17.0.15
    fake_mvn 3.9.9 "$builds_jar"
    mkdir -p "$project/cli/target/launcher-build.lock.d"
    sh -c 'echo $$' >"$project/cli/target/launcher-build.lock.d/pid"
    run --version
    expect_code 1
    expect_lines 1
    expect_err "remove the folder $project/cli/target/launcher-build.lock.d"
}

build_interruptedStopsMaven() {
    fake_java "$bin/java" 17.0.15
    fake_mvn 3.9.9 "echo \$\$ >'$world/mvn.pid'; echo half >cli/target/mcp-reel-all.jar; exec sleep 30"
    mkdir -p "$project/cli/target"
    (PATH=$path; export PATH; exec "$shell" "$project/mcp-reel" one) >"$world/out" 2>"$world/err" </dev/null &
    first=$!
    tries=0
    until [ -s "$world/mvn.pid" ] && [ -f "$jar" ] || [ "$tries" -ge 100 ]; do
        tries=$((tries + 1))
        sleep 0.1
    done
    kill -s TERM "$first"
    code=0
    wait "$first" || code=$?
    expect_code 143
    if kill -0 "$(cat "$world/mvn.pid")" 2>/dev/null; then problem 'Maven still runs'; fi
    [ ! -e "$jar" ] || problem 'half a jar is left'
    expect_not_run
}

build_noPermission() {
    if [ "$(id -u)" -eq 0 ]; then
        # Root may write anywhere; a file in the folder's place stops it too.
        : >"$project/cli/target"
    else
        chmod a-w "$project/cli"
    fi
    fake_java "$bin/java" 17.0.15
    fake_mvn 3.9.9 "$builds_jar"
    run --version
    chmod u+w "$project/cli"
    expect_code 1
    expect_lines 1
    expect_err "cannot write to $project/cli/target"
}

# --- run them -------------------------------------------------------------------------------------------------------

shells=
for candidate in dash bash busybox ksh mksh yash; do
    if found=$(command -v "$candidate"); then shells="$shells $found"; fi
done
[ -n "$shells" ] || shells=$(command -v sh)

for shell in $shells; do
    case $shell in
        */busybox)
            printf '#!/bin/sh\nexec %s sh "$@"\n' "$shell" >"$scratch/busybox-sh"
            chmod +x "$scratch/busybox-sh"
            shell=$scratch/busybox-sh
            ;;
    esac
    for test in $(sed -n 's/^\([a-z]*_[A-Za-z]*\)() {.*/\1/p' "$0" | grep -E '^(java|run|build)_'); do
        case $test in *"$filter"*) ;; *) continue ;; esac
        problems=$(
            problems=
            fresh
            "$test"
            printf '%s\n    ran to its end' "$problems"
        ) 2>"$scratch/noise"
        # A test that stops half-way has found nothing, and proves nothing.
        if [ "$problems" = '
    ran to its end' ]; then
            passed=$((passed + 1))
        else
            failed=$((failed + 1))
            printf 'FAILED %s (%s):%s\n' "$test" "${shell##*/}" "$problems"
            cat "$scratch/noise"
        fi
    done
done

# A filter that matches nothing is no success.
[ "$((passed + failed))" -gt 0 ] || failed=1
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
