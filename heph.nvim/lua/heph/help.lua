--- The keys of a buffer of heph, in a small window.
local M = {}

local api = vim.api

function M.show()
  local kind = vim.b.heph_keys or 'list'
  local lines = {}
  for _, key in ipairs(require('heph.keys').all) do
    if key[kind] then
      table.insert(lines, ('  %-6s  %s'):format(key[kind], key.what))
    end
  end
  vim.list_extend(lines, { '', '  . repeats · a selection takes several lines · :help heph' })
  local width = 0
  for _, line in ipairs(lines) do
    width = math.max(width, api.nvim_strwidth(line) + 2)
  end
  local buf = api.nvim_create_buf(false, true)
  api.nvim_buf_set_lines(buf, 0, -1, false, lines)
  vim.bo[buf].modifiable, vim.bo[buf].bufhidden = false, 'wipe'
  local height = math.min(#lines, vim.o.lines - 4)
  api.nvim_open_win(buf, true, {
    relative = 'editor',
    width = math.min(width, vim.o.columns - 4),
    height = height,
    row = math.max(0, math.floor((vim.o.lines - height) / 2) - 1),
    col = math.max(0, math.floor((vim.o.columns - width) / 2)),
    border = 'rounded',
    title = ' Keys ',
    title_pos = 'center',
    style = 'minimal',
  })
  for _, lhs in ipairs({ 'q', '<Esc>', 'g?' }) do
    vim.keymap.set('n', lhs, '<Cmd>close<CR>', { buffer = buf, nowait = true })
  end
end

return M
