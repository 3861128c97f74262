--- What a session does not keep of buffers that are no files: where the cursor was.
local node = require('heph.node')

local M = {}

local api = vim.api

--- Adds that to the session that was just written.
function M.write()
  local cursors = {}
  for _, window in ipairs(api.nvim_list_wins()) do
    local shown = node.of(api.nvim_win_get_buf(window))
    if shown then
      cursors[shown.id] = api.nvim_win_get_cursor(window)
    end
  end
  local file = next(cursors) and io.open(vim.v.this_session, 'a')
  if file then
    file:write(("silent! lua require('heph.session').read(%s)\n"):format(vim.inspect(cursors, { newline = ' ', indent = '' })))
    file:close()
  end
end

--- Goes there, now or once they are shown.
---@param cursors table<string, integer[]> by node: line and byte
function M.read(cursors)
  for id, cursor in pairs(cursors) do
    node.go_to(id, cursor)
  end
end

return M
