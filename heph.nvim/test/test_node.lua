-- Buffers of notes, against the real daemon.
local Device, Editor = require('device'), require('editor')
local equal = MiniTest.expect.equality

local function matches(text, pattern)
  equal({ text, text:match(pattern) ~= nil }, { text, true })
end

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

local function open(title, body)
  local id = device:note(title, body)
  nvim.cmd('edit heph://node/' .. id)
  return id
end

T['opens, is edited and saved'] = function()
  local id = open('Alpha', '# Alpha\n\n- [ ] one\n')
  equal(nvim.text(), '# Alpha\n\n- [ ] one')
  equal(nvim.bo.buftype, 'acwrite')
  equal(nvim.bo.filetype, 'markdown')
  nvim.type_keys('G', 'o', '- [ ] two', '<Esc>')
  equal(nvim.bo.modified, true)
  nvim.write()
  equal(nvim.bo.modified, false)
  equal(device:body(id), '# Alpha\n\n- [ ] one\n- [ ] two\n')
end

T['a text is kept byte for byte'] = MiniTest.new_set({
  parametrize = { { '' }, { '\n' }, { 'no end' }, { 'x\n\n' }, { 'a\r\nb\r\n' }, { '日本語 🍞 é\n\ttab  \n' }, { '- [x] a\n' } },
}, {
  test = function(body)
    local id = open('Verbatim', body)
    nvim.write()
    equal(device:body(id), body == '\n' and '' or body)
  end,
})

T['a title is shown instead of an id, and follows'] = function()
  local id = open('Readable title', 'x\n')
  equal(nvim.api.nvim_buf_get_name(0), 'heph://node/' .. id .. '/Readable title')
  equal(nvim.b.heph_title, 'Readable title')
  device:rpc('node.update', { id = id, title = 'Another: 50% of [it] #1' })
  nvim.await("vim.b.heph_title == 'Another: 50% of [it] #1'")
  equal(nvim.api.nvim_buf_get_name(0), 'heph://node/' .. id .. '/Another: 50% of [it] #1')
  equal(nvim.lua_get("#vim.tbl_filter(function(b) return vim.api.nvim_buf_get_name(b):match('^heph') end, vim.api.nvim_list_bufs())"), 1)
  nvim.type_keys('A', ' y', '<Esc>')
  nvim.write()
  equal(device:body(id), 'x y\n')
end

T['a title follows out of sight, too'] = function()
  local id = open('Out of sight', 'x\n')
  local buf = nvim.api.nvim_get_current_buf()
  nvim.cmd('enew')
  device:rpc('node.update', { id = id, title = 'Seen' })
  nvim.await(("vim.api.nvim_buf_get_name(%d):match('Seen$') ~= nil"):format(buf))
  device:write(id, 'x\ny\n')
  nvim.await_text('x\ny', buf)
  equal(nvim.api.nvim_buf_get_name(0), '')
end

T['a note and a list can be named when Neovim starts'] = function()
  local id = device:note('From the start', 'one\ntwo\n')
  nvim.begin(device, '+2', 'heph://node/' .. id, 'heph://next')
  nvim.await_text('one\ntwo')
  nvim.await("vim.fn.line('.') == 2")
  nvim.cmd('next')
  nvim.line_of('Nothing to do now.')
end

T['a note that is open already is shown again, not twice'] = function()
  local id = open('Once', 'x\n')
  nvim.type_keys('A', ' y', '<Esc>')
  nvim.cmd('split | edit heph://node/' .. id)
  nvim.await('vim.api.nvim_win_get_buf(1000) == vim.api.nvim_get_current_buf()')
  equal(nvim.text(), 'x y')
end

T['a task opens as its context document'] = function()
  local task = device:rpc('capture', { line = 'Pay rent !red do:tomorrow' }).task
  device:write(task.task.context, 'ask the landlord\n')
  nvim.cmd('edit heph://node/' .. task.id)
  equal(nvim.text(), 'ask the landlord')
  equal(nvim.b.heph_title, 'Pay rent')
  nvim.await("vim.b.heph_info == 'do tomorrow'")
  equal(nvim.b.heph_mark, '● ')
  device:rpc('task.set_schedule', { id = task.id, late_on = '2026-12-01' })
  nvim.await("vim.b.heph_info == 'do tomorrow · late Tue 1 Dec'")
end

T['a change from elsewhere'] = MiniTest.new_set()

