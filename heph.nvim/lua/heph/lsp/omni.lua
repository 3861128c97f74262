--- CTRL-X CTRL-O in notes. Neovim's own for LSP drops what does not begin with what was typed.
local M = {}

local api = vim.api

local MINE = "v:lua.require'heph.lsp.omni'.func"

--- Sets it for a buffer that has none of its user's.
---@param buf integer
function M.set(buf)
  local set = vim.bo[buf].omnifunc
  if set == '' or set:find('htmlcomplete') or set:find('vim.lsp') then -- the second comes with the filetype
    vim.bo[buf].omnifunc = MINE
  end
end

local function show(line, row, result)
  local mode = api.nvim_get_mode().mode
  if mode:sub(1, 1) ~= 'i' or api.nvim_win_get_cursor(0)[1] ~= row or api.nvim_get_current_line() ~= line or #result.items == 0 then
    return
  end
  local start = require('heph.lsp.place').byte(line, result.items[1].textEdit.range.start.character)
  vim.fn.complete(
    start + 1,
    vim.tbl_map(function(item)
      return { word = item.textEdit.newText, abbr = item.label, menu = item.detail, icase = 1, dup = 1, empty = 1 }
    end, result.items)
  )
end

--- The omnifunc. What is found is shown when it has come.
---@return integer -3: nothing now, and what is typed stays; also when CTRL-E follows, which takes it out after -2
function M.func(findstart)
  if findstart == 0 then
    return {}
  end
  local row, line = api.nvim_win_get_cursor(0)[1], api.nvim_get_current_line()
  local params = vim.lsp.util.make_position_params(0, 'utf-16')
  require('heph.lsp.completion').complete(params, function(err, result)
    if err then
      return require('heph.daemon').shown(err)
    end
    show(line, row, result)
  end)
  return -3
end

return M
