-- <CR> in a note: it goes where the store and the language server say.
local Device = require('device')
local equal = MiniTest.expect.equality

local T, device, nvim, open = require('notebook')()

local function said()
  return nvim.api.nvim_exec2('messages', { output = true }).output
end

T['enter'] = MiniTest.new_set()

T['enter']['follows a link, to a heading as well'] = function()
  device:note('Target', 'first\n\n# Part\n\ntext\n')
  open('Source', 'see [[Target#Part|there]] now\n')
  nvim.type_keys('fT', '<CR>')
  nvim.await("vim.b.heph_title == 'Target'")
  nvim.await("vim.fn.line('.') == 3")
  nvim.type_keys('<C-o>')
  nvim.await("vim.b.heph_title == 'Source'")
end

T['enter']['offers to make what is not there'] = function()
  open('Wishes', 'see [[Never written]]\n')
  nvim.answer('Leave it')
  nvim.type_keys('fN', '<CR>')
  nvim.await('Asked ~= nil')
  equal(device:rpc('node.resolve', { name = 'Never written' }).match, 'none')
  nvim.answer('Create it')
  nvim.type_keys('<CR>')
  nvim.await("vim.b.heph_title == 'Never written'")
  equal(device:rpc('node.resolve', { name = 'Never written' }).match, 'one')
end

