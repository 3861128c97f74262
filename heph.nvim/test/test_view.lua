-- Lists: what they show, and what is done on their lines.
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
    post_case = function()
      for _, task in ipairs(device:rpc('task.list', { limit = 1000 }).tasks) do
        device:rpc('task.set_state', { id = task.id, state = 'dropped' })
      end
    end,
    post_once = function()
      nvim.stop()
    end,
  },
})

local function capture(line)
  return device:rpc('capture', { line = line }).task.id
end

local function task(id)
  return device:rpc('node.get', { id = id }).task
end

local function await_task(id, field, value)
  Device.await(('%s %s, not %s'):format(field, vim.inspect(value), vim.inspect(task(id)[field])), function()
    local now = task(id)[field]
    return vim.deep_equal(type(now) == 'table' and now['local'] or now, value)
  end)
end

T['what is next is shown in columns, without ids'] = function()
  capture('Pay the rent !red @house late:1dec')
  capture('Call Bob #people')
  capture('Water plants every day do:today')
  nvim.cmd('Heph')
  nvim.line_of('Call Bob')
  equal(
    nvim.text(),
    table.concat({
      '● Pay the rent  @house  late Tue 1 Dec',
      '○ Water plants  do today  ↻ every day',
      '○ Call Bob',
    }, '\n')
  )
  equal(nvim.b.heph_title, 'Next')
  equal(nvim.b.heph_info, '1 red')
  equal(nvim.bo.modifiable, false)
end

--- Everything that is said from here on, kept or not.
local function listen()
  nvim.cmd('messages clear')
  nvim.lua([[Said, Echo = {}, Echo or vim.api.nvim_echo
    vim.api.nvim_echo = function(chunks, ...)
      table.insert(Said, chunks[1][1])
      return Echo(chunks, ...)
    end]])
end

local function messages()
  return nvim.lua_get("vim.api.nvim_exec2('messages', { output = true }).output .. '\\n' .. table.concat(Said, '\\n')")
end

--- What is said, and nothing of what would have been said had it been done.
local function is_said(wanted, never)
  Device.await(('%q in %q'):format(wanted, messages()), function()
    return messages():find(wanted, 1, true) ~= nil
  end)
  equal(messages():find(never, 1, true), nil)
  equal(messages():find('stack traceback', 1, true), nil)
end

T['what cannot be done is said, and not that it was'] = MiniTest.new_set({
  parametrize = { { 'does not repeat', 's', 'skipped' }, { 'hub', ':Heph sync<CR>', 'synced' }, { 'nothing', '<C-r>', 'Redid' } },
}, {
  test = function(wanted, keys, never)
    listen()
    capture('Ask Ann')
    nvim.cmd('Heph')
    nvim.line_of('Ask Ann')
    pcall(nvim.type_keys, keys)
    is_said(wanted, never)
    pcall(nvim.type_keys, ':Heph toggle<CR>')
    is_said('nothing can be written here', never)
  end,
})

T['the next date of what repeats is said as a day'] = function()
  listen()
  capture('Water plants every 3 days')
  nvim.cmd('Heph')
  nvim.line_of('Water plants')
  nvim.type_keys('d')
  is_said('Water plants: done, next ', 'next today')
end

T['a line is acted on'] = MiniTest.new_set({
  parametrize = {
    { 'd', false, 'state', 'done' },
    { 'x', false, 'state', 'dropped' },
    { '!o', false, 'attention', 'orange' },
    { '!b', false, 'attention', 'blue' },
    { 't', false, 'do_date', '2026-11-21' },
    { 'D', 'next week', 'do_date', '2026-11-23' },
    { 'D', 'fri 17:00', 'do_date', '2026-11-27T17:00' },
    { 'L', '1 dec', 'late_on', '2026-12-01' },
  },
}, {
  test = function(key, answer, field, value)
    local other, id = capture('Another one'), capture('This one')
    local before = task(other)
    nvim.cmd('Heph next')
    nvim.answer(answer or nil)
    nvim.line_of('This one')
    nvim.type_keys(key)
    await_task(id, field, value)
    equal(task(other), before)
    if answer then
      equal(nvim.lua_get('Asked.prompt'):match('This one'), 'This one')
    end
  end,
})

T['a task is moved into a project, also a new one'] = function()
  local first, second = capture('First @garden'), capture('Second')
  nvim.cmd('Heph next')
  nvim.answer('garden')
  nvim.line_of('Second')
  nvim.type_keys('m')
  await_task(second, 'project', task(first).project)
  nvim.cmd('Heph project garden')
  nvim.line_of('Second')
  nvim.cmd('Heph move attic')
  nvim.await_no_line('Second')
  nvim.line_of('First')
end

T['a dot does it again, a selection does it to several as one action, u takes that back'] = function()
  local ids = { capture('One'), capture('Two'), capture('Three') }
  nvim.cmd('Heph list')
  nvim.line_of('Three')
  nvim.answer('fri')
  nvim.line_of('One')
  nvim.type_keys('D')
  await_task(ids[1], 'do_date', '2026-11-27')
  nvim.answer('mon')
  nvim.line_of('Two')
  nvim.type_keys('.')
  await_task(ids[2], 'do_date', '2026-11-27')
  nvim.type_keys('gg', 'VG', 'd')
  for _, id in ipairs(ids) do
    await_task(id, 'state', 'done')
  end
  nvim.await_no_line('One')
  nvim.type_keys('u')
  for _, id in ipairs(ids) do
    await_task(id, 'state', 'outstanding')
  end
  nvim.line_of('Two')
