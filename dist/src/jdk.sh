# For the scripts at the top of the checkout. Sourced; sets $jdk to the directory of a JDK that is new enough.
readonly NEEDED=25

fail() { # exit code, message
    printf 'heph: %s\n' "$2" >&2
    exit "$1"
}

# Sets $major to the version of the JDK in that directory; fails if there is none.
major_of() {
    local line
    major=
    [[ -x $1/bin/java && -r $1/release ]] || return 1
    while IFS= read -r line; do
        if [[ $line =~ ^JAVA_VERSION=\"?([0-9]+) ]]; then major=${BASH_REMATCH[1]}; fi
    done <"$1/release"
    [[ -n $major ]]
}

find_jdk() {
    local candidate on_path found=
    if [[ -n ${HEPH_JAVA:-} ]]; then
        candidate=${HEPH_JAVA%/}
        if [[ -f $candidate ]]; then candidate=$(readlink -f "$candidate") && candidate=${candidate%/bin/*}; fi
        if major_of "$candidate" && ((major >= NEEDED)); then jdk=$candidate && return; fi
        fail 69 "HEPH_JAVA=$HEPH_JAVA is not a JDK $NEEDED or newer${major:+ (it is $major)}. Set it to a JDK's directory, or unset it."
    fi
    for candidate in "${JAVA_HOME:-}" /usr/lib/jvm/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
        if look_at "$candidate"; then return; fi
    done
    if on_path=$(command -v java) && on_path=$(readlink -f "$on_path"); then
        if look_at "${on_path%/bin/java}"; then return; fi
    fi
    fail 69 "needs a JDK $NEEDED or newer, and found ${found:-none}. Install one, or say where it is: HEPH_JAVA=/path/to/jdk"
}

# Sets $jdk if there is one new enough; notes in $found what is too old.
look_at() {
    if [[ -z $1 ]] || ! major_of "$1"; then return 1; fi
    if ((major >= NEEDED)); then jdk=$1 && return; fi
    if [[ $found != *"$1"* ]]; then found="${found:+$found, }$major in $1"; fi
    return 1
}