T['enter']['asks which of several is meant'] = function()
  device:note('Same', 'one\n')
  local two = device:note('Same', 'two\n')
  open('Which', '[[Same]]\n')
  nvim.answer('nothing')
  nvim.type_keys('fS', '<CR>')
  nvim.await('Asked ~= nil')
  local items = nvim.lua_get('Asked.items')
  equal({ #items, items[2]:match('^Same  …%w+$') }, { 2, 'Same  …' .. two:sub(-6) })
  nvim.answer(items[2])
  nvim.type_keys('<CR>')
  nvim.await_text('two')
end

T['enter']['ticks a box, and a dot the next'] = function()
  local id = open('Boxes', '- [ ] one\n- [ ] two\n1. [x] three\n')
  nvim.type_keys('<CR>', 'j', '.', 'j', '<CR>')
  nvim.await_text('- [x] one\n- [x] two\n1. [ ] three')
  nvim.write()
  local items = device:rpc('item.list', { container = id })
  equal({ items[1].state, items[2].state, items[3].state }, { 'done', 'done', 'outstanding' })
end

T['enter']['searches for a tag'] = function()
  open('Tagged note', 'about #garden/roses.\n')
  nvim.type_keys('f#', '<CR>')
  nvim.await("vim.b.heph_title == 'Search #garden/roses'")
  nvim.line_of('Tagged note')
end

T['enter']['is what it was elsewhere, and can be turned off'] = function()
  open('Plain', 'one\ntwo\n')
  nvim.type_keys('<CR>')
  equal(nvim.fn.line('.'), 2)
  nvim.lua("require('heph').setup({ enter = false })")
  nvim.cmd('edit!')
  open('Off', '- [ ] one\ntwo\n')
  nvim.type_keys('<CR>')
  equal(nvim.text(), '- [ ] one\ntwo')
  equal(nvim.fn.line('.'), 2)
  nvim.cmd('nmap <buffer> gf <Plug>(heph-enter)')
  nvim.type_keys('gg', 'gf')
  nvim.await_text('- [x] one\ntwo')
end

T['enter']['makes a link of what is selected'] = function()
  open('Linking', 'see größere Töpfe here\n')
  nvim.type_keys('w', 'vee', '<CR>')
  equal(nvim.text(), 'see [[größere Töpfe]] here')
  equal(nvim.fn.mode(), 'n')
end

local PLANS = {
  ['Plan.md'] = 'at the top',
  ['projects/Plan.md'] = 'of projects',
  ['archive/Plan.md'] = 'of the archive',
  ['archive/My plan.md'] = '# Part one\n\n# Part two\n',
}

--- A line of a note in projects/, where in it the cursor is put, and what it leads to.
local LEADS = {
  { '[[Plan]]', 'Pl', 'projects/Plan.md' },
  { '[[archive/Plan]] x', 'Pl', 'archive/Plan.md' },
  { '[[archive/Plan|the old]]', 'old', 'archive/Plan.md' },
  { '[x](../archive/Plan.md)', 'x', 'archive/Plan.md' },
  { '[x](../Plan.md) and [[archive/Plan]]', 'x', 'Plan.md' },
  { '[x](<../archive/My plan.md>)', 'My', 'archive/My plan.md' },
  { '[x](../archive/My%20plan.md#part-two)', 'My', 'archive/My plan.md', 3 },
  { '[the ref][r]', 'ref', 'archive/Plan.md' },
  { '[r] alone', 'r', 'archive/Plan.md' },
  { '![[archive/Plan]]', 'Pl', 'archive/Plan.md' },
  { '🍞 [[My plan#Part two]]', 'two', 'archive/My plan.md', 3 },
  { 'x `[[Plan]]` y', 'Plan' },
  { 'x [[Plan]', 'Plan' },
  { '<!-- [[Plan]] -->', 'Plan' },
  { '\\[[Plan]]', 'Plan' },
  { '    [[Plan]]', 'Plan' },
}

T['enter']['goes where the definition is, as it is typed or saved'] = MiniTest.new_set({ parametrize = { { true }, { false } } }, {
  test = function(typed)
    local files, lines = vim.deepcopy(PLANS), {}
    for _, one in ipairs(LEADS) do
      vim.list_extend(lines, { one[1], '' })
    end
    vim.list_extend(lines, { '```', '[[Plan]] [x](../Plan.md)', '```', '', '[r]: ../archive/Plan.md', 'the end' })
    files['projects/From.md'] = typed and 'x' or table.concat(lines, '\n')
    local ids = device:import(files)
    nvim.cmd('edit heph://node/' .. ids['projects/From.md'])
    if typed then
      nvim.api.nvim_buf_set_lines(0, 0, -1, false, lines)
      nvim.cmd('set hidden')
    end
    local function enters(line, words, path, there)
      nvim.cmd('buffer heph://node/' .. ids['projects/From.md'])
      nvim.api.nvim_win_set_cursor(0, { line, lines[line]:find(words, 1, true) - 1 })
      local answer = nvim.ask('textDocument/definition')
      local uri = answer ~= vim.NIL and answer.uri or nil
      nvim.type_keys('<CR>')
      if path then
        equal({ lines[line], (uri or ''):match('node/([^/]*)') }, { lines[line], ids[path] })
        nvim.await(("vim.b.heph_id == '%s'"):format(ids[path]))
        nvim.await(("vim.fn.line('.') == %d"):format(there or 1))
      else
        equal({ lines[line], uri }, { lines[line] })
        nvim.await(("vim.fn.line('.') == %d"):format(line + 1))
        equal(nvim.b.heph_id, ids['projects/From.md'])
      end
    end
    for at, one in ipairs(LEADS) do
      enters(2 * at - 1, one[2], one[3], one[4])
    end
    enters(2 * #LEADS + 2, 'Plan')
    enters(2 * #LEADS + 2, 'x')
  end,
})

T['enter']['says of a file that it is none of the notes, and makes none'] = function()
  local ids, folder =
    device:import({ ['a/Files.md'] = '![[photo.png]]\n\n[pdf](files/b.pdf) ![x](</c d.png>)\n\n`[pdf](files/b.pdf)`\n\nend' })
  nvim.cmd('edit heph://node/' .. ids['a/Files.md'])
  nvim.answer('Create it')
  local function says(keys, words)
    nvim.cmd('messages clear')
    nvim.type_keys(keys)
    local why = select(2, pcall(nvim.type_keys, '<CR>'))
    Device.await(words .. ', not ' .. tostring(why) .. said(), function()
      return said():find(words, 1, true)
    end)
  end
  says('fp', ("photo.png is a file, and heph keeps none: it stayed in the folder '%s', which this note came from"):format(folder))
  says('2jfp', ("files/b.pdf is a file, and heph keeps none: it stayed in the folder '%s', at a/files/b.pdf"):format(folder))
  says('fx', ("/c d.png is a file, and heph keeps none: it stayed in the folder '%s', at c d.png"):format(folder))
  nvim.type_keys('2j0fp', '<CR>')
  nvim.await("vim.fn.line('.') == 6")
  open('No folder', '![[photo.png]]\n')
  says('fp', 'photo.png is a file, and heph keeps none')
  equal(nvim.lua_get('Asked == nil'), true)
end

T['enter']['opens addresses, and headings of this note, but none in code'] = function()
  local web = 'https://heph.example/a?b=c'
  open('Addresses', ('see %s.\n\n[web](%s) <%s> [x][w]\n\n`%s`\n\n[it](#end)\n\n# End\n\n[w]: %s\n'):format(web, web, web, web, web))
  nvim.lua('vim.ui.open = function(address) Opened = address return nil, nil end')
  local function opens(keys)
    nvim.lua('Opened = nil')
    nvim.type_keys(keys, '<CR>')
    nvim.await('Opened ~= nil')
    equal(nvim.lua_get('Opened'), web)
  end
  opens('fh')
  opens('2j0fw')
  opens('f<lt>')
  opens('fx')
  opens('G')
  nvim.lua('Opened = nil')
  nvim.type_keys('5G0fh', '<CR>')
  nvim.await("vim.fn.line('.') == 6")
  equal(nvim.lua_get('Opened == nil'), true)
  nvim.type_keys('7G0fi', '<CR>')
  nvim.await("vim.fn.line('.') == 9")
end

T['enter']['offers to make what is not there by its name, and says when a folder is in the way'] = function()
  local ids = device:import({ ['a/Wanting.md'] = '[[b/New note#Part]] [x](<../b/Other note.md>) `[[Code]]`' })
  nvim.cmd('edit heph://node/' .. ids['a/Wanting.md'])
  nvim.answer('Leave it')
  nvim.type_keys('fN', '<CR>')
  nvim.await("Asked and Asked.prompt:match('^There is no note \\'New note\\'%. A new one lies in no folder')")
  nvim.lua('Asked = nil')
  nvim.type_keys('fx', '<CR>')
  nvim.await("Asked and Asked.prompt:match('^There is no note \\'Other note\\'')")
  nvim.lua('Asked = nil')
end

T['enter']['shows the paths of several that are meant'] = function()
  local ids = device:import({ ['a/Twin.md'] = 'a', ['b/Twin.md'] = 'b', ['c/From.md'] = '[[Twin]]' })
  nvim.cmd('edit heph://node/' .. ids['c/From.md'])
  nvim.answer('Twin  b/Twin.md')
  nvim.type_keys('fT', '<CR>')
  nvim.await_text('b')
  local items = nvim.lua_get('Asked.items')
  table.sort(items)
  equal(items, { 'Twin  a/Twin.md', 'Twin  b/Twin.md' })
end

T['enter']['takes a count where there is nothing to follow'] = function()
  open('Counted', 'one\n[plain]\nthree\nfour\n')
  nvim.type_keys('j', '2<CR>')
  nvim.await("vim.fn.line('.') == 4")
end

return T
