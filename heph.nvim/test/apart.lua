--- Two devices of a hub, that can be apart for a while.
local Device = require('device')

local M = {}

--- A port that nobody listens at.
local function free_port()
  local tcp = assert(vim.uv.new_tcp())
  assert(tcp:bind('127.0.0.1', 0))
  local port = tcp:getsockname().port
  tcp:close()
  return port
end

--- Makes a device a hub.
---@return string url
function M.hub(device)
  return vim.json.decode(device:run('hub', 'up', '--light', '--json', '--port', tostring(free_port()))).url
end

--- A second device, which shares a hub with this one.
---@param device table
---@return table phone
---@return string url of the hub
function M.with(device)
  local url = M.hub(Device.new({ HEPH_DEVICE_NAME = 'hub' }))
  local phone = Device.new({ HEPH_DEVICE_NAME = 'phone', HEPH_LIGHT = 'true' }):up()
  device:join(url)
  phone:join(url)
  return phone, url
end

--- Brings both to the same.
function M.meet(device, phone)
  device:rpc('sync.now')
  phone:rpc('sync.now')
  device:rpc('sync.now')
end

--- Has something done while the two do not hear of each other.
---@param act fun()
function M.while_apart(device, phone, url, act)
  M.meet(device, phone)
  phone:rpc('hub.leave')
  act()
  phone:rpc('hub.join', { url = url })
  M.meet(device, phone)
end

return M
