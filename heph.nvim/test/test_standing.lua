-- How heph stands: in the status line, and what :checkhealth says.
local Device, Editor, Apart = require('device'), require('editor'), require('apart')
local equal = MiniTest.expect.equality

local device, coming, nvim = nil, nil, Editor.new()

local T = MiniTest.new_set({
  hooks = {
    pre_once = function()
      device = Device.shared()
      coming = Device.new({ HEPH_LIGHT = 'true' }) -- and going
    end,
    pre_case = function()
      nvim.begin(device)
    end,
    post_once = function()
      nvim.stop()
      coming:down()
    end,
  },
})

local function statusline()
  return nvim.lua_get("require('heph').statusline()")
end

local function await_line(wanted)
  Device.await(('%q in the status line, not %q'):format(wanted, statusline()), function()
    return statusline() == wanted
  end)
end

--- A date that both devices set, each in its own way.
local function disagree(phone, url)
  local id = device:rpc('task.create', { title = 'Pay rent' }).id
  Apart.while_apart(device, phone, url, function()
    device:rpc('task.set_schedule', { id = id, do_date = '2026-12-01' })
    phone:rpc('task.set_schedule', { id = id, do_date = '2026-12-03' })
  end)
end

T['a conflict comes into the status line, and goes'] = function()
  local phone, url = Apart.with(device)
  nvim.lua("vim.api.nvim_create_autocmd('User', { pattern = 'HephStanding', callback = function(event) Told = event.data end })")
  equal(statusline(), '')
  nvim.await("require('heph.daemon').is_connected()")
  disagree(phone, url)
  await_line('1 conflict')
  equal(nvim.lua_get('Told.conflicts'), 1)
  nvim.o.statusline, nvim.o.laststatus = "%{v:lua.require'heph'.statusline()}", 2
  nvim.await([[table.concat(vim.tbl_map(function(column)
    return vim.fn.screenstring(vim.o.lines - 1, column)
  end, vim.fn.range(1, 10))) == '1 conflict']])
  device:rpc('conflicts.resolve', { id = device:rpc('conflicts.list').conflicts[1].id, choice = '1' })
  await_line('')
  Apart.part(device)
end

T['asks nothing while it is drawn, and starts no daemon'] = function()
  nvim.begin(coming)
  nvim.lua('vim.g.heph = { command = { ... } }', { Device.program })
  equal(statusline(), '')
  nvim.lua([[
    Asked = 0
    local daemon = require('heph.daemon')
    local request = daemon.request
    daemon.request = function(...)
      Asked = Asked + 1
      return request(...)
    end]])
  for _ = 1, 100 do
    statusline()
  end
  equal(nvim.lua_get('Asked'), 0)
  equal(vim.uv.fs_stat(coming.socket), nil)
  coming:up()
  nvim.await("require('heph.daemon').is_connected()")
end

T['a daemon that goes is told'] = function()
  nvim.begin(coming)
  statusline()
  nvim.await("require('heph.daemon').is_connected()")
  coming:pause()
  await_line('heph is away')
  coming:up()
  await_line('')
end

T['a hub that is away for days is told'] = function()
  nvim.begin(coming)
  local hub = Device.new({ HEPH_DEVICE_NAME = 'hub' })
  local url = Apart.hub(hub)
  coming:join(url)
  coming:rpc('sync.now')
  local synced = coming:rpc('sync.status').last_success
  hub:run('hub', 'down')
  coming:pause()
  coming.environment.HEPH_TEST_NOW = '2026-11-23T09:30:00Z'
  coming:up()
  nvim.lua('local at = ...; os.time = function() return at end', { math.floor(synced / 1000) + 3 * 24 * 60 * 60 + 60 })
  await_line('not synced for 3 d')
end

local function health()
  nvim.cmd('checkhealth heph')
  return nvim.text()
end

--- That all of these stand there.
local function says(report, ...)
  for _, words in ipairs({ ... }) do
    equal({ words, report:find(words, 1, true) ~= nil, report }, { words, true, report })
  end
end

T['a health check tells what is well'] = function()
  local report = health()
  says(report, tostring(nvim.lua_get('tostring(vim.version())')), 'the socket is ' .. device.socket, 'store is up', 'nobody is logged in')
  says(report, 'heph ' .. device:rpc('rpc.discover').info.version .. ' answers', 'nothing is misspelt', 'telescope is not installed')
  equal(report:find('ERROR', 1, true), nil)
end

T['a setting that is of the wrong kind is as if it were not there'] = function()
  nvim.g.heph = { command = 'heph', enter = false }
  equal(nvim.lua_get("require('heph.config').get().command == nil"), true)
  equal(nvim.lua_get("require('heph.config').get().enter"), false)
  equal(nvim.lua_get("require('heph.config').wrong()"), { "'command' is a string and has to be a table" })
  nvim.g.heph = { command = {} }
  equal(nvim.lua_get("require('heph.config').wrong()"), { "'command' is no list of words, such as { 'heph' }" })
  nvim.g.heph = 'yes'
  equal(nvim.lua_get("require('heph.config').get().winbar"), true)
  equal(nvim.lua_get("require('heph.config').wrong()"), { "'vim.g.heph' is a string and has to be a table" })
end

T['a health check tells what is not, and starts nothing'] = function()
  coming:down()
  nvim.begin(coming)
  nvim.lua("vim.g.heph = { patience = 1, winbar = 'no', picker = 'fzf', command = { '/nowhere/heph' } }")
  local report = health()
  says(report, "'patience' means nothing to heph", "'winbar' is a string and has to be a boolean")
  says(report, "'picker' is 'fzf' and has to be 'telescope' or 'select'", 'nothing listens at ' .. coming.socket, 'heph up')
  equal(vim.uv.fs_stat(coming.socket), nil)
end

return T
