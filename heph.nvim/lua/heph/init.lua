--- What a person's own configuration may call.
local M = {}

--- Sets what differs from the defaults; not needed. The same table may be in vim.g.heph.
---@param config? heph.Config|table
function M.setup(config)
  require('heph.config').set(config)
end

return M
