-- Language features that look and change: hover, rename, symbols, diagnostics.
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

local function open(id)
  nvim.cmd('edit heph://node/' .. id)
  nvim.attached()
end

local function note(title, body)
  local id = device:note(title, body)
  open(id)
  return id
end

local function capture(line)
  return device:rpc('capture', { line = line }).task
end

T['hover'] = MiniTest.new_set()

T['hover']['shows the note, or the part of it, that a link leads to'] = function()
  local bread = device:note('Hot bread', '# Crust\n\nbrown\n\n# Crumb\n\nopen\n')
  device:rpc('alias.add', { id = bread, alias = 'Toast' })
  note('Hovering', '[[Toast]] [[hot bread#Crumb]] [[Nothing yet]] #warm plain\n')
  equal(nvim.hovered(), '**≡ Hot bread**\n*also: Toast*\n\n# Crust\n\nbrown\n\n# Crumb\n\nopen')
  nvim.type_keys('f#')
  equal(nvim.hovered(), '**≡ Hot bread**\n*also: Toast*\n\n# Crumb\n\nopen')
  nvim.type_keys('fN')
  equal(nvim.hovered(), "There is no note 'Nothing yet'. Following the link makes it.")
  nvim.type_keys('fw')
  equal(nvim.hovered(), '**#warm** · 1 found\n\n- Hovering')
  nvim.type_keys('fp')
  equal(nvim.hovered(), nil)
end

T['hover']['is the look at a completion item, too'] = function()
  device:note('Pizza stone', '---\nalias: Slab\n---\nhot\n')
  note('Choosing', 'x\n')
  nvim.type_keys('cc', '[[pizza sto')
  local item = nvim.ask('textDocument/completion').items[1]
  nvim.type_keys('<Esc>')
  equal(nvim.ask('completionItem/resolve', item).documentation.value, '**≡ Pizza stone**\n*also: Slab*\n\nhot')
end

T['hover']['shows a task of a link and of a list'] = function()
  local task = capture('Sharpen knives !red do:today late:1dec')
  device:write(task.task.context, 'whetstone\n')
  note('Kitchen', '[[Sharpen knives]]\n')
  local text = '**● Sharpen knives**\n*do today · late Tue 1 Dec*\n\nwhetstone'
  equal(nvim.hovered(), text)
  nvim.cmd('Heph list "Sharpen knives"')
  nvim.line_of('Sharpen')
  equal(nvim.hovered(), text)
end

T['symbols'] = MiniTest.new_set()

local function outline(symbols, indent)
  local lines = {}
  for _, symbol in ipairs(symbols) do
    table.insert(lines, ('%s%s %d-%d'):format(indent or '', symbol.name, symbol.range.start.line, symbol.range['end'].line))
    vim.list_extend(lines, outline(symbol.children or {}, (indent or '') .. ' '))
  end
  return lines
end

T['symbols']['of a note are its headings and boxes, each under its own'] = function()
  note('Outline', '- [ ] first\n# One\ntext\n- [x] done\n## Below\n- [ ] deep\n# Two\n')
  equal(outline(nvim.ask('textDocument/documentSymbol')), {
    '[ ] first 0-0',
    'One 1-6',
    ' [x] done 3-3',
    ' Below 4-6',
    '  [ ] deep 5-5',
    'Two 6-7',
  })
end

T['symbols']['of everything are titles and aliases'] = function()
  local id = device:note('Quick switch', '')
  device:rpc('alias.add', { id = id, alias = 'Hopping' })
  note('Start', 'x\n')
  local found = nvim.ask('workspace/symbol', { query = 'hopp' })
  local hit = found[1]
  equal({ hit.name, hit.containerName, hit.location.uri }, { 'Hopping', 'Quick switch', 'heph://node/' .. id .. '/Quick switch' })
end

T['rename'] = MiniTest.new_set()

local function rename(to)
  nvim.lua('vim.lsp.buf.rename(...)', { to })
end

local function await_title(id, title)
  Device.await(title, function()
    return device:rpc('node.get', { id = id }).title == title
  end)
end

T['rename']['of what no text names just renames; of a document its task'] = function()
  local id = note('Old one', 'x\n')
  rename('New one')
  await_title(id, 'New one')
  nvim.await("vim.b.heph_title == 'New one'")
  local task = capture('Paint fence')
  open(task.id)
  rename('Paint the fence')
  await_title(task.id, 'Paint the fence')
end

T['rename']['offers the old title to begin with, of the link under the cursor'] = function()
  device:note('Under cursor', '')
  note('Renaming', 'see [[under cursor|x]]\n')
  equal(nvim.ask('textDocument/prepareRename').placeholder, 'Renaming')
  nvim.type_keys('f|')
  equal(nvim.ask('textDocument/prepareRename'), {
    placeholder = 'Under cursor',
    range = { start = { line = 0, character = 6 }, ['end'] = { line = 0, character = 18 } },
  })
end

