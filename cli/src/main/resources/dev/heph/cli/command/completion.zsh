#compdef heph
# heph: completion for zsh. Use it, after compinit: source <(heph completion zsh)
_heph() {
    local line typed=${(Q)PREFIX}
    local -a values shown
    for line in "${(@f)$(heph complete --no-start -- "${(@Q)words[2,CURRENT-1]}" "$typed" 2>/dev/null)}"; do
        [[ -n $line ]] || continue
        values+=("${line%%$'\t'*}")
        shown+=("${line/$'\t'/  }")
    done
    if (($#values == 0)) && [[ $words[2] == (import|export|try) ]]; then
        _files
        return
    fi
    # -U: what was found by its title does not begin with what was typed.
    compadd -U -l -V heph -d shown -a values
    # Several such have no beginning in common, and zsh would put that in the place of what was typed.
    if (($#values > 1 && ${#${(M)values:#${(b)typed}*}} < $#values)); then
        compstate[insert]=
        compstate[list]='list force'
    fi
}
compdef _heph heph
