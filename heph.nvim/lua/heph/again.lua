--- Actions on lines, that a count or a selection widens and a dot repeats.
local M = {}

---@alias heph.Action fun(first: integer, last: integer)

local action ---@type heph.Action

--- What a mapping of the kind `expr` gives back, so that an action is done to the line, or to the lines that are selected.
---@param wanted heph.Action
---@return string keys
function M.keys(wanted)
  action = wanted
  vim.o.operatorfunc = "v:lua.require'heph.again'.run"
  return vim.api.nvim_get_mode().mode:match('^n') and 'g@l' or 'g@'
end

--- The operatorfunc.
function M.run()
  action(vim.fn.line("'["), vim.fn.line("']"))
end

return M
