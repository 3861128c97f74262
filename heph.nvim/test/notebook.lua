--- What tests of notes begin with: a Neovim beside the device that all tests share, which is empty before each of them.
local Device, Editor = require('device'), require('editor')

---@return table set of mini.test
---@return table device
---@return table nvim
---@return fun(title: string, body: string): string open makes a note and shows it
return function()
  local nvim = Editor.new()
  local device = {} -- the shared one from the first test on: if it does not start, these tests fail, and not the whole run
  local set = MiniTest.new_set({
    hooks = {
      pre_once = function()
        local shared = Device.shared()
        setmetatable(device, { __index = shared, __newindex = shared })
      end,
      pre_case = function()
        device:empty()
        nvim.begin(device)
      end,
      post_once = function()
        nvim.stop()
      end,
    },
  })
  return set,
    device,
    nvim,
    function(title, body)
      local id = device:note(title, body)
      nvim.cmd('edit heph://node/' .. id)
      return id
    end
end