T['rename']['asks about texts that name it, and shows what they would read'] = MiniTest.new_set({
  parametrize = {
    { 'Rename, and rewrite the links in 1 note', 'Renamed', '[[Renamed]] and [[Renamed#a|b]]\n' },
    { 'Rename only: links by the old title still lead here', 'Renamed', '[[Named]] and [[named#a|b]]\n' },
    { 'nothing of that', 'Named', '[[Named]] and [[named#a|b]]\n' },
  },
}, {
  test = function(answer, title, body)
    local id = device:note('Named', '')
    local other = note('Naming', '[[Named]] and [[named#a|b]]\n')
    nvim.answer(answer)
    rename('Renamed')
    nvim.await('Asked ~= nil')
    equal(nvim.lua_get('Asked.prompt'):match('Naming: [^\n]*'), 'Naming: [[Renamed]] and [[Renamed#a|b]]')
    await_title(id, title)
    nvim.await_text(vim.trim(body))
    equal(device:body(other), body)
    device:rpc('node.tombstone', { ids = { id, other } })
  end,
})

T['rename']['shows each line once, cut around what changes'] = function()
  local long = ('日本 '):rep(20000)
  local id = device:note('Short', '')
  device:note('Long', long .. '[[Short]] ' .. long .. '\n[[Short]] and [[Short]]\n[[Short]] and [[Short]]\n[[Short]] ' .. long .. '\n')
  open(id)
  nvim.answer('nothing of that')
  rename('Shorter')
  nvim.await('Asked ~= nil')
  local lines = {}
  for _, line in ipairs(vim.split(nvim.lua_get('Asked.prompt'), '\n')) do
    equal({ line, vim.fn.strdisplaywidth(line) <= 80 }, { line, true })
    table.insert(lines, line:match('^  Long: (.*)$'))
  end
  equal(#lines, 3)
  equal(lines[1]:match('^…[日本 ]+%[%[Shorter%]%] [日本 ]+…$') ~= nil, true)
  equal(lines[2], '[[Shorter]] and [[Shorter]]')
  equal(lines[3]:match('^%[%[Shorter%]%] [日本 ]+…$') ~= nil, true)
end

T['rename']['in buffers, to look through and save'] = function()
  local id = device:note('Looked', 'also [[looked]] here\n')
  local other = device:note('Looking', '🍞 [[Looked]] and [the same](Looked.md)\n')
  device:rpc('alias.add', { id = id, alias = 'Seen' })
  local third = device:note('Third', '[[Seen]]\n')
  open(id)
  nvim.answer('Rename, and rewrite them in buffers, to look through and save')
  rename('Regarded')
  nvim.await_text('also [[Regarded]] here')
  equal(nvim.b.heph_title, 'Regarded')
  await_title(id, 'Regarded')
  equal(device:body(other), '🍞 [[Looked]] and [the same](Looked.md)\n')
  equal(#nvim.fn.getqflist(), 2)
  nvim.cmd('wall')
  equal({ device:body(id), device:body(other) }, { 'also [[Regarded]] here\n', '🍞 [[Regarded]] and [the same](Looked.md)\n' })
  equal(device:body(third), '[[Seen]]\n')
end

T['rename']['to what no link can hold is possible, without rewriting'] = function()
  local id = note('Sharp', 'x\n')
  nvim.answer('Rename only: links by the old title still lead here')
  rename('C# sharp')
  await_title(id, 'C# sharp')
  equal(nvim.lua_get('Asked.prompt'):match('^a wiki link cannot hold'), 'a wiki link cannot hold')
end

T['diagnostics'] = MiniTest.new_set()

local function await_said(wanted)
  local said
  local function say()
    said = nvim.lua_get([[vim.tbl_map(function(one)
      return ('%d:%d %s'):format(one.lnum, one.col, one.code)
    end, vim.diagnostic.get(0))]])
    return vim.deep_equal(said, wanted)
  end
  local went, why = pcall(Device.await, vim.inspect(wanted), say)
  if not went then
    error(why .. ', but: ' .. vim.inspect(said))
  end
end

T['diagnostics']['say which links lead nowhere or could mean several, as they are typed'] = function()
  device:note('Twin', '')
  device:note('twin', '')
  note('Diagnosed', '🍞 [[Twin]] [[Missing thing]] [[Diagnosed]] ![[picture.png]]\n')
  await_said({ '0:5 ambiguous', '0:14 unresolved' })
  nvim.type_keys('o', '[[Other thing]]', '<Esc>')
  await_said({ '0:5 ambiguous', '0:14 unresolved', '1:0 unresolved' })
  device:note('Missing thing', '')
  await_said({ '0:5 ambiguous', '1:0 unresolved' })
end

T['diagnostics']['follow a note of any title, through a rename and a reload'] = function()
  local id = note('50% of [it] #1', '[[Nowhere at all]]\n')
  await_said({ '0:0 unresolved' })
  device:rpc('node.update', { id = id, title = 'Another: 60% of *it* #2?' })
  nvim.await("vim.b.heph_title == 'Another: 60% of *it* #2?'")
  nvim.type_keys('O', '[[Nor here]]', '<Esc>')
  await_said({ '0:0 unresolved', '1:0 unresolved' })
  nvim.cmd('edit!')
  await_said({ '0:0 unresolved' })
  equal(nvim.ask('textDocument/documentSymbol'), {})
  equal(nvim.lua_get("#vim.tbl_filter(function(b) return vim.api.nvim_buf_get_name(b):match('^heph') end, vim.api.nvim_list_bufs())"), 1)
end

T['diagnostics']['say that a task is late'] = function()
  local task = capture('Renew the passport late:2026-11-18')
  open(task.id)
  await_said({ '0:0 late' })
  equal(nvim.lua_get('vim.diagnostic.get(0)[1].message'), 'this task is late since Wed 18 Nov')
  device:rpc('task.set_state', { id = task.id, state = 'done' })
  await_said({})
end

return T
