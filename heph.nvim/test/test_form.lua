-- Ends of lines as Windows has them, and byte order marks: options of the buffer, and kept.
local Device = require('device')
local equal = MiniTest.expect.equality

local T, device, nvim, open = require('notebook')()

local BOM = '\239\187\191'

--- What a body is in a buffer.
local FORMS = {
  { 'a\r\nb\r\n', 'a\nb', 'dos', false },
  { 'a\r\n\r\nb', 'a\n\nb', 'dos', false },
  { 'a\r\r\nb\rc\r\n', 'a\r\nb\rc', 'dos', false },
  { '\r\n\r\n', '\n', 'dos', false },
  { '\r\n', '\r', 'unix', false },
  { 'a\r\nb\n', 'a\r\nb', 'unix', false },
  { '\na\r\n', '\na\r', 'unix', false },
  { 'a\r\nb\r', 'a\r\nb\r', 'unix', false },
  { 'a\r', 'a\r', 'unix', false },
  { BOM .. 'a\nb\n', 'a\nb', 'unix', true },
  { BOM .. 'a\r\nb\r\n', 'a\nb', 'dos', true },
  { BOM, '', 'unix', true },
  { BOM .. BOM .. 'a', BOM .. 'a', 'unix', true },
  { BOM .. '\n', BOM, 'unix', false },
}

T['a body is shown by options, and kept'] = MiniTest.new_set({ parametrize = FORMS }, {
  test = function(body, text, fileformat, bomb)
    local id = open('Form', body)
    equal({ nvim.text(), nvim.bo.fileformat, nvim.bo.bomb, nvim.bo.modified }, { text, fileformat, bomb, false })
    equal(nvim.lua_get("require('heph.edit').text(0)"), body)
    nvim.type_keys('ix<Esc>')
    nvim.write()
    local at = bomb and 4 or 1
    local written = body:sub(1, at - 1) .. 'x' .. body:sub(at) .. (body == BOM and '\n' or '') -- as in any note that was empty
    equal(device:body(id), written)
    equal(nvim.bo.modified, false)
    nvim.cmd('edit!')
    nvim.write()
    equal(device:body(id), written)
  end,
})

T['a line that is added ends as the others do, and the format can be changed'] = function()
  local id = open('Windows', BOM .. 'a\r\nb\r\n')
  nvim.type_keys('o', 'new', '<Esc>')
  nvim.write()
  equal(device:body(id), BOM .. 'a\r\nnew\r\nb\r\n')
  nvim.cmd('set fileformat=unix nobomb')
  equal(nvim.bo.modified, true)
  nvim.write()
  equal({ device:body(id), nvim.bo.modified }, { 'a\nnew\nb\n', false })
end

T['a change from elsewhere'] = MiniTest.new_set()

T['a change from elsewhere']['keeps the cursor and is undone, whatever becomes of the ends'] = MiniTest.new_set({
  parametrize = {
    { BOM .. 'zero\r\none two\r\nthree\r\n' },
    { 'zero\none two\nthree\n' },
    { 'zero\r\none two\nthree\n' },
    { 'ONE two\r\nthree' },
  },
}, {
  test = function(theirs)
    local before = BOM .. 'one two\r\nthree\r\n'
    local id = open('Merged', before)
    local function text()
      return nvim.lua_get("require('heph.edit').text(0)")
    end
    nvim.type_keys('jA', ' mine', '<Esc>')
    local mine = text()
    equal(mine, BOM .. 'one two\r\nthree mine\r\n')
    device:write(id, theirs)
    local merged = theirs:gsub('three', 'three mine')
    Device.await(vim.inspect(merged), function()
      return text() == merged
    end)
    equal({ nvim.under_cursor(), nvim.bo.modified }, { 'e', true })
    nvim.type_keys('u')
    equal(text(), mine)
    nvim.type_keys('u')
    equal({ text(), nvim.bo.modified }, { before, false })
    nvim.type_keys('<C-r><C-r>')
    equal(text(), merged)
    nvim.write()
    equal(device:body(id), merged)
  end,
})

T['links and colours stand where they are seen'] = function()
  device:note('Target', 'x\n')
  open('Marked', BOM .. '[[Target]] x\r\n[[Target]]\r\n')
  nvim.attached()
  nvim.type_keys('8l')
  equal(nvim.ask('textDocument/definition').uri:match('[^/]*$'), 'Target')
  nvim.type_keys('2l')
  equal(nvim.ask('textDocument/definition'), vim.NIL)
  nvim.type_keys('ix', '<Esc>')
  equal(nvim.ask('textDocument/definition'), vim.NIL)
  nvim.type_keys('0')
  equal(nvim.ask('textDocument/definition').uri:match('[^/]*$'), 'Target')
  nvim.cmd('write')
end

return T
