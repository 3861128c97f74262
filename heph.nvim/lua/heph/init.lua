--- What a person's own configuration may call. Nothing of it is needed: :Heph and the <Plug> mappings are there without.
local M = {}

--- Sets what differs from the defaults; not needed. The same table may be in vim.g.heph.
---@param config? heph.Config|table
function M.setup(config)
  require('heph.config').set(config)
end

--- What there is to know, for a status line: '3 conflicts · not synced for 2 d', or nothing. It is what the daemon said last, so it
--- costs nothing to draw; the first call begins to listen, and starts no daemon.
---@return string
function M.statusline()
  return require('heph.standing').line()
end

--- Lets a person choose, and opens what they chose.
---@param name? 'notes'|'next'|'search'|'tags'|'projects' without, of the notes
---@param options? table for telescope
function M.pick(name, options)
  require('heph.picker').open(name or 'notes', options)
end

--- Opens a list in the window.
---@param name string next, today, inbox, on-deck, late, list, project, search, conflicts
---@param argument? string a project, a filter, what to search
function M.view(name, argument)
  require('heph.view').open(name, argument)
end

--- Opens the capture window.
---@param line? string to begin with
function M.capture(line)
  require('heph.capture').open({ line = line })
end

return M
