--- What people read of a buffer instead of an id: its name, and a line above its text.
local config = require('heph.config')

local M = {}

local api = vim.api

--- b:heph_mark is what it is, in a letter; b:heph_info how it stands; b:heph_note what is the matter with it, if anything.
M.WINBAR = '%#HephHeading#%{get(b:,"heph_mark","")}%{get(b:,"heph_title","")}%*'
  .. '  %#HephDetail#%{get(b:,"heph_info","")}%* %#HephLate#%{get(b:,"heph_note","")}%*'

--- The id in the name of a note's buffer: heph://node/ID, with or without a title behind it.
---@param name string
---@return string?
function M.id(name)
  return name:match('^heph://node/([^/]+)')
end

local function forget(name, except)
  for _, buf in ipairs(api.nvim_list_bufs()) do
    if buf ~= except and api.nvim_buf_get_name(buf) == name and not api.nvim_buf_is_loaded(buf) then
      api.nvim_buf_delete(buf, { force = true })
    end
  end
end

--- Gives a buffer another name; the one before does not live on as an empty buffer, as it would by itself.
---@param buf integer
---@param name string
function M.name(buf, name)
  local before = api.nvim_buf_get_name(buf)
  if before == name then
    return
  end
  api.nvim_buf_call(buf, function()
    local modified = vim.bo[buf].modified
    local mods = { keepalt = true, silent = true, noautocmd = true }
    api.nvim_cmd({ cmd = 'file', args = { name }, magic = { file = false, bar = false }, mods = mods }, {})
    vim.bo[buf].modified = modified
  end)
  forget(before, buf)
end

--- Shows a node's title.
---@param buf integer
---@param node {id: string, title: string}
function M.show(buf, node)
  vim.b[buf].heph_title = node.title
  pcall(M.name, buf, ('heph://node/%s/%s'):format(node.id, node.title))
  for _, window in ipairs(vim.fn.win_findbuf(buf)) do
    M.above(window)
  end
end

--- Shows the title above the text of a window, unless its user shows something else there.
---@param window integer
function M.above(window)
  if config.get().winbar and api.nvim_get_option_value('winbar', { win = window }) == '' then
    api.nvim_set_option_value('winbar', M.WINBAR, { win = window, scope = 'local' })
  end
end

return M
