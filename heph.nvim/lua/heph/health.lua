--- :checkhealth heph
local M = {}

local PATIENCE_MS = 5000

function M.check()
  local config, daemon, health = require('heph.config'), require('heph.daemon'), vim.health
  health.start('heph')
  if vim.fn.has('nvim-0.10.4') == 1 then
    health.ok('Neovim ' .. tostring(vim.version()))
  else
    health.error('Neovim is older than 0.10.4', 'install a newer one')
  end
  for _, name in ipairs(config.unknown()) do
    health.warn(("the setting '%s' means nothing"):format(name), ':help heph-setup lists those that do')
  end
  local command = daemon.command()
  if command then
    health.ok('the program is ' .. table.concat(command, ' '))
  else
    health.error('heph is not in the PATH', "install it, or set vim.g.heph = { command = { '/path/to/heph' } }")
  end
  local err, state = daemon.wait('health', nil, PATIENCE_MS)
  if err then
    return health.error('the daemon does not answer: ' .. err.message, 'heph up, and heph status')
  end
  for _, service in ipairs(state.services) do
    local said = ('%s: %s'):format(service.name, service.detail)
    if service.status == 'up' then
      health.ok(said)
    else
      health.error(said, 'heph logs ' .. service.name)
    end
  end
  if state.conflict_count and state.conflict_count > 0 then
    health.warn(('%d open conflicts'):format(state.conflict_count), 'heph conflicts goes through them')
  end
end

return M
