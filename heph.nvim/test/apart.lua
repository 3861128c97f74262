--- Two devices of a hub, that can be apart for a while.
local Device = require('device')

local M = {}

--- A port that nobody listens at, and that no connection is given by the system meanwhile: those are higher.
local function free_port()
  while true do
    local tcp = assert(vim.uv.new_tcp())
    local high, low = vim.uv.random(2):byte(1, 2)
    local port = 15000 + (high * 256 + low) % 17000
    local free = tcp:bind('127.0.0.1', port) and tcp:listen(1, function() end)
    tcp:close()
    if free then
      return port
    end
  end
end

--- Makes a device a hub.
---@return string url
function M.hub(device)
  return vim.json.decode(device:run('hub', 'up', '--light', '--json', '--port', tostring(free_port()))).url
end

--- Another device of a hub.
function M.another(name, url)
  local device = Device.new({ HEPH_DEVICE_NAME = name, HEPH_LIGHT = 'true' }):up()
  device:join(url)
  return device
end

--- Brings all to the same.
function M.meet(device, ...)
  for _, one in ipairs({ device, ... }) do
    one:rpc('sync.now')
  end
  device:rpc('sync.now')
end

local hub, phone -- the hub's address, and the other device: they run to the end, too

--- A second device, which shares a hub with this one until they part.
---@param device table
---@return table phone
---@return string url of the hub
function M.with(device)
  if not phone then
    phone = Device.new({ HEPH_DEVICE_NAME = 'phone', HEPH_LIGHT = 'true' })
    local is_up = phone:begin('up')
    hub = M.hub(Device.new({ HEPH_DEVICE_NAME = 'hub' }))
    is_up()
  end
  device:join(hub)
  phone:join(hub)
  M.meet(device, phone)
  return phone, hub
end

--- What the device does from now on the hub does not hear of.
function M.part(device)
  M.meet(device, phone)
  device:rpc('hub.leave')
end

--- Has something done while the two do not hear of each other.
---@param act fun()
function M.while_apart(device, other, url, act)
  M.meet(device, other)
  other:rpc('hub.leave')
  act()
  other:join(url)
  M.meet(device, other)
end

return M