T['a change from elsewhere']['shows at once, and one undo takes back exactly it'] = function()
  local id = open('Clean', 'one\ntwo\nthree\n')
  nvim.type_keys('jA', ' mine', '<Esc>')
  nvim.write()
  device:write(id, 'one\ntwo mine\nthree\nfour\n')
  nvim.await_text('one\ntwo mine\nthree\nfour')
  equal(nvim.bo.modified, false)
  nvim.type_keys('u')
  equal(nvim.text(), 'one\ntwo mine\nthree')
  equal(nvim.bo.modified, true) -- or :x would leave it as it was elsewhere
  nvim.type_keys('u')
  equal(nvim.text(), 'one\ntwo\nthree')
  nvim.type_keys('<C-r>', '<C-r>')
  equal(nvim.text(), 'one\ntwo mine\nthree\nfour')
end

T['a change from elsewhere']['of the newline at the very end is undone, too'] = MiniTest.new_set({
  parametrize = { { 'one\ntwo\n', 'one\ntwo' }, { 'one\ntwo', 'one\ntwo\n' }, { 'one\ntwo\n', 'one\nTWO' }, { 'one', 'one\ntwo\n' } },
}, {
  test = function(before, after)
    local id = open('Newline', before)
    local function text()
      return nvim.lua_get("require('heph.edit').text(0)")
    end
    local function await(wanted)
      Device.await(vim.inspect(wanted), function()
        return text() == wanted
      end)
    end
    nvim.type_keys('O', 'mine', '<Esc>')
    device:write(id, after)
    await('mine\n' .. after)
    nvim.type_keys('u')
    equal(text(), 'mine\n' .. before)
    nvim.type_keys('u')
    equal(text(), before)
    nvim.type_keys('<C-r>', '<C-r>')
    equal(text(), 'mine\n' .. after)
    nvim.type_keys('u', 'Goend<Esc>')
    nvim.write()
    equal(device:body(id), text())
    equal(text():match('\n?$'), before:match('\n?$'))
  end,
})

T['a change from elsewhere']['is merged into a buffer that was changed, which is still to be saved'] = function()
  local id = open('Dirty', 'one\ntwo\nthree\n')
  nvim.type_keys('jA', ' mine', '<Esc>')
  device:write(id, 'ONE\ntwo\nthree\nfour\n')
  nvim.await_text('ONE\ntwo mine\nthree\nfour')
  equal(nvim.bo.modified, true)
  equal(device:body(id), 'ONE\ntwo\nthree\nfour\n')
  nvim.type_keys('u')
  equal(nvim.text(), 'one\ntwo mine\nthree')
  nvim.type_keys('<C-r>')
  nvim.write()
  equal(device:body(id), 'ONE\ntwo mine\nthree\nfour\n')
end

T['a change from elsewhere']['waits until nobody types, selects or enters a command'] = MiniTest.new_set({
  parametrize = { { 'A', '<Esc>', ' mine' }, { 'V', '<Esc>', '' }, { ':', '<Esc>', '' }, { 'd', '<Esc>', '' }, { 'R', '<Esc>', 't' } },
}, {
  test = function(begin, leave, typed)
    local id = open('Fingers', 'one\ntwo\n')
    nvim.type_keys('j', begin, typed)
    device:write(id, 'zero\none\ntwo\n')
    nvim.await("vim.iter(pairs(require('heph.node').all())):any(function(_, node) return node.stale end)")
    equal(nvim.text():match('zero'), nil)
    nvim.type_keys(leave)
    nvim.await("vim.fn.getline(1) == 'zero'")
    local mine = begin == 'A' and 'two mine' or 'two'
    equal(nvim.text(), 'zero\none\n' .. mine)
    nvim.type_keys('u')
    equal(nvim.text(), 'one\n' .. mine)
  end,
})

