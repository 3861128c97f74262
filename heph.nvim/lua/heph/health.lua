--- :checkhealth heph
local config = require('heph.config')
local daemon = require('heph.daemon')

local M = {}

local health = vim.health
local PATIENCE_MS = 2000

local function neovim()
  health.start('Neovim')
  local version = tostring(vim.version())
  if vim.fn.has('nvim-0.10.4') == 1 then
    health.ok(version)
  else
    health.error(version .. ' is too old', 'heph.nvim needs 0.10.4 or newer')
  end
  if pcall(vim.treesitter.language.inspect, 'markdown') then
    health.ok('tree-sitter knows markdown')
  else
    health.info('tree-sitter has no markdown parser: notes are highlighted by their syntax file alone')
  end
end

local function configuration()
  health.start('Configuration')
  local unknown, wrong = config.unknown(), config.wrong()
  for _, name in ipairs(unknown) do
    health.warn(("'%s' means nothing to heph"):format(name), 'see :help heph-config for what there is')
  end
  for _, what in ipairs(wrong) do
    health.warn(what)
  end
  if #unknown + #wrong == 0 then
    health.ok('nothing is misspelt')
  end
  local command = daemon.command()
  if command then
    health.ok('the program is ' .. table.concat(command, ' '))
  else
    health.warn('there is no program heph', "install it, or set vim.g.heph = { command = { '/path/to/heph' } }")
  end
end

--- The socket is for its owner alone.
local function socket()
  local path = daemon.socket()
  local stat = vim.uv.fs_stat(path)
  if not stat then
    return health.error('nothing listens at ' .. path, 'start it: heph up')
  elseif bit.band(stat.mode, 63) ~= 0 then -- 077: group and others
    health.warn(('others may use the socket %s'):format(path), 'chmod 600 ' .. path)
  else
    health.ok('the socket is ' .. path)
  end
end

local function asked(method)
  local err, result = daemon.wait(method, nil, PATIENCE_MS)
  if err then
    health.error(('%s: %s'):format(method, err.message))
  end
  return result
end

local function services()
  local found = asked('health')
  if not found then
    return
  end
  for _, service in ipairs(found.services) do
    local said = ('%s is %s: %s'):format(service.name, service.status, service.detail)
    if service.status == 'up' then
      health.ok(said)
    else
      health.error(said, 'heph status says more')
    end
  end
  if (found.unapplied_count or 0) > 0 then
    health.warn(('%d changes of a later version of heph are not applied'):format(found.unapplied_count), 'install the newest heph')
  end
end

local function sync()
  health.start('Sync')
  local status, login = asked('sync.status'), asked('auth.status')
  if status then
    local said = ('%s%s%s'):format(status.state, status.hub and ' with ' .. status.hub or '', status.reason and ': ' .. status.reason or '')
    local bad = status.state == 'refused' or status.state == 'revoked' or status.stale
    health[bad and 'warn' or 'ok'](said .. (status.stale and ', and no sync for a day' or ''))
    if (status.conflicts or 0) > 0 then
      health.warn(('%d open conflicts'):format(status.conflicts), ':Heph conflicts')
    end
  end
  if login then
    health[login.state == 'failed' and 'warn' or 'ok'](login.reason)
  end
end

local function daemon_and_sync()
  health.start('Daemon')
  socket()
  daemon.listen()
  if not vim.wait(PATIENCE_MS, daemon.is_connected, 5) then
    return health.error('no daemon answers', 'heph status says why; heph up starts it')
  end
  local described = asked('rpc.discover')
  if described then
    health.ok(('heph %s answers'):format(described.info.version))
  end
  services()
  sync()
end

local function pickers()
  health.start('Pickers')
  local wanted = config.get().picker
  local there = pcall(require, 'telescope')
  if wanted == 'select' then
    health.ok('vim.ui.select, as set')
  elseif not there and wanted == 'telescope' then
    health.warn('telescope is set, and not installed', "vim.ui.select is used; leave 'picker' out for that")
  elseif not there then
    health.ok('vim.ui.select: telescope is not installed')
  elseif pcall(require, 'telescope.pickers') then
    health.ok('telescope; should it fail when it opens, vim.ui.select')
  else
    health.warn('telescope is installed and cannot be loaded', 'vim.ui.select is used')
  end
end

function M.check()
  neovim()
  configuration()
  daemon_and_sync()
  pickers()
end

return M
