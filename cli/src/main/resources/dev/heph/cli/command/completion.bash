# heph: completion for bash 4.4 or newer. Use it: source <(heph completion bash)
_heph() {
    local typed=${COMP_LINE:0:COMP_POINT} quote= word= begun= start=0 i char next line common rest escaped
    local -a words=() values=() shown=()
    # The words as the shell will read them, the last one up to where it is typed. start: from where readline replaces it, which is
    # behind an open quote, or else behind the last of COMP_WORDBREAKS, but before an @.
    for ((i = 0; i < ${#typed}; i++)); do
        char=${typed:i:1} next=${typed:i+1:1}
        if [[ -z $quote && $char == [[:space:]] ]]; then
            if [[ $begun ]]; then words+=("$word"); fi
            word= begun= start=0
            continue
        fi
        begun=1
        if [[ $char == \\ && ( -z $quote || ( $quote == \" && $next == [\"\\\$\`] ) ) ]]; then
            word+=$next
            i=$((i + 1))
        elif [[ $char == "$quote" ]]; then
            quote= start=${#word}
        elif [[ -z $quote && $char == [\"\'] ]]; then
            quote=$char start=${#word}
        else
            if [[ -z $quote && $COMP_WORDBREAKS == *"$char"* ]]; then
                start=${#word}
                if [[ $char != @ ]]; then start=$((start + 1)); fi
            fi
            word+=$char
        fi
    done
    words+=("$word")
    while IFS= read -r line; do
        if [[ ${line:0:start} == "${word:0:start}" ]]; then
            values+=("${line%%$'\t'*}") shown+=("${line/$'\t'/  }")
        fi
    done < <(heph complete --no-start -- "${words[@]:1}" 2>/dev/null)
    COMPREPLY=()
    if ((${#values[@]} == 0)); then
        if [[ ${words[1]} == @(import|export|try) ]]; then compopt -o default 2>/dev/null; fi
        return
    fi
    common=${values[0]}
    for line in "${values[@]}"; do
        while [[ $line != "$common"* ]]; do common=${common%?}; done
    done
    rest=${common:start}
    case $quote in
        \") escaped=${rest//\\/\\\\} escaped=${escaped//\"/\\\"} escaped=${escaped//\$/\\\$} escaped=${escaped//\`/\\\`} ;;
        \') escaped=${rest//\'/\'\\\'\'} ;;
        *) if [[ $rest ]]; then printf -v escaped %q "$rest"; fi ;;
    esac
    if ((${#values[@]} == 1)); then
        COMPREPLY=("$escaped")
        return
    fi
    for line in "${shown[@]}"; do COMPREPLY+=("${line:start}"); done
    # Readline puts what all of them begin with in the place of what was typed. That must be no less than was typed.
    if [[ $common && ${common,,} == "${word,,}"* ]]; then
        if [[ $rest == "$escaped" ]]; then return; fi
        if [[ -z $quote && ${#common} -gt ${#word} ]]; then
            COMPREPLY=("$escaped")
            compopt -o nospace 2>/dev/null
            return
        fi
    fi
    if [[ $rest ]]; then COMPREPLY+=(' '); fi
}
complete -o nosort -F _heph heph
