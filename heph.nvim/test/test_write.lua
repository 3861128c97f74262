-- Writing: capture, journals, the command.
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

local function open(title, body)
  local id = device:note(title, body)
  nvim.cmd('edit heph://node/' .. id)
  return id
end

local function found(filter)
  return device:rpc('task.list', { where = filter }).tasks
end

local function echo()
  return nvim.lua_get([[(function()
    local marks = vim.api.nvim_buf_get_extmarks(0, vim.api.nvim_create_namespace('heph.echo'), 0, -1, { details = true })
    return marks[1] and marks[1][4].virt_lines[1][1][1]
  end)()]])
end

--- Until the window is gone no test may end: the draft would be the next one's.
local function put_away()
  nvim.await("vim.fn.bufwinid('heph://capture') == -1")
end

T['capture'] = MiniTest.new_set({ hooks = { post_case = put_away } })

T['capture']['shows what it understands as one types, and files it'] = function()
  nvim.cmd('Heph capture')
  nvim.type_keys('Fix the gutter tomorrow !red @roof')
  Device.await('the echo', function()
    return echo() == 'Fix the gutter · do Sat 21 Nov · red · @roof (new project)'
  end)
  nvim.type_keys(' !rde')
  Device.await('what is wrong', function()
    return (echo() or ''):match('is no mark')
  end)
  nvim.type_keys('<C-w>', '<C-w>', '<Esc>', ':wq<CR>')
  Device.await('the task', function()
    return #found('gutter') == 1
  end)
  equal(found('gutter')[1].do_date['local'], '2026-11-21')
  put_away()
end

T['capture']['what cannot be filed stays'] = function()
  nvim.cmd('Heph capture')
  nvim.type_keys('Broken !rde', '<Esc>')
  equal(nvim.fails('wq'):match('not filed, kept as a draft') ~= nil, true)
  equal(nvim.text(), 'Broken !rde')
  nvim.cmd('Heph capture')
  nvim.type_keys('<C-w>', '<C-w>', '!red', '<C-s>')
  Device.await('the task', function()
    return #found('Broken') == 1
  end)
end

T['capture']['a draft survives a crash, and a daemon that is away'] = function()
  nvim.cmd('Heph capture')
  nvim.type_keys('Half a thou')
  Device.await('the draft', function()
    return vim.fn.filereadable(device.home .. '/vim/nvim/heph/capture.md') == 1
  end)
  vim.uv.kill(nvim.lua_get('vim.uv.os_getpid()'), 'sigkill')
  nvim.begin(device)
  nvim.cmd('Heph capture')
  equal(nvim.text(), 'Half a thou')
  nvim.type_keys('ght', '<Esc>')
  device:pause()
  nvim.lua("vim.g.heph = { command = { 'false' } }")
  nvim.await("not require('heph.daemon').is_connected()")
  equal(nvim.fails('write'):match('kept as a draft') ~= nil, true)
  device:up()
  nvim.write()
  Device.await('the task', function()
    return #found('thought') == 1
  end)
  equal(vim.fn.filereadable(device.home .. '/vim/nvim/heph/capture.md'), 0)
end

