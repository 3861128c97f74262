# heph: completion for fish. Use it: heph completion fish > ~/.config/fish/completions/heph.fish
function __heph_complete
    set -l words (commandline -opc) (string replace -r '^["\']' '' -- (commandline -ct))
    heph complete --no-start --titles -- $words[2..-1] 2>/dev/null
end
complete -c heph -f -a '(__heph_complete)'
complete -c heph -n '__fish_seen_subcommand_from import export try' -F