end

T['a count takes so many lines, a dot as many'] = function()
  local ids = { capture('A'), capture('B'), capture('C'), capture('D'), capture('E') }
  nvim.cmd('Heph list')
  nvim.line_of('○ E')
  nvim.line_of('○ A')
  nvim.type_keys('2', '!r')
  await_task(ids[1], 'attention', 'red')
  await_task(ids[2], 'attention', 'red')
  equal(task(ids[3]).attention, 'white')
  nvim.line_of('○ C')
  nvim.type_keys('.')
  await_task(ids[3], 'attention', 'red')
  await_task(ids[4], 'attention', 'red')
  equal(task(ids[5]).attention, 'white')
end

T['undo and redo say what they would do, and do it when a person agrees'] = function()
  local id = capture('Paint the fence')
  device:rpc('task.set_state', { id = id, state = 'done' })
  nvim.answer('Leave it')
  nvim.cmd('Heph undo')
  nvim.await('Asked ~= nil')
  equal(nvim.lua_get('Asked.prompt'):match('^Undo: .*Paint the fence') ~= nil, true)
  equal(task(id).state, 'done')
  nvim.answer('Undo')
  nvim.cmd('Heph undo')
  await_task(id, 'state', 'outstanding')
  nvim.answer('Do again')
  nvim.cmd('Heph redo')
  await_task(id, 'state', 'done')
end

T['the cursor stays on its task, whatever comes above it'] = function()
  local id = capture('Steady')
  nvim.cmd('Heph next')
  nvim.line_of('Steady')
  capture('Urgent !red')
  Device.await('the urgent one', function()
    return nvim.text():match('Urgent')
  end)
  equal(nvim.api.nvim_get_current_line(), '○ Steady')
  nvim.type_keys('d')
  await_task(id, 'state', 'done')
end

T['a task that others took away stays under the cursor, so that its neighbour is not meant'] = function()
  local gone, neighbour = capture('Gone soon'), capture('Neighbour')
  nvim.cmd('Heph next')
  nvim.line_of('Gone soon')
  device:rpc('task.set_state', { id = gone, state = 'done' })
  nvim.line_of('Gone soon  not in this list any more')
  nvim.type_keys('x')
  await_task(gone, 'state', 'dropped')
  equal(task(neighbour).state, 'outstanding')
  nvim.line_of('Neighbour')
  nvim.await_no_line('Gone soon')
end

T['the log takes a line, and the buffer stays as it is'] = function()
  local id = capture('Boiler')
  local context = task(id).context
  nvim.cmd('edit heph://node/' .. context)
  nvim.type_keys('i', 'unsaved', '<Esc>')
  local before = { nvim.text(), nvim.api.nvim_win_get_cursor(0), nvim.bo.modified, nvim.api.nvim_get_current_buf() }
  nvim.cmd('Heph log called the plumber')
  Device.await('the entry', function()
    local entries = device:rpc('log.list', { id = id })
    return #entries == 1 and entries[1].text == 'called the plumber'
  end)
  equal({ nvim.text(), nvim.api.nvim_win_get_cursor(0), nvim.bo.modified, nvim.api.nvim_get_current_buf() }, before)
  nvim.cmd('Heph next')
  nvim.answer('he comes on friday')
  nvim.line_of('Boiler')
  nvim.type_keys('a')
  Device.await('the second entry', function()
    return #device:rpc('log.list', { id = id }) == 2
  end)
end

T['enter opens the document, more shows more, q closes'] = function()
  for n = 1, 7 do
    capture('Task ' .. n)
  end
  nvim.cmd('Heph next')
  nvim.line_of('Task 5')
  equal(nvim.b.heph_info:match('2 more'), '2 more')
  nvim.type_keys('+')
  nvim.line_of('Task 7')
  nvim.type_keys('<CR>')
  nvim.await("vim.b.heph_title == 'Task 7'")
  equal(nvim.bo.filetype, 'markdown')
end

T['every list'] = MiniTest.new_set({
  parametrize = {
    { 'today', 'Today', '○ Planned' },
    { 'inbox', 'Inbox', '○ Loose' },
    { 'on-deck', 'On deck', '◌ Someday' },
    { 'list #home', 'Tasks #home', '○ Tagged' },
    { 'project house', 'Project house', '○ Housed' },
    { 'search flour', 'Search flour', '≡ Bread' },
    { 'next house', 'Next in house', '○ Housed' },
  },
}, {
  test = function(command, title, line)
    capture('Planned do:today #x')
    capture('Loose')
    capture('Someday !later #x')
    capture('Tagged #home')
    capture('Housed @house')
    if command == 'search flour' then
      device:note('Bread', 'flour and water\n')
    end
    nvim.cmd('Heph ' .. command)
    nvim.line_of(line)
    equal(nvim.b.heph_title, title)
    equal(#nvim.api.nvim_buf_get_lines(0, 0, -1, false), 1)
  end,
})

T['an empty list and a wrong filter say so'] = function()
  nvim.cmd('Heph list #nothing')
  nvim.line_of('No task matches.')
  nvim.type_keys('d')
  nvim.cmd('Heph list do:frday')
  nvim.line_of('frday')
end

T['help lists the keys'] = function()
  nvim.cmd('Heph next')
  nvim.type_keys('g?')
  nvim.line_of('do-date, in words')
  nvim.type_keys('q')
  equal(nvim.b.heph_title, 'Next')
end

return T
