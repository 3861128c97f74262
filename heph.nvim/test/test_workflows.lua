-- The workflows of a day, each in a home of its own, seen by the daemon and in the buffer.
local Device, Editor, workflows = require('device'), require('editor'), require('workflows')

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
      Device.all_down()
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

--- A port that nobody listens at.
local function free_port()
  local tcp = assert(vim.uv.new_tcp())
  assert(tcp:bind('127.0.0.1', 0))
  local port = tcp:getsockname().port
  tcp:close()
  return port
end

T['two devices and a hub'] = function()
  local hub = Device.new({ HEPH_DEVICE_NAME = 'hub' })
  local url = vim.json.decode(hub:run('hub', 'up', '--light', '--json', '--port', tostring(free_port()))).url
  local phone = Device.new({ HEPH_DEVICE_NAME = 'phone', HEPH_LIGHT = 'true' }):up()
  device:join(url)
  phone:join(url)
  workflows.two_devices(nvim, device, phone)
end

return T
