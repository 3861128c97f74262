--- What a session does not keep of buffers that are no files: in which line the cursor was.
local node = require('heph.node')

local M = {}

local api = vim.api

--- Adds that to the session that was just written.
function M.write()
  local lines = {}
  for _, window in ipairs(api.nvim_list_wins()) do
    local shown = node.of(api.nvim_win_get_buf(window))
    if shown then
      lines[shown.id] = api.nvim_win_get_cursor(window)[1]
    end
  end
  local file = next(lines) and io.open(vim.v.this_session, 'a')
  if file then
    file:write(("silent! lua require('heph.session').read(%s)\n"):format(vim.inspect(lines, { newline = ' ', indent = '' })))
    file:close()
  end
end

--- Goes there, now or once they are shown.
---@param lines table<string, integer> by node
function M.read(lines)
  for id, line in pairs(lines) do
    node.go_to(id, line)
  end
end

return M
