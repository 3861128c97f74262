--- What a day is made of, as somebody types it: each takes a Neovim and the device that it is used on, and gives the ids it was about.
local Device = require('device')

local M = {}

local function task_of(device, title)
  return Device.await('the task ' .. title, function()
    for _, task in ipairs(device:rpc('task.list', { where = ('"%s"'):format(title) }).tasks) do
      if task.title == title then
        return task
      end
    end
  end)
end

--- Nothing is typed before the window is gone.
local function filed(nvim)
  nvim.await("vim.fn.bufwinid('heph://capture') == -1")
end

local function items(device, context)
  return vim.tbl_map(function(item)
    return item.title .. ' ' .. item.state
  end, device:rpc('item.list', { container = context }))
end

local function await_items(device, context, wanted)
  Device.await(vim.inspect(wanted), function()
    return vim.deep_equal(items(device, context), wanted)
  end)
end

--- Captures a task, finds it in what is next, writes a list into its document, ticks it, and is done.
function M.capture_to_done(nvim, device)
  nvim.cmd('Heph capture')
  nvim.type_keys('Bake bread !red @kitchen', '<Esc>', ':wq<CR>')
  filed(nvim)
  local task = task_of(device, 'Bake bread')
  nvim.cmd('Heph next')
  nvim.line_of('● Bake bread  @kitchen')
  nvim.type_keys('<CR>')
  nvim.await("vim.b.heph_title == 'Bake bread'")
  nvim.type_keys('i', '- [ ] feed the starter<CR>- [ ] buy flour', '<Esc>')
  nvim.write()
  await_items(device, task.context, { 'feed the starter outstanding', 'buy flour outstanding' })
  nvim.type_keys('gg', '<CR>')
  nvim.await_text('- [x] feed the starter\n- [ ] buy flour')
  nvim.write()
  await_items(device, task.context, { 'feed the starter done', 'buy flour outstanding' })
  nvim.cmd('Heph done')
  Device.await('done', function()
    return device:rpc('node.get', { id = task.id }).task.state == 'done'
  end)
  nvim.cmd('Heph next')
  nvim.await_no_line('Bake bread')
  return task
end

--- Makes today's journal, by choosing the day.
function M.journal_of_today(nvim, device)
  nvim.answer('today, 2026-11-20')
  nvim.cmd('Heph journals')
  nvim.await("vim.b.heph_title == '2026-11-20'")
  nvim.type_keys('i', 'Baked bread.', '<Esc>')
  nvim.write()
  local journal = device:rpc('journal.open_or_create', { date = '2026-11-20' })
  assert(journal.kind == 'journal' and journal.body:match('^Baked bread%.'), journal.body)
  return journal
end

--- Goes from a note to the one that a link in it means.
function M.follow_a_link(nvim, device)
  local from = device:note('Index', 'All about [[Sourdough]].\n')
  local to = device:note('Sourdough', 'Flour, water, time.\n')
  nvim.cmd('edit heph://node/' .. from)
  nvim.type_keys('fS', '<CR>')
  nvim.await("vim.b.heph_title == 'Sourdough'")
  assert(nvim.text() == 'Flour, water, time.', nvim.text())
  assert(nvim.b.heph_id == to)
  return from, to
end

--- Does a task that repeats, with its list; the next time nothing is ticked, here and for others.
function M.list_of_what_repeats(nvim, device)
  nvim.cmd('Heph capture')
  nvim.type_keys('Clean the coffee machine do:today every week', '<C-s>')
  filed(nvim)
  local task = task_of(device, 'Clean the coffee machine')
  nvim.cmd('edit heph://node/' .. task.id)
  nvim.type_keys('i', '- [ ] descale<CR>- [ ] rinse', '<Esc>')
  nvim.write()
  nvim.type_keys('gg', '<CR>', 'j', '.')
  nvim.await_text('- [x] descale\n- [x] rinse')
  nvim.write()
  await_items(device, task.context, { 'descale done', 'rinse done' })
  nvim.cmd('Heph done')
  nvim.await_text('- [ ] descale\n- [ ] rinse')
  assert(not nvim.bo.modified)
  await_items(device, task.context, { 'descale outstanding', 'rinse outstanding' })
  local now = device:rpc('node.get', { id = task.id }).task
  assert(now.state == 'outstanding' and now.do_date['local'] == '2026-11-27', vim.inspect(now))
  local past = device:rpc('task.occurrences', { id = task.id }).past
  assert(past[#past].state == 'done' and past[#past].list[1].mark == 'x', vim.inspect(past))
  return task
end

--- Two devices of a hub: a note is open and changed on one, in insert mode, when the other one writes; so is a list.
function M.two_devices(nvim, device, other)
  local note = device:note('Shopping', '- [ ] milk\n- [ ] bread\n\nNotes\n')
  other:run('sync')
  nvim.cmd('edit heph://node/' .. note)
  nvim.type_keys('f[', 'lrx', 'G', 'A', ' on saturday')

  Device.await('the note on the other device', function()
    local came, found = pcall(other.body, other, note)
    return came and found
  end)
  other:write(note, '- [ ] milk\n- [x] bread\n- [ ] eggs\n\nNotes\n')
  Device.await('what the other one wrote', function()
    return device:body(note):match('eggs')
  end)
  nvim.await("require('heph.node').of().stale")
  nvim.type_keys(' morning', '<Esc>')
  nvim.await_text('- [x] milk\n- [x] bread\n- [ ] eggs\n\nNotes on saturday morning')
  nvim.type_keys('u')
  assert(nvim.text() == '- [x] milk\n- [ ] bread\n\nNotes on saturday morning', nvim.text())
  nvim.type_keys('<C-r>')
  nvim.write()
  Device.await('it on the other device', function()
    return other:body(note) == '- [x] milk\n- [x] bread\n- [ ] eggs\n\nNotes on saturday morning\n'
  end)
  return note
end

return M
