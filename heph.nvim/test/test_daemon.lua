-- The connection: a daemon that goes, comes back, or does not run.
local Device, Editor = require('device'), require('editor')
local equal = MiniTest.expect.equality

local device, nvim = nil, Editor.new()

local T = MiniTest.new_set({
  hooks = {
    pre_once = function()
      device = Device.new({ HEPH_LIGHT = 'true' })
    end,
    pre_case = function()
      nvim.begin(device)
    end,
    post_once = function()
      nvim.stop()
      device:down()
    end,
  },
})

local function use_program()
  nvim.lua('vim.g.heph = { command = { ... } }', { Device.program })
end

T['that cannot be started says why, and blocks nothing'] = function()
  nvim.lua("vim.g.heph = { command = { '/nowhere/heph' } }")
  nvim.fails('edit heph://node/01ARZ3NDEKTSV4RRFFQ69G5FAV')
  nvim.await("vim.b.heph_note ~= nil and vim.b.heph_note:match('/nowhere/heph') ~= nil")
  equal(nvim.bo.modifiable, false)
end

T['is started when none runs'] = function()
  use_program()
  nvim.lua([[
    require('heph.daemon').request('node.create', { kind = 'doc', title = 'First', body = 'x' }, function(_, node)
      Id = node.id
    end)]])
  nvim.await('Id ~= nil')
  equal(device:body(nvim.lua_get('Id')), 'x')
end

T['comes back, and what changed meanwhile shows'] = function()
  device:up()
  local id = device:note('Away', 'one\n')
  nvim.cmd('edit heph://node/' .. id)
  nvim.type_keys('A', ' mine', '<Esc>')
  device:pause()
  nvim.await("not require('heph.daemon').is_connected()")
  device:up()
  device:write(id, 'one\ntwo\n')
  nvim.await_text('one mine\ntwo')
end

T['is not started by what nobody asks for'] = function()
  device:up()
  use_program()
  local id = device:note('Quiet', 'see [[nowhere]]\n')
  nvim.cmd('Heph next')
  nvim.cmd('split heph://node/' .. id)
  nvim.await('#vim.diagnostic.get(0) == 1')
  nvim.lua("require('heph').statusline()")
  device:pause()
  nvim.await("not require('heph.daemon').is_connected()")
  -- It may go just when somebody has looked whether it is there.
  nvim.lua([[
    Started, Asked = 0, {}
    local daemon, run = require('heph.daemon'), vim.system
    local request = daemon.request
    vim.system = function(...)
      Started = Started + 1
      return run(...)
    end
    daemon.is_connected = function() return true end
    daemon.request = function(method, params, callback)
      Asked[method] = (Asked[method] or 0) + 1
      return request(method, params, callback)
    end]])
  local function awaits(...)
    for _, method in ipairs({ ... }) do
      nvim.await(('(Asked[%q] or 0) > 0'):format(method))
    end
    nvim.lua('Asked = {}')
  end
  nvim.type_keys('A', ' mine', '<Esc>') -- diagnostics, and the colours
  awaits('conflicts.list', 'text.read')
  nvim.lua([[
    local node = require('heph.node').of()
    node.stale = true]])
  nvim.type_keys('l') -- what changed while somebody typed
  awaits('node.update')
  pcall(nvim.ask, 'textDocument/completion')
  pcall(nvim.ask, 'textDocument/hover')
  awaits('text.read')
  nvim.lua('Now = vim.uv.now; vim.uv.now = function() return Now() + 120000 end')
  nvim.cmd('wincmd j') -- a list that was not asked for since
  awaits('board')
  nvim.cmd('wincmd k')
  equal(nvim.lua_get('Started'), 0)
  nvim.lua('vim.uv.now = Now')
  nvim.write()
  equal(nvim.bo.modified, false)
end

T['is started by a save'] = function()
  device:up()
  use_program()
  local id = device:note('Down', 'one\n')
  nvim.cmd('edit heph://node/' .. id)
  nvim.type_keys('A', ' mine', '<Esc>')
  device:pause()
  nvim.await("not require('heph.daemon').is_connected()")
  nvim.write()
  equal(nvim.bo.modified, false)
  equal(device:body(id), 'one mine\n')
end

T['one that is away keeps a buffer modified and says why'] = function()
  device:up()
  local id = device:note('Down', 'one\n')
  nvim.cmd('edit heph://node/' .. id)
  nvim.type_keys('A', ' mine', '<Esc>')
  nvim.lua("vim.g.heph = { command = { 'false' } }")
  device:pause()
  nvim.await("not require('heph.daemon').is_connected()")
  local said = nvim.fails('write')
  equal({ said, said:match('heph: not saved: heph up failed') ~= nil }, { said, true })
  equal(nvim.bo.modified, true)
  device:up()
  nvim.write()
  Device.await('the save', function()
    return device:body(id) == 'one mine\n'
  end)
end

return T
