# heph: completion for bash 4.4 or newer. Use it: source <(heph completion bash)
_heph() {
    local line typed=${COMP_LINE:0:COMP_POINT} prefix word breaks=${COMP_WORDBREAKS//@/}
    local -a words found=()
    read -ra words <<<"$typed"
    if [[ $typed == *' ' ]]; then words+=(''); fi
    word=${words[-1]#[\"\']}
    words[-1]=$word
    # To readline a word begins anew behind : and = (COMP_WORDBREAKS): what stands before that is not to be inserted again.
    prefix=${word%"${word##*["$breaks"]}"}
    while IFS= read -r line; do found+=("$line"); done < <(heph complete --no-start -- "${words[@]:1}" 2>/dev/null)
    COMPREPLY=()
    if ((${#found[@]} == 1)); then
        line=${found[0]%%$'\t'*}
        line=${line#"$prefix"}
        case ${COMP_WORDS[COMP_CWORD]} in
            \"*) line=${line//\\/\\\\} line=${line//\"/\\\"} line=${line//\$/\\\$} COMPREPLY=("${line//\`/\\\`}") ;;
            \'*) COMPREPLY=("${line//\'/\'\\\'\'}") ;;
            *) COMPREPLY=("$(printf %q "$line")") ;;
        esac
    else
        for line in "${found[@]}"; do
            line=${line#"$prefix"}
            COMPREPLY+=("${line/$'\t'/  }")
        done
    fi
}
complete -o nosort -F _heph heph
