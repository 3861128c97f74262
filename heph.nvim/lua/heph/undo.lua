--- heph's undo and redo, of what this device did last on any surface; Vim's own are for what is typed.
local daemon = require('heph.daemon')
local value = require('heph.value')

local M = {}

local MOST_KEPT = 3

local WORDS = {
  undo = { would = 'Undo', did = 'undone' },
  redo = { would = 'Do again', did = 'done again' },
}

local function kept(part)
  local what = part.field == 'node' and part.title or ('the %s of %s'):format(value.field(part.field), part.title)
  local who = part.device_name and part.device_name .. (part.raced and ' edited before that was deleted' or ' changed since')
  return ('%s, which %s'):format(what, who or 'is in use by now')
end

--- What it did, and what stays as it is since somebody changed it since.
---@param action {label: string, kept: table[]}
---@return string
local function label(action)
  local parts = vim.tbl_map(kept, vim.list_slice(action.kept, 1, MOST_KEPT))
  if #action.kept > MOST_KEPT then
    table.insert(parts, ('%d more'):format(#action.kept - MOST_KEPT))
  end
  return action.label .. (#parts > 0 and '. Kept: ' .. table.concat(parts, '; ') or '')
end

---@param method 'undo'|'redo'
---@param over? boolean
local function request(method, over, look, callback)
  daemon.request(method, { over = over or nil, dry_run = look or nil }, function(err, action)
    if err then
      return daemon.shown(err)
    end
    callback(action)
  end)
end

--- Does it at once, and says what it was: it can be done again.
---@param method 'undo'|'redo'
---@param over? boolean pass over what cannot be taken back
function M.now(method, over)
  request(method, over, false, function(action)
    vim.api.nvim_echo({ { ('%s: %s'):format(WORDS[method].did, label(action)) } }, false, {})
  end)
end

--- Says what it would be, and does it when a person agrees: what was done last may have been done elsewhere than here.
---@param method 'undo'|'redo'
---@param words? string 'over' to pass over what cannot be taken back
function M.ask(method, words)
  local over = method == 'undo' and words == 'over'
  request(method, over, true, function(action)
    local yes = WORDS[method].would
    vim.ui.select({ yes, 'Leave it' }, { prompt = ('%s: %s'):format(yes, label(action)) }, function(chosen)
      if chosen == yes then
        M.now(method, over)
      end
    end)
  end)
end

return M
