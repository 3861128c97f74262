--- The smart <CR> of notes: follows a link or a tag, ticks a box; where there is nothing to do it is what it was before.
local M = {}

--- For a mapping of the kind `expr`.
---@return string keys
function M.keys()
  local under = require('heph.link').under_cursor()
  if under then
    vim.schedule(function()
      require('heph.link').go(under)
    end)
    return ''
  elseif require('heph.box').is_box(vim.api.nvim_get_current_line()) then
    return require('heph.again').keys(require('heph.box').toggle)
  end
  return '<CR>'
end

--- Makes a link of what is selected in one line; a person may go there then.
function M.link_selection()
  local from, to = vim.fn.getpos('v'), vim.fn.getpos('.')
  if from[2] ~= to[2] then
    return require('heph.daemon').shown({ message = 'a link stands in one line: select less' })
  end
  local row, line = from[2] - 1, vim.fn.getline(from[2])
  local first, last = math.min(from[3], to[3]), math.max(from[3], to[3])
  last = math.min(#line, last + vim.str_utf_end(line, math.min(last, #line)))
  local text = line:sub(first, last)
  if vim.trim(text) == '' or text:match('[%[%]|]') then
    return require('heph.daemon').shown({ message = 'no link can be made of that: select a title' })
  end
  vim.api.nvim_buf_set_text(0, row, first - 1, row, last, { '[[' .. text .. ']]' })
  vim.api.nvim_feedkeys(vim.keycode('<Esc>'), 'nx', false)
end

return M
