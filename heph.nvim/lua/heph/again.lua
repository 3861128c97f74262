--- Actions on lines, that a count or a selection widens and a dot repeats.
local M = {}

---@alias heph.Action fun(first: integer, last: integer)

local action ---@type heph.Action
local lines = 1 -- of a count, also for the dots that follow

--- What a mapping of the kind `expr` gives back, so that an action is done to the line, or to the lines that are selected.
---@param wanted heph.Action
---@param count? integer without, the one that was typed
---@return string keys
function M.keys(wanted, count)
  action, lines = wanted, count or vim.v.count1
  vim.o.operatorfunc = "v:lua.require'heph.again'.run"
  return vim.api.nvim_get_mode().mode:match('^n') and 'g@l' or 'g@'
end

--- The operatorfunc. A count means that many lines, as for any operator that is typed twice.
---@param motion string
function M.run(motion)
  local first, last = vim.fn.line("'["), vim.fn.line("']")
  if motion == 'char' and first == last then
    last = math.min(first + lines - 1, vim.fn.line('$'))
  end
  action(first, last)
end

return M