T['capture']['begins empty after the one before, and takes nothing back of it'] = function()
  nvim.cmd('Heph capture')
  nvim.type_keys('Sow the beans', '<C-s>')
  Device.await('the task', function()
    return #found('beans') == 1
  end)
  put_away()
  nvim.cmd('Heph capture')
  equal(nvim.text(), '')
  nvim.type_keys('<Esc>', 'u')
  equal(nvim.text(), '')
  nvim.type_keys('i', 'Water them', '<Esc>', 'q')
  put_away()
  nvim.cmd('Heph capture')
  equal(nvim.text(), 'Water them')
  nvim.type_keys('<C-s>')
  Device.await('the second task', function()
    return #found('Water') == 1
  end)
  equal(#found('beans'), 1)
end

T['capture']['shows the draft whichever way it is come to, and its own echo'] = function()
  local draft = device.home .. '/vim/nvim/heph/capture.md'
  nvim.cmd('Heph capture')
  nvim.type_keys('Pay the rent tomorrow')
  Device.await('the echo', function()
    return echo() == 'Pay the rent · do Sat 21 Nov'
  end)
  nvim.type_keys('<Esc>', 'q')
  put_away()
  device:pause()
  nvim.cmd('buffer heph://capture')
  equal(nvim.text(), 'Pay the rent tomorrow')
  equal(echo(), vim.NIL)
  nvim.type_keys('q')
  put_away()
  equal(vim.fn.readfile(draft), { 'Pay the rent tomorrow' })
  nvim.lua("require('heph.capture').leave()")
  equal(vim.fn.readfile(draft), { 'Pay the rent tomorrow' })
  nvim.cmd('edit heph://capture')
  equal(nvim.text(), 'Pay the rent tomorrow')
  device:up()
  nvim.write()
  Device.await('the task', function()
    return #found('rent') == 1
  end)
  equal(vim.fn.filereadable(draft), 0)
end

T['capture']['is read by the language server again when that was stopped'] = function()
  local attached = "#vim.lsp.get_clients({ name = 'heph', bufnr = vim.fn.bufnr('heph://capture') })"
  nvim.cmd('Heph capture')
  nvim.await(attached .. ' == 1')
  nvim.type_keys('<Esc>', 'q')
  put_away()
  nvim.lua("vim.iter(vim.lsp.get_clients({ name = 'heph' })):each(function(client) client:stop(true) end)")
  nvim.await("#vim.lsp.get_clients({ name = 'heph' }) == 0")
  nvim.cmd('Heph capture')
  nvim.await(attached .. ' == 1')
  nvim.type_keys('<Esc>', 'q')
end

T['capture']['is kept where a session brought it back, and not left where no draft can be written'] = function()
  local draft = device.home .. '/vim/nvim/heph/capture.md'
  nvim.cmd('Heph capture')
  nvim.type_keys('Quarter', '<Esc>', 'q')
  put_away()
  nvim.cmd('buffer heph://capture')
  nvim.cmd('mksession! ' .. device.home .. '/capture.vim')
  nvim.begin(device, '-S', device.home .. '/capture.vim')
  equal({ nvim.text(), nvim.bo.buftype }, { 'Quarter', 'acwrite' })
  nvim.type_keys('A', ' done', '<Esc>')
  Device.await('the draft', function()
    return vim.fn.readfile(draft)[1] == 'Quarter done'
  end)
  vim.fn.mkdir(draft .. '.new')
  nvim.type_keys('A', ' not', '<Esc>')
  nvim.lua("require('heph.capture').leave()")
  equal(nvim.text(), 'Quarter done not')
  local said = nvim.lua_get("vim.api.nvim_exec2('messages', { output = true }).output")
  equal(said:match('not left: the draft cannot be written') ~= nil, true)
  vim.fn.delete(draft .. '.new', 'd')
  nvim.write()
  Device.await('the task', function()
    return #found('Quarter') == 1
  end)
end

T['capture']['in the only window leaves another buffer there'] = function()
  nvim.cmd('Heph capture')
  nvim.type_keys('Mow', '<Esc>', ':close<CR>')
  nvim.cmd('buffer heph://capture')
  nvim.type_keys('<C-s>')
  Device.await('the task', function()
    return #found('Mow') == 1
  end)
  nvim.await("vim.api.nvim_buf_get_name(0) ~= 'heph://capture'")
  nvim.cmd('Heph capture')
  equal(nvim.text(), '')
  nvim.type_keys('<Esc>', 'q')
end

T['capture']['takes the selection with it, and a link to where it came from'] = function()
  open('Meeting', 'one\nask Ann\nabout it\n')
  nvim.type_keys('j', 'Vj', ':Heph capture Ask Ann !orange<CR>')
  nvim.await("vim.api.nvim_buf_get_name(0) == 'heph://capture'")
  equal(nvim.text(), 'Ask Ann !orange\n\n> ask Ann\n> about it\n\n[[Meeting]]')
  nvim.type_keys('<C-s>')
  Device.await('the task', function()
    return #found('Ann !orange') == 1
  end)
  local context = found('Ann !orange')[1].context
  Device.await('its text', function()
    return device:body(context) == '> ask Ann\n> about it\n\n[[Meeting]]\n'
  end)
end

T['capture']['is a mapping away, also from a file'] = function()
  local file = device.home .. '/plan.txt'
  vim.fn.writefile({ 'one', 'ask Ben' }, file)
  nvim.cmd('edit ' .. file .. ' | xmap gc <Plug>(heph-capture-selection)')
  nvim.type_keys('j', 'V', 'gc')
  nvim.await("vim.api.nvim_buf_get_name(0) == 'heph://capture'")
  nvim.type_keys('Ask Ben', '<Esc>', ':wq<CR>')
  Device.await('the task', function()
    return #found('Ben') == 1
  end)
  local context = found('Ben')[1].context
  Device.await('its text', function()
    return device:body(context):match('^> ask Ben\n\n[^\n]*plan%.txt:2\n$')
  end)
end

T['asked for once before it shows'] = MiniTest.new_set({
  parametrize = {
    { 'journal 2026-03-01', '2026-03-01', 'journal.open_or_create' },
    { 'note At once', 'At once', 'node.create' },
  },
})

T['asked for once before it shows']['is'] = function(command, title, method)
  nvim.lua([[
    Asked = {}
    local daemon = require('heph.daemon')
    local request = daemon.request
    daemon.request = function(method, ...)
      table.insert(Asked, method)
      return request(method, ...)
    end
    vim.api.nvim_create_autocmd('User', { pattern = 'HephShown', callback = function() Before = Before or vim.deepcopy(Asked) end })]])
  nvim.cmd('Heph ' .. command)
  nvim.await(('vim.b.heph_title == %q'):format(title))
  equal(nvim.lua_get('Before'), { method })
end

T['journals open by words, by choice, and by neighbours'] = function()
  nvim.cmd('Heph journal -1')
  nvim.await("vim.b.heph_title == '2026-11-19'")
  nvim.cmd('Heph journal')
  nvim.await("vim.b.heph_title == '2026-11-20'")
  nvim.answer('tomorrow, 2026-11-21')
  nvim.cmd('Heph journals')
  nvim.await("vim.b.heph_title == '2026-11-21'")
  nvim.type_keys('[j')
  nvim.await("vim.b.heph_title == '2026-11-20'")
  nvim.type_keys(']j')
  nvim.await("vim.b.heph_title == '2026-11-21'")
  nvim.cmd('Heph journal frday')
  nvim.await("vim.api.nvim_exec2('messages', { output = true }).output:match('frday') ~= nil")
end

T['what links here, and where it links to, is offered'] = function()
  device:note('Hub of it', 'x\n')
  open('Spoke', 'to [[Hub of it]]\n')
  nvim.answer('Hub of it')
  nvim.cmd('Heph links')
  nvim.await("vim.b.heph_title == 'Hub of it'")
  nvim.answer('Spoke')
  nvim.cmd('Heph backlinks')
  nvim.await("vim.b.heph_title == 'Spoke'")
end

T['the command completes its words, projects and titles'] = function()
  device:note('Completed title', '')
  device:rpc('project.create', { name = 'Completed project' })
  local function completed(line)
    return nvim.fn.getcompletion(line, 'cmdline')
  end
  equal(completed('Heph jour'), { 'journal', 'journals' })
  equal(completed('Heph attention r'), { 'red' })
  equal(completed('Heph open Completed t'), { 'title' })
  equal(completed('Heph project Comp'), { 'Completed project' })
end

T['the command knows what it does not know'] = function()
  equal(nvim.fails('Heph nxet'):match("knows no 'nxet'") ~= nil, true)
end

return T
