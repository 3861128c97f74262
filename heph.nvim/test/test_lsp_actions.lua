-- What can be done to tasks, boxes, links and lines where the cursor stands: code actions.
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

T['code actions'] = MiniTest.new_set()

local function offered(params)
  local range = nvim.lua_get("vim.lsp.util.make_range_params(0, 'utf-16').range")
  local context = { diagnostics = vim.empty_dict() }
  return nvim.ask('textDocument/codeAction', vim.tbl_extend('force', { context = context, range = range }, params or {}))
end

local function titles_of(actions)
  return vim.tbl_map(function(action)
    return action.title
  end, actions)
end

--- Carries out the one of that title, as a person would who chooses it.
local function choose(title, selection)
  nvim.lua(
    [[
    local title = ...
    vim.lsp.buf.code_action({ apply = true, filter = function(action)
      return action.title == title
    end })]],
    { title, selection }
  )
end

T['code actions']['do to a task what lists do, from its document and from a list'] = function()
  local task = capture('Mend the sock')
  open(task.id)
  choose('Red: Mend the sock')
  Device.await('red', function()
    return device:rpc('node.get', { id = task.id }).task.attention == 'red'
  end)
  nvim.cmd('Heph list "Mend the sock"')
  nvim.line_of('Mend')
  nvim.answer('tomorrow')
  choose('Do it on…: Mend the sock')
  Device.await('a date', function()
    local date = device:rpc('node.get', { id = task.id }).task.do_date
    return date ~= vim.NIL and date and date['local'] == '2026-11-21'
  end)
  equal(titles_of(offered())[1], 'Done: Mend the sock')
  choose('Done: Mend the sock')
  Device.await('done', function()
    return device:rpc('node.get', { id = task.id }).task.state == 'done'
  end)
  open(task.id)
  equal(titles_of(offered())[1], 'To be done again: Mend the sock')
  open(capture('Stretch a bit every day').id)
  equal(vim.list_slice(titles_of(offered()), 1, 3), { 'Done: Stretch a bit', 'Drop: Stretch a bit', 'Skip this date: Stretch a bit' })
end

T['code actions']['do to a task what was chosen, though the list changed meanwhile'] = function()
  local task = capture('Zeal of bees #meanwhile')
  nvim.cmd('Heph list #meanwhile')
  nvim.line_of('Zeal')
  nvim.lua([[
    vim.ui.select = function(items, options, chosen)
      Shown = options.format_item(items[1])
      Choose = function()
        chosen(items[1], 1)
      end
    end
    vim.lsp.buf.code_action()]])
  nvim.await('Shown ~= nil')
  capture('Always before !red #meanwhile')
  nvim.line_of('Always before')
  nvim.await("vim.fn.getline(1):match('Always before')")
  nvim.lua('Choose()')
  Device.await('done', function()
    return device:rpc('node.get', { id = task.id }).task.state == 'done'
  end)
  equal(nvim.lua_get('Shown'):match('Done: Zeal of bees'), 'Done: Zeal of bees')
end

T['code actions']['fit the rows of every list'] = function()
  capture('Quince jelly')
  local doc = device:note('Quince tree', 'quince\n')
  nvim.cmd('Heph search quince')
  nvim.line_of('Quince jelly')
  equal(titles_of(offered())[1], 'Done: Quince jelly')
  nvim.line_of('Quince tree')
  equal(offered(), {})
  equal(nvim.hovered(), '**≡ Quince tree**\n\nquince')
  nvim.cmd('edit heph://history/' .. doc .. '/Quince\\ tree')
  nvim.line_of('laptop')
  equal(offered(), {})
end

T['code actions']['promote a box, and not what is promoted'] = function()
  local id = note('Boxes', '- [ ] milk\n- [ ] milk\n')
  nvim.type_keys('jA', ' two', '<Esc>')
  choose('Promote to a task: milk two')
  Device.await('a task', function()
    local found = device:rpc('task.list', { where = '"milk two"' }).tasks
    return #found == 1 and found[1].title == 'milk two'
  end)
  equal(device:body(id), '- [ ] milk\n- [ ] milk two\n')
  equal(offered(), {})
end

T['code actions']['make the note that a link wants'] = function()
  note('Wanting', '[[Wanted now]] [[Wanting]]\n')
  local actions = offered()
  equal({ #actions, actions[1].title, actions[1].kind }, { 1, "Make the note 'Wanted now'", 'quickfix' })
  choose("Make the note 'Wanted now'")
  Device.await('the note', function()
    return device:rpc('node.resolve', { name = 'Wanted now' }).match == 'one'
  end)
  equal(offered({ context = { diagnostics = vim.empty_dict(), only = { 'refactor' } } }), {})
end

T['code actions']['make a link of a selection'] = function()
  note('Selecting', '🍞 rye bread here\n')
  nvim.type_keys('frve')
  nvim.type_keys('e')
  choose('Make it a link: [[rye bread]]')
  nvim.await_text('🍞 [[rye bread]] here')
end

T['code actions']['extract lines to a note'] = function()
  note('Long', 'before\n## The part\n\n🍞 text\nafter\n')
  nvim.answer('The part')
  nvim.type_keys('jV2j')
  choose('Extract it to a new note…')
  nvim.await_text('before\n[[The part]]\nafter')
  local made = device:rpc('node.resolve', { name = 'The part' }).node
  equal(device:body(made.id), '## The part\n\n🍞 text\n')
  nvim.type_keys('<Esc>', 'u')
  equal(nvim.text(), 'before\n## The part\n\n🍞 text\nafter')
end

T['code actions']['extract nothing under a title that is taken'] = function()
  device:note('Taken', '')
  note('Short', 'one\ntwo\n')
  nvim.answer('Taken')
  nvim.type_keys('V')
  choose('Extract it to a new note…')
  nvim.await("vim.fn.execute('messages'):match('called .Taken. already') ~= nil")
  equal(nvim.text(), 'one\ntwo')
end

T['code actions']['extract nothing else when the text changed while the title was typed'] = function()
  local id = note('Moving', 'one\ntwo\nthree\n')
  nvim.lua([[vim.ui.input = function(_, entered)
    Enter = function()
      entered('Moved')
    end
  end]])
  nvim.type_keys('GV')
  choose('Extract it to a new note…')
  nvim.await('Enter ~= nil')
  nvim.type_keys('<Esc>')
  device:write(id, 'one\n')
  nvim.await_text('one')
  nvim.lua('Enter()')
  nvim.await("vim.fn.execute('messages'):match('changed meanwhile') ~= nil")
  equal(device:rpc('node.resolve', { name = 'Moved' }).match, 'none')
  equal(nvim.text(), 'one')
end

return T
