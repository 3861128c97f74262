-- Where Vim does not leave what was changed: one line says so, and nothing is lost.
local Device = require('device')
local equal = MiniTest.expect.equality

local T, device, nvim, open = require('notebook')()

--- What one line says of these keys; more than that would be what Lua says.
local function is_kept(keys, text, words)
  local buf = nvim.api.nvim_get_current_buf()
  nvim.cmd('messages clear')
  local function messages()
    return vim.trim(nvim.api.nvim_exec2('messages', { output = true }).output)
  end
  pcall(nvim.type_keys, keys)
  Device.await('what Vim says', function()
    return messages() ~= ''
  end)
  equal(messages(), words or 'heph: E37: No write since last change')
  equal({ nvim.api.nvim_get_current_buf(), nvim.text(), nvim.bo.modified }, { buf, text, true })
end

T['a note that was changed stays'] = function()
  local id = device:note('Other', 'other\n')
  open('Kept', 'to [[Other]]\n')
  nvim.cmd('set nohidden')
  nvim.type_keys('A', ' mine', '<Esc>', '0fO')
  local text = 'to [[Other]] mine'
  is_kept(':Heph next<CR>', text)
  is_kept('<CR>', text)
  is_kept(':Heph open Other<CR>', text)
  is_kept(':Heph journal<CR>', text)
  is_kept(':Heph note New one<CR>', text)
  device:write(id, 'another\n')
  nvim.cmd('write | Heph open Other')
  nvim.await_text('another')
end

T['a note that was changed is left where that is possible'] = MiniTest.new_set({
  parametrize = { { 'set nohidden autowrite' }, { 'set nohidden | split' }, { 'set hidden' } },
}, {
  test = function(how)
    local id = open('Left', 'x\n')
    local buf = nvim.api.nvim_get_current_buf()
    nvim.cmd(how)
    nvim.type_keys('A', ' mine', '<Esc>')
    nvim.cmd('Heph next')
    nvim.line_of('Nothing to do now.')
    equal(how:match('autowrite') and vim.trim(device:body(id)) or nvim.text(buf), 'x mine')
  end,
})

T['a window that is to keep its buffer keeps it'] = function()
  open('Fixed', 'x\n')
  nvim.cmd('set winfixbuf')
  nvim.type_keys('A', ' mine', '<Esc>')
  is_kept(':Heph next<CR>', 'x mine', "heph: E1513: Cannot switch buffer. 'winfixbuf' is enabled")
end

return T
