-- Language features of notes: completion, definition, references.
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

--- What is offered behind a text that stands in the line of the cursor.
local function offered(text)
  nvim.api.nvim_set_current_line(text)
  nvim.api.nvim_win_set_cursor(0, { nvim.fn.line('.'), #text })
  nvim.type_keys('A')
  local result = nvim.ask('textDocument/completion')
  nvim.type_keys('<Esc>')
  return vim.tbl_map(function(item)
    return item.textEdit.newText
  end, result.items), result.items
end

T['the server'] = MiniTest.new_set()

T['the server']['can be stopped, and starts again with the next note'] = function()
  note('Stopped', 'x\n')
  nvim.lua("vim.lsp.stop_client(vim.lsp.get_clients({ name = 'heph' }))")
  nvim.await("#vim.lsp.get_clients({ name = 'heph' }) == 0")
  note('Started', 'x\n')
  equal(offered('[[Stopped'), { '[[Stopped]]' })
end

T['the server']['need not be there'] = function()
  nvim.lua('vim.g.heph = { lsp = false }')
  nvim.cmd('edit heph://node/' .. device:note('Without', 'x\n'))
  nvim.await('vim.b.heph_id ~= nil')
  equal(nvim.lua_get("#vim.lsp.get_clients({ name = 'heph' })"), 0)
  equal(nvim.bo.omnifunc:match('heph'), nil)
end

T['completion'] = MiniTest.new_set()

T['completion']['of a title finds words in the middle, aliases and what is not there yet'] = function()
  device:note('Rye sourdough bread', '')
  local loaf = device:note('Loaves of Ostfriesland', '')
  device:rpc('alias.add', { id = loaf, alias = 'Sour black bread' })
  note('Completing', 'x\n')
  equal(offered('see [[sourdough'), { '[[Rye sourdough bread]]', '[[sourdough]]' })
  equal(offered('see [[black br'), { '[[Loaves of Ostfriesland|Sour black bread]]', '[[black br]]' })
  local _, items = offered('🍞 [[Rye sourdough bread')
  equal(#items, 1)
  equal(items[1].textEdit.range, { start = { line = 0, character = 3 }, ['end'] = { line = 0, character = 24 } })
end

T['completion']['does not close brackets twice, and offers nothing in plain text'] = function()
  device:note('Oven', '')
  note('Closed', 'x\n')
  nvim.api.nvim_set_current_line('[[Oven]]')
  nvim.api.nvim_win_set_cursor(0, { 1, 6 })
  nvim.type_keys('i')
  equal(nvim.ask('textDocument/completion').items[1].textEdit.newText, '[[Oven')
  nvim.type_keys('<Esc>')
  equal(offered('plain text'), {})
  equal(offered('[[Oven]] and'), {})
end

T['completion']['leaves out a title that no link can hold'] = function()
  device:note('C# [draft]', '')
  note('Unfit', 'x\n')
  equal(offered('[[draft'), { '[[draft]]' })
end

T['completion']['of one of several of the same title means that very one, and says its path'] = function()
  local ids = device:import({
    ['Plan.md'] = 'x',
    ['projects/Plan.md'] = 'x',
    ['old/archive/Plan.md'] = 'x',
    ['old/Plan.md'] = 'x',
    ['other/Plan B.md'] = '---\nalias: Plan\n---\n',
    ['projects/From.md'] = 'x',
  })
  local bare, older = device:note('Plan', 'x\n'), device:note('Twin note', 'x\n')
  local last = device:note('Twin note', 'x\n')
  device:rpc('alias.add', { id = last, alias = 'Other twin' })
  open(ids['projects/From.md'])
  local function leads(text)
    local link = device:rpc('text.read', { id = ids['projects/From.md'], body = text }).links[1]
    return { link.dst, link.others }
  end
  local texts, items = offered('see [[plan')
  local by_path = {}
  for at, item in ipairs(items) do
    by_path[item.detail or ''] = texts[at]
    equal(leads(texts[at]), { item.data })
  end
  equal(by_path, {
    ['projects/Plan.md'] = '[[projects/Plan]]',
    ['old/archive/Plan.md'] = '[[archive/Plan]]',
    ['old/Plan.md'] = '[[old/Plan]]',
    ['Plan B'] = '[[Plan B|Plan]]',
  })
  equal(
    vim.tbl_contains(
      vim.tbl_map(function(item)
        return item.data
      end, items),
      bare
    ),
    false
  ) -- no link could mean it
  texts, items = offered('see [[twin note')
  local by_id = {}
  for at, item in ipairs(items) do
    by_id[item.data] = texts[at]
  end
  equal(by_id, { [older] = '[[Twin note]]', [last] = '[[Other twin|Twin note]]' })
end

T['completion']['of a tag'] = function()
  device:note('Tagged', '#kitchen/oven #kitten #garden\n')
  note('Tagging', 'x\n')
  equal(offered('a #kit'), { '#kitten', '#kitchen/oven' })
  equal(offered('#gard'), { '#garden' })
  equal(offered('a#gard'), {})
end

T['completion']['of a heading, of another note and of this one'] = function()
  device:note('Recipe', '# Flour\n\n## Rye [dark]\n\n# Water\n')
  note('Cooking', '# Own part\n\n')
  nvim.type_keys('G')
  equal(offered('[[recipe#'), { '[[recipe#Flour]]', '[[recipe#Rye dark]]', '[[recipe#Water]]' })
  equal(offered('[[Recipe#wa'), { '[[Recipe#Water]]' })
  equal(offered('[[#ow'), { '[[#Own part]]' })
  equal(offered('[[Nowhere#'), {})
end

T['completion']['of a block, by its id and its words'] = function()
  device:note('Method', '# Dough\n\nknead it ^step-1\n\n- rest\n- bake it hot ^step-2\n\n```\nno block ^code\n```\n')
  note('Notes', 'mine ^own\n\n\n')
  nvim.type_keys('G')
  local texts, items = offered('see [[method#^')
  equal(texts, { '[[method#^step-1]]', '[[method#^step-2]]' })
  equal({ items[2].label, items[2].detail }, { '^step-2', '- bake it hot' })
  equal(offered('[[Method#^2'), { '[[Method#^step-2]]' })
  equal(offered('[[Method#^hot'), { '[[Method#^step-2]]' })
  equal(offered('[[#^o'), { '[[#^own]]' })
  nvim.api.nvim_set_current_line('[[Method#^step-2]]')
  nvim.type_keys('0ll')
  nvim.lua('vim.lsp.buf.definition()')
  nvim.await("vim.b.heph_title == 'Method'")
  nvim.await("vim.fn.line('.') == 6")
  nvim.cmd('wall')
end

T['completion']['of tags and projects in the capture window'] = function()
  device:rpc('project.create', { name = 'Summer house' })
  device:note('Some tag', '#cellar\n')
  nvim.cmd('Heph capture')
  nvim.attached()
  nvim.type_keys('Paint @hou')
  local result = nvim.ask('textDocument/completion')
  equal(result.items[1].textEdit.newText, '@"Summer house"')
  nvim.type_keys(' #cell')
  equal(nvim.ask('textDocument/completion').items[1].textEdit.newText, '#cellar')
  nvim.type_keys('<Esc>', 'q')
end

T['completion']['as one types, by what Neovim has for that'] = function()
  if nvim.fn.has('nvim-0.11') == 0 then
    MiniTest.skip('there is none before 0.11')
  end
  device:note('Rolling pin', '')
  note('Typing', 'x\n')
  nvim.lua([[
    vim.o.completeopt = 'menuone,noselect'
    local client = vim.lsp.get_clients({ bufnr = 0, name = 'heph' })[1]
    vim.lsp.completion.enable(true, client.id, 0, { autotrigger = true })]])
  nvim.type_keys('cc', 'a [', '[')
  nvim.await('vim.fn.pumvisible() == 1')
  for _, typed in ipairs({ 'p', 'pi', 'pin' }) do
    nvim.type_keys(typed:sub(-1))
    nvim.await(("vim.fn.getline('.') == 'a [[%s' and vim.fn.pumvisible() == 1"):format(typed)) -- it goes, and comes again
  end
  nvim.await("vim.fn.complete_info({ 'items' }).items[1].abbr == 'Rolling pin'")
  nvim.type_keys('<C-n>', '<C-y>', '<Esc>')
  nvim.await_text('a [[Rolling pin]]')
end

T['completion']['by CTRL-X CTRL-O takes what was found by any word'] = function()
  device:note('Baking stone', '')
  note('Omni', 'x\n')
  nvim.type_keys('cc', 'the [[stone', '<C-x><C-o>')
  nvim.await('vim.fn.pumvisible() == 1')
  nvim.type_keys('<C-y>', '<Esc>')
  nvim.await_text('the [[Baking stone]]')
end

T['completion']['by CTRL-X CTRL-O that finds nothing leaves what is typed, also when it is ended'] = function()
  note('Omni', 'x\n')
  nvim.type_keys('cc', 'A and #nosuchtag', '<C-x><C-o>', '<C-e>', '!', '<Esc>')
  equal(nvim.text():match('^A and #nosuchtag'), 'A and #nosuchtag')
end

T['definition'] = MiniTest.new_set()

T['definition']['goes where the link leads, to its heading, also unsaved'] = function()
  device:note('Target', 'one\n\n# Part\n\ntwo\n')
  note('From', 'x\n')
  nvim.type_keys('cc', 'see [[target#part|it]]', '<Esc>', '0fp')
  nvim.lua('vim.lsp.buf.definition()')
  nvim.await("vim.b.heph_title == 'Target'")
  nvim.await("vim.fn.line('.') == 3")
  nvim.cmd('write')
end

T['definition']['of a link to a task is its document, and of nothing nothing'] = function()
  device:rpc('capture', { line = 'Fix the roof' })
  note('Jobs', '[[Fix the roof]] [[Ghost]]\n')
  equal(nvim.ask('textDocument/definition').uri:match('[^/]*$'), 'Fix the roof')
  nvim.type_keys('fG')
  equal(nvim.ask('textDocument/definition'), vim.NIL)
end

T['definition']['of a link that may mean several lists them, the one that is meant first'] = function()
  local first = device:note('Twice', 'one\n')
  local second = device:note('Twice', 'two\n')
  note('Asks', '[[Twice]]\n')
  equal(
    vim.tbl_map(function(location)
      return location.uri:match('node/(%w+)')
    end, nvim.ask('textDocument/definition')),
    { first, second }
  )
end

T['references'] = MiniTest.new_set()

local function referring()
  return vim.tbl_map(function(location)
    return ('%s:%d:%d'):format(location.uri:match('[^/]*$'), location.range.start.line, location.range.start.character)
  end, nvim.ask('textDocument/references', { context = { includeDeclaration = true } }))
end

T['references']['of this note, and of the note under the cursor'] = function()
  local hub = device:note('Hub', 'on its own\n')
  device:note('One', 'x\n🍞 [[Hub]] and [[hub|again]]\n`[[Hub]]`\n')
  device:note('Two', '[the hub](Hub.md) [[Spoke]]\n')
  open(hub)
  equal(referring(), { 'Two:0:0', 'One:1:3', 'One:1:15' })
  note('Spoke', 'about [[Hub]]\n')
  equal(referring(), { 'Two:0:18' })
  nvim.type_keys('fH')
  equal(referring(), { 'Spoke:0:6', 'Two:0:0', 'One:1:3', 'One:1:15' })
end

T['references']['show in the quickfix list with their lines'] = function()
  local hub = device:note('Listed', '')
  device:note('Reader', 'x\nsee [[Listed]] here\n')
  device:note('Other reader', '[[Listed]]\n')
  open(hub)
  nvim.lua('vim.lsp.buf.references()')
  nvim.await('#vim.fn.getqflist() == 2')
  local lines = vim.tbl_map(function(entry)
    return entry.text
  end, nvim.fn.getqflist())
  table.sort(lines) -- Neovim has an order of its own for buffers
  equal(lines, { '[[Listed]]', 'see [[Listed]] here' })
  nvim.await("vim.bo.buftype == 'quickfix' and vim.wo.conceallevel == 2")
  local screen = tostring(nvim.get_screenshot())
  equal({ screen:match('Reader|2') ~= nil, screen:match('heph:[^\n]*|%d') }, { true })
end

return T
