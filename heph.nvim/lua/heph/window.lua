--- Windows, where Vim may refuse: a buffer that was changed and cannot be hidden keeps its window. Vim's own words say why, in one line.
local daemon = require('heph.daemon')

local M = {}

local api = vim.api

--- What Vim says of it; some calls only say that they failed.
local NOT_WRITTEN = 'E37: No write since last change'

---@param why string an error of Lua
---@return string
local function words(why)
  local said = why:match('E%d+: [^\n]*')
  return said and said:gsub(' %(add ! to override%)', '') or vim.bo.modified and NOT_WRITTEN or why:match('[^\n]*')
end

--- Shows a buffer in the window.
---@param buf integer
---@return boolean
function M.show(buf)
  local shown, why = pcall(api.nvim_win_set_buf, 0, buf)
  if not shown then
    daemon.shown({ message = words(why) })
  end
  return shown
end

--- Runs a command of Vim that closes something.
---@param command string
function M.close(command)
  local closed, why = pcall(vim.cmd, command)
  if not closed then
    daemon.shown({ message = words(why) })
  end
end

--- Whether what was changed in a buffer would be gone with these windows.
local function is_lost(buf, windows)
  local fate = vim.bo[buf].bufhidden
  local goes = fate == '' and not vim.o.hidden or fate == 'wipe' or fate == 'unload' or fate == 'delete'
  return vim.bo[buf].modified
    and goes
    and vim.iter(vim.fn.win_findbuf(buf)):all(function(window)
      return vim.list_contains(windows, window)
    end)
end

--- Closes the tab, or nothing of it: Vim itself would close the windows before the one that it refuses to.
function M.close_tab()
  local windows = api.nvim_tabpage_list_wins(0)
  for _, window in ipairs(windows) do
    if is_lost(api.nvim_win_get_buf(window), windows) then
      return daemon.shown({ message = 'E445: Other window contains changes' })
    end
  end
  M.close(#api.nvim_list_tabpages() > 1 and 'tabclose' or 'bdelete')
end

return M
