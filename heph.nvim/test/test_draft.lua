-- Drafts: what was typed into a note and not saved outlives a crash.
local Device = require('device')
local Editor = require('editor')
local equal = MiniTest.expect.equality

local T, device, nvim, open = require('notebook')()

local function drafts()
  return vim.fn.glob(device.home .. '/vim/nvim/heph/drafts/*.md', false, true)
end

local function await_drafts(number)
  Device.await(number .. ' drafts, not ' .. vim.inspect(drafts()), function()
    return #drafts() == number
  end)
end

--- Types into the note that is open, until a draft holds it.
local function types(words)
  nvim.cmd('set updatetime=50')
  nvim.type_keys('A', words, '<Esc>')
  Device.await('a draft of ' .. words, function()
    return vim.iter(drafts()):any(function(path)
      return table.concat(vim.fn.readfile(path, 'b'), '\n'):find(words, 1, true) ~= nil
    end)
  end)
end

local function crash()
  vim.uv.kill(nvim.lua_get('vim.uv.os_getpid()'), 'sigkill')
  nvim.begin(device)
end

local function is_said()
  nvim.await("vim.api.nvim_exec2('messages', { output = true }).output:match('were never saved here: :Heph recover') ~= nil")
end

local function is_silent()
  nvim.lua('vim.wait(50)')
  equal(nvim.api.nvim_exec2('messages', { output = true }).output:match('recover'), nil)
end

T['what was typed is there after a crash, and merged with what came since'] = function()
  local id = open('Crashed', 'one\r\ntwo\r\n')
  types(' mine')
  equal(vim.fn.getfperm(drafts()[1]), 'rw-------')
  crash()
  device:write(id, 'one\r\nTWO\r\n')
  nvim.cmd('edit heph://node/' .. id)
  is_said()
  equal({ nvim.text(), nvim.bo.modified }, { 'one\nTWO', false })
  nvim.cmd('Heph recover')
  nvim.await_text('one mine\nTWO')
  equal({ nvim.bo.modified, device:body(id) }, { true, 'one\r\nTWO\r\n' })
  nvim.type_keys('u')
  equal({ nvim.text(), nvim.bo.modified }, { 'one\nTWO', false })
  equal(#drafts() > 0, true)
  nvim.type_keys('<C-r>')
  nvim.write()
  equal(device:body(id), 'one mine\r\nTWO\r\n')
  await_drafts(0)
end

T['a draft that is left is offered until it is brought back, beside what is typed'] = function()
  local id = open('Left', 'one\n')
  types(' first')
  crash()
  nvim.cmd('edit heph://node/' .. id)
  is_said()
  types(' second')
  equal(#drafts(), 2)
  MiniTest.expect.error(function()
    nvim.cmd('Heph recover')
  end, 'was changed: write it first')
  nvim.write()
  await_drafts(1)
  nvim.cmd('Heph recover')
  nvim.await("vim.bo.modified and vim.fn.getline(1):find('first') ~= nil")
  equal(nvim.fn.getline(1):find('second') ~= nil, true)
  nvim.cmd('edit!')
  is_said()
  await_drafts(1)
  nvim.cmd('edit heph://node/' .. device:note('None', 'x\n'))
  MiniTest.expect.error(function()
    nvim.cmd('Heph recover')
  end, 'nothing to bring back')
end

T['there is none of what was saved, undone or given up'] = MiniTest.new_set({
  parametrize = { { 'write' }, { 'undo' }, { 'edit!' }, { 'bdelete!' }, { 'enew! | wall' } },
}, {
  test = function(command)
    local id = open('Done', 'one\n')
    types(' more')
    nvim.cmd(command)
    await_drafts(0)
    nvim.begin(device)
    nvim.cmd('edit heph://node/' .. id)
    is_silent()
  end,
})

T['nothing is said of what stands in the note by now, or is typed in another Neovim'] = function()
  local id = open('Shared', 'one\n')
  types(' more')
  local other = Editor.new()
  other.begin(device)
  other.cmd('edit heph://node/' .. id)
  other.lua('vim.wait(50)')
  equal(other.api.nvim_exec2('messages', { output = true }).output, '')
  other.stop()
  equal(#drafts(), 1)
  crash()
  device:write(id, 'one more\n')
  nvim.cmd('edit heph://node/' .. id)
  is_silent()
  await_drafts(0)
end

return T
