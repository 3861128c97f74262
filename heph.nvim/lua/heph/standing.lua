--- How heph stands, for a status line: what the daemon said last, never asked while a line is drawn.
local daemon = require('heph.daemon')

local M = {}

--- Pushes come in bursts; and what comes of itself, such as a day without a sync, is looked for now and then.
local SOON_MS, NOW_AND_THEN_MS = 300, 60000
local DAY_MS = 24 * 60 * 60 * 1000

---@class heph.Standing
---@field conflicts integer
---@field stale boolean no sync succeeded for a day
---@field last_success? integer epoch milliseconds
---@field refused? string why the hub refuses it
---@field away boolean the daemon went away

---@type heph.Standing
local now = { conflicts = 0, stale = false, away = false }

local watching, soon = false, false

---@param standing heph.Standing
local function take(standing)
  if vim.deep_equal(now, standing) then
    return
  end
  now = standing
  vim.api.nvim_exec_autocmds('User', { pattern = 'HephStanding', data = standing, modeline = false })
  vim.cmd('redrawstatus')
end

local ask_soon -- below

local function ask()
  if not daemon.is_connected() then
    return
  end
  daemon.quietly(daemon.request, 'sync.status', nil, function(err, status)
    if err then
      ask_soon() -- what answers it is not there yet
    else
      take({
        conflicts = status.conflicts or 0,
        stale = status.stale == true,
        last_success = status.last_success,
        refused = (status.state == 'refused' or status.state == 'revoked') and (status.reason or '') or nil,
        away = false,
      })
    end
  end)
end

function ask_soon()
  if not soon then
    soon = true
    vim.defer_fn(function()
      soon = false
      ask()
    end, SOON_MS)
  end
end

--- Begins to listen, to a daemon that runs; it starts none.
local function watch()
  watching = true
  daemon.on('missed', function()
    take(vim.tbl_extend('force', now, { away = false }))
    ask()
  end)
  daemon.on('node.changed', ask_soon)
  daemon.on('lost', function()
    take(vim.tbl_extend('force', now, { away = true }))
  end)
  assert(vim.uv.new_timer()):start(NOW_AND_THEN_MS, NOW_AND_THEN_MS, vim.schedule_wrap(ask))
  vim.schedule(function()
    if daemon.is_connected() then
      ask()
    else
      daemon.listen()
    end
  end)
end

--- What there is to know: '3 conflicts · not synced for 2 d'; nothing when all is well.
---@return string
function M.line()
  if not watching then
    watch()
  end
  if now.away then
    return 'heph is away'
  end
  local said = {}
  if now.conflicts > 0 then
    table.insert(said, now.conflicts == 1 and '1 conflict' or ('%d conflicts'):format(now.conflicts))
  end
  if now.refused then
    table.insert(said, 'sync is refused')
  elseif now.stale then
    local days = now.last_success and math.max(1, math.floor((os.time() * 1000 - now.last_success) / DAY_MS))
    table.insert(said, days and ('not synced for %d d'):format(days) or 'not synced yet')
  end
  return table.concat(said, ' · ')
end

return M