T['a change from elsewhere']['leaves cursor, marks and folds where they were'] = function()
  local lines = {}
  for n = 1, 60 do
    lines[n] = 'line ' .. n
  end
  local id = open('Places', table.concat(lines, '\n') .. '\n')
  nvim.cmd('set foldmethod=manual | 10,12fold | 40mark a')
  nvim.api.nvim_win_set_cursor(0, { 30, 5 })
  nvim.lua("Mark = vim.api.nvim_buf_set_extmark(0, vim.api.nvim_create_namespace('test'), 49, 5, {})")
  table.insert(lines, 1, 'before')
  lines[31] = 'a ' .. lines[31]
  device:write(id, table.concat(lines, '\n') .. '\n')
  nvim.await("vim.fn.getline(1) == 'before'")
  equal(nvim.api.nvim_win_get_cursor(0), { 31, 7 })
  equal(nvim.fn.line("'a"), 41)
  equal(nvim.fn.foldclosed(11), 11)
  equal(nvim.lua_get("vim.api.nvim_buf_get_extmark_by_id(0, vim.api.nvim_create_namespace('test'), Mark, {})"), { 50, 5 })
end

T['a change from elsewhere']['comes in with the answer of a save'] = function()
  local id = open('Race', 'one\ntwo\n')
  nvim.type_keys('jA', ' mine')
  device:write(id, 'ONE\ntwo\n')
  nvim.type_keys('<Cmd>write<CR>')
  Device.await('the save', function()
    return device:body(id) == 'ONE\ntwo mine\n'
  end)
  nvim.type_keys('<Esc>')
  nvim.await_text('ONE\ntwo mine')
  nvim.await('not vim.bo.modified')
end

T['a change from elsewhere']['reaches a list that is ticked here'] = function()
  local id = open('List', '- [ ] milk\n- [ ] bread\n')
  nvim.type_keys('f[lrx')
  device:write(id, '- [ ] milk\n- [x] bread\n- [ ] eggs\n')
  nvim.await_text('- [x] milk\n- [x] bread\n- [ ] eggs')
  nvim.write()
  equal(device:body(id), '- [x] milk\n- [x] bread\n- [ ] eggs\n')
end

T['a change from elsewhere']['of another title, and a deletion, show'] = function()
  local id = open('Doomed', 'one\n')
  device:rpc('node.tombstone', { id = id })
  nvim.await("vim.b.heph_note == 'deleted elsewhere'")
  nvim.type_keys('A', ' mine', '<Esc>')
  matches(nvim.fails('write'), "heph: not saved: 'Doomed' was deleted elsewhere")
  equal(nvim.bo.modified, true)
  device:rpc('node.restore', { id = id })
  nvim.await('vim.b.heph_note == nil')
  nvim.write()
  equal(device:body(id), 'one mine\n')
end

T['what could not be saved stays modified, and :wq stays'] = function()
  local id = open('Refused', 'one\n')
  nvim.lua([[vim.api.nvim_buf_set_lines(0, 0, -1, false, { 'bad \255 byte' })]])
  matches(nvim.fails('wq'), 'heph: not saved: the line is not UTF%-8')
  equal(nvim.bo.modified, true)
  equal(device:body(id), 'one\n')
  nvim.type_keys('u')
  nvim.write()
  equal(nvim.bo.modified, false)
end

T['a save whose answer was lost is not done twice'] = function()
  local id = open('Lost answer', 'one\n')
  nvim.lua([[
    local daemon = require('heph.daemon')
    local wait = daemon.wait
    daemon.wait = function(...)
      wait(...)
      daemon.wait = wait
      return { message = 'the connection to heph broke', data = { reason = 'away' } }
    end]])
  nvim.type_keys('A', ' two', '<Esc>')
  nvim.fails('write')
  nvim.type_keys('A', ' three', '<Esc>')
  nvim.write()
  equal(device:body(id), 'one two three\n')
  equal(nvim.text(), 'one two three')
end

T['a session brings notes back, and each cursor to its place'] = function()
  local id, other = device:note('In a session', 'one\ntwo\nthree\n'), device:note('Beside it', 'x\ny\nz\n')
  local session = device.home .. '/session.vim'
  nvim.cmd('edit +3 heph://node/' .. other)
  nvim.cmd('split +2 heph://node/' .. id)
  nvim.type_keys('l')
  nvim.cmd('mksession! ' .. session)
  nvim.begin(device, '-S', session)
  nvim.await_text('one\ntwo\nthree')
  equal({ nvim.fn.line('.'), nvim.fn.col('.') }, { 2, 2 })
  equal(nvim.bo.modified, false)
  device:write(id, 'one\ntwo\nthree\nfour\n')
  nvim.await_text('one\ntwo\nthree\nfour')
  equal(nvim.fn.line('.'), 2)
  nvim.cmd('wincmd j')
  equal({ nvim.text(), nvim.fn.line('.') }, { 'x\ny\nz', 3 })
end

return T
