--- Which tasks are meant: those of the lines of a list, or the one whose document is open.
local daemon = require('heph.daemon')

local M = {}

---@param first integer|heph.Row[] the first line; or the rows themselves, if they are known
---@param last? integer
---@param callback fun(rows: heph.Row[]) called only when there are some
function M.tasks(first, last, callback)
  if type(first) == 'table' then
    return callback(first)
  end
  local buf = vim.api.nvim_get_current_buf()
  local view = package.loaded['heph.view']
  if view and view.is_view(buf) then
    local rows = view.rows(buf, first, last)
    for _, row in ipairs(rows) do
      if row.kind and row.kind ~= 'task' then
        return daemon.shown({ message = ("'%s' is no task"):format(row.title) })
      end
    end
    return #rows > 0 and callback(rows)
  end
  local id = vim.b[buf].heph_id
  if not id then
    return daemon.shown({ message = 'there is no task here: go to a line of a list, or open the document of a task' })
  end
  daemon.request('node.get', { id = id }, function(err, node)
    if err or not node.context_of then
      return daemon.shown(err or { message = ("'%s' is the document of no task"):format(node.title) })
    end
    callback({ { id = node.context_of, title = node.title, context = id } })
  end)
end

return M
