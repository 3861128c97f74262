-- What a note was: listed, looked at, brought back.
local Device, Editor = require('device'), require('editor')
local equal = MiniTest.expect.equality

local device, nvim = nil, Editor.new()

local T = MiniTest.new_set({
  hooks = {
    pre_once = function()
      device = Device.shared()
    end,
    pre_case = function()
      nvim.begin(device)
    end,
    post_once = function()
      nvim.stop()
    end,
  },
})

local FIRST, SECOND = '# Bread\n\nflour\nwater\n\nknead\n', '# Bread\n\nflour\nrye\nsalt\n\nbake\nwait\n'

local function bread()
  local id = device:note('Bread', FIRST)
  device:write(id, SECOND)
  return id
end

local function windows()
  return nvim.lua_get([[vim.tbl_map(function(window)
    local buf = vim.api.nvim_win_get_buf(window)
    return { table.concat(vim.api.nvim_buf_get_lines(buf, 0, -1, false), '\n') .. '\n', vim.wo[window].diff, vim.bo[buf].modifiable }
  end, vim.api.nvim_tabpage_list_wins(0))]])
end

T['is listed, the last first'] = function()
  local id = bread()
  nvim.cmd('edit heph://node/' .. id)
  nvim.type_keys('gH')
  nvim.line_of('add')
  equal(nvim.b.heph_title, 'History of Bread')
  local lines = nvim.api.nvim_buf_get_lines(0, 0, -1, false)
  equal(#lines, 2)
  equal(lines[1]:match('^2  .- 9:%d+  laptop  (edit  .*)$'), 'edit  text +4 −2 rye')
  equal(lines[2]:match('^1  .- 9:%d+  laptop  (add   .*)$'), 'add   title none → Bread · text +4 −0 # Bread')
  device:write(id, FIRST)
  nvim.line_of('edit  text +2 −4 water')
end

T['a version is looked at beside what it is now'] = function()
  local id = bread()
  nvim.cmd('edit heph://node/' .. id)
  nvim.cmd('Heph history')
  nvim.line_of('add')
  nvim.type_keys('<CR>')
  nvim.await('vim.wo.diff and #vim.api.nvim_tabpage_list_wins(0) == 2')
  equal(windows(), { { FIRST, true, false }, { SECOND, true, true } })
  nvim.type_keys('q')
  equal(nvim.b.heph_title, 'History of Bread')
end

T['comes back when a person agrees, and goes again'] = function()
  local id = bread()
  nvim.cmd('edit heph://node/' .. id)
  local buf = nvim.api.nvim_get_current_buf()
  nvim.cmd('Heph history')
  nvim.line_of('add')
  nvim.answer('Leave it')
  nvim.type_keys('r')
  nvim.await('Asked ~= nil')
  equal(nvim.lua_get('Asked.prompt'):match('text .*$'), 'text +2 −4 water')
  equal(device:body(id), SECOND)
  nvim.answer('Restore it')
  nvim.type_keys('r')
  nvim.await_text(FIRST:gsub('\n$', ''), buf)
  equal(device:body(id), FIRST)
  nvim.type_keys('u')
  Device.await('the text of before', function()
    return device:body(id) == SECOND
  end)
end

T['of a task is also that of its document'] = function()
  local captured = device:rpc('capture', { line = 'Bake do:today' }).task
  device:write(captured.task.context, 'oven\n')
  device:rpc('task.set_schedule', { id = captured.id, do_date = '2026-11-28' })
  nvim.cmd('Heph next')
  nvim.cmd('Heph today')
  nvim.cmd('edit heph://node/' .. captured.id)
  nvim.cmd('Heph history')
  nvim.line_of('do-date')
  equal(nvim.text():match('do%-date [^\n]*'), 'do-date today → Sat 28 Nov')
  nvim.line_of('add ')
  nvim.type_keys('<CR>')
  nvim.await('vim.wo.diff and #vim.api.nvim_tabpage_list_wins(0) == 2')
  equal(windows()[2][1], 'oven\n')
end

T['lines are changed as a diff says, whatever they are'] = function()
  local seed = tonumber(vim.env.SEED) or os.time()
  math.randomseed(seed)
  local function text()
    local lines = {}
    for _ = 1, math.random(0, 6) do
      table.insert(lines, ('a'):rep(math.random(0, 2)))
    end
    return #lines == 0 and '' or table.concat(lines, '\n') .. (math.random(4) == 1 and '' or '\n')
  end
  nvim.lua("Changed = require('heph.history').changed")
  for round = 1, 40 do
    local before, after = text(), text()
    local id = device:note('Random ' .. round, before)
    device:write(id, after)
    local would = device:rpc('node.restore', { id = id, to = '1', dry_run = true })
    local hunks = would.changes[1] and would.changes[1].hunks or {}
    equal({ seed, nvim.lua_get('Changed(...)', { after, hunks }) }, { seed, before })
  end
end

return T
