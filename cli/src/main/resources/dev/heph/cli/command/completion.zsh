#compdef heph
# heph: completion for zsh. Use it, after compinit: source <(heph completion zsh)
_heph() {
    local line
    local -a values shown
    for line in "${(@f)$(heph complete --no-start -- "${(@Q)words[2,CURRENT]}" 2>/dev/null)}"; do
        [[ -n $line ]] || continue
        values+=("${line%%$'\t'*}")
        shown+=("${line/$'\t'/  }")
    done
    # -U: what was found by its title does not begin with what was typed.
    compadd -U -l -V heph -d shown -a values
}
compdef _heph heph
