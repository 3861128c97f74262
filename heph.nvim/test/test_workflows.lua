-- The workflows of a day, each in a home of its own, seen by the daemon and in the buffer.
local Apart, Device, Editor, workflows = require('apart'), require('device'), require('editor'), require('workflows')

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

T['capture, what is next, document, list, done'] = function()
  workflows.capture_to_done(nvim, device)
end

T["today's journal by choosing the day"] = function()
  workflows.journal_of_today(nvim, device)
end

T['a link is followed'] = function()
  workflows.follow_a_link(nvim, device)
end

T['a task that repeats has a fresh list'] = function()
  workflows.list_of_what_repeats(nvim, device)
end

T['two devices and a hub'] = function()
  local phone = Apart.with(device)
  workflows.two_devices(nvim, device, phone)
  Apart.part(device)
end

return T
