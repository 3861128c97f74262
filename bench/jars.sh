# For the scripts beside this one. Sourced; builds what is older than its sources, sets $jdk and $jars, the class path of the benchmarks.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
. "$root/dist/src/jdk.sh"
find_jdk

"$root/heph" version >/dev/null # builds heph if its sources are newer
classes=$root/bench/target/heph-bench-0.1.0.jar
if [[ ! -e $classes || -n $(find "$root/bench/pom.xml" "$root/bench/src/main" -newer "$classes" -print -quit) ]]; then
    log=$root/bench/target/build.log
    mkdir -p "$root/bench/target"
    if ! (cd "$root" && JAVA_HOME=$jdk mvn -q -B -DskipTests -pl bench -am package) >"$log" 2>&1 </dev/null; then
        cat "$log" >&2
        fail 1 "the benchmark does not build; what Maven said stands above"
    fi
    touch "$classes"
fi
jars="$classes:$root/libs/fake-provider/target/heph-fake-provider-0.1.0.jar:$root/dist/target/heph/lib/*"
