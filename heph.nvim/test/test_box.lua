-- Checkboxes: ticked and made where the daemon reads them.
local Device = require('device')
local equal = MiniTest.expect.equality

local T, device, nvim, open = require('notebook')()

--- Nothing becomes of it, and that is said.
local function is_refused(keys)
  nvim.cmd('messages clear')
  pcall(nvim.type_keys, keys)
  nvim.await("vim.api.nvim_exec2('messages', { output = true }).output:match('no checkbox can stand here') ~= nil")
end

T['for several lines'] = function()
  open('Several', '- [x] one\n- [ ] two\nplain\n\n* item\n')
  nvim.type_keys('Vj', 'gb')
  nvim.await_text('- [x] one\n- [x] two\nplain\n\n* item')
  nvim.type_keys('Vj', 'gb')
  nvim.await_text('- [ ] one\n- [ ] two\nplain\n\n* item')
  nvim.cmd('3,5Heph toggle')
  nvim.await_text('- [ ] one\n- [ ] two\n- [ ] plain\n\n* [ ] item')
end

--- What each line becomes by gb.
local LINES = {
  { '- [ ] one', '- [x] one' },
  { '- [x] one', '- [ ] one' },
  { '  * [ ] deep', '  * [x] deep' },
  { '1) [ ] numbered', '1) [x] numbered' },
  { '- [ ]', '- [x]' },
  { '- [/] half', '- [ ] half' },
  { '- [é] letter', '- [ ] letter' },
  { '> - [ ] quoted', '> - [x] quoted' },
  { '>- [ ] quoted', '>- [x] quoted' },
  { '> > 2. [ ] twice', '> > 2. [x] twice' },
  { '- - [ ] in a list', '- - [x] in a list' },
  { '- > - [ ] in both', '- > - [x] in both' },
  { '> - plain', '> - [ ] plain' },
  { '> plain', '> - [ ] plain' },
  { '> [!note] A callout', '> [!note] A callout' },
  { 'plain', '- [ ] plain' },
  { '* item', '* [ ] item' },
  { '3. item', '3. [ ] item' },
  { '- [ ]nospace', '- [ ] [ ]nospace' },
  { '- [x](y.md)', '- [ ] [x](y.md)' },
  { '[ ] no item', '- [ ] [ ] no item' },
  { '- []', '- [ ] []' },
  { '    - [ ] code', '    - [ ] code' },
  { '    code', '    code' },
}

T['are what the daemon says'] = function()
  local id = open('Agreed', 'x\n')
  local function items(text)
    return device:rpc('text.read', { id = id, body = text .. '\n' }).items
  end
  for _, pair in ipairs(LINES) do
    local line, wanted = pair[1], pair[2]
    nvim.api.nvim_buf_set_lines(0, 0, -1, false, { line })
    if line == wanted then
      is_refused('gb')
    else
      nvim.type_keys('gb')
    end
    nvim.await_text(wanted)
    local item, looks = items(line)[1], nvim.lua_get("require('heph.box').looks(...)", { line })
    if not line:match('^    ') then -- by a line alone nobody knows how deep it stands
      equal({ line, looks ~= vim.NIL and looks.mark or nil }, { line, item and item.mark })
    end
    equal({ line, #items(wanted) }, { line, wanted:find('%[[ x]%] ?') and not wanted:match('^    ') and 1 or 0 })
  end
  nvim.cmd('write')
end

local FENCED = '- [ ] one\n\n```\n- [ ] code\ncode\n```\n\n<!--\n- [ ] comment\n-->\n\n> [!todo] Callout\n> - [ ] in it\n> - item\n'

T['are none in code and comments'] = function()
  open('Fenced', FENCED)
  for _, line in ipairs({ 4, 5, 9 }) do
    is_refused(line .. 'Ggb')
    nvim.type_keys('<CR>')
    nvim.await(("vim.fn.line('.') == %d"):format(line + 1))
    equal(nvim.text() .. '\n', FENCED)
  end
  nvim.type_keys('ggVG', 'gb')
  nvim.await_text(vim.trim((FENCED:gsub('%[ %] one', '[x] one'):gsub('%[ %] in it', '[x] in it'))))
  nvim.type_keys('13G0', '<CR>')
  nvim.await("vim.fn.getline(13) == '> - [ ] in it'")
  nvim.type_keys('j', 'gb')
  nvim.await("vim.fn.getline(14) == '> - [ ] item'")
end

T['are known by their looks when the daemon is away'] = function()
  open('Alone', '- [ ] one\n> - [ ] two\nthree\n')
  device:pause()
  nvim.lua("vim.g.heph = { command = { 'false' } }")
  nvim.await("not require('heph.daemon').is_connected()")
  nvim.type_keys('<CR>')
  nvim.await("vim.fn.getline(1) == '- [x] one'")
  nvim.type_keys('j', '.')
  nvim.await("vim.fn.getline(2) == '> - [x] two'")
  nvim.type_keys('jgb')
  nvim.await("vim.fn.getline(3) == '- [ ] three'")
  device:up()
end

T['are ticked before what is typed behind'] = function()
  local id = open('Typed fast', '- [ ] one\n- [ ] two\n')
  nvim.type_keys('<CR>j.:w<CR>gbk2gb:w<CR>')
  Device.await('what was ticked, and cleared again', function()
    return device:body(id) == '- [x] one\n- [x] two\n'
  end)
  nvim.type_keys('2gb:w<CR>')
  Device.await('what was cleared', function()
    return device:body(id) == '- [ ] one\n- [ ] two\n'
  end)
end

T['are those of the lines that were meant, whatever comes in above'] = function()
  local id = open('Moved', '- [ ] one\n- [ ] two\n')
  nvim.lua([[
    local daemon = require('heph.daemon')
    local request = daemon.request
    daemon.request = function(method, params, callback)
      if method == 'text.read' and callback and not Once then
        Once = true
        return vim.defer_fn(function() request(method, params, callback) end, 500)
      end
      return request(method, params, callback)
    end]])
  nvim.type_keys('j', 'gb')
  device:write(id, 'zero\n- [ ] one\n- [ ] two\n')
  nvim.await_text('zero\n- [ ] one\n- [x] two')
end

return T
