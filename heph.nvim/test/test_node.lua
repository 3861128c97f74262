-- Buffers of notes, against the real daemon.
local Device, Editor = require('device'), require('editor')
local equal = MiniTest.expect.equality

local device, nvim = nil, Editor.new()

local T = MiniTest.new_set({
  hooks = {
    pre_once = function()
      device = Device.new():up()
    end,
    pre_case = function()
      nvim.begin(device)
    end,
    post_once = function()
      nvim.stop()
      device:down()
    end,
  },
})

local function open(title, body)
  local id = device:note(title, body)
  nvim.cmd('edit heph://node/' .. id)
  return id
end

T['opens, is edited and saved'] = function()
  local id = open('Alpha', '# Alpha\n\n- [ ] one\n')
  equal(nvim.text(), '# Alpha\n\n- [ ] one')
  equal(nvim.bo.buftype, 'acwrite')
  equal(nvim.bo.filetype, 'markdown')
  nvim.type_keys('G', 'o', '- [ ] two', '<Esc>')
  equal(nvim.bo.modified, true)
  nvim.write()
  equal(nvim.bo.modified, false)
  equal(device:body(id), '# Alpha\n\n- [ ] one\n- [ ] two\n')
end

return T
