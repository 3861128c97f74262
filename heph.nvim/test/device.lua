--- A device for a test: the real processes in a home of their own, with a clock that starts at a known moment. It can be asked like by
--- a surface beside the editor.
local Connection = require('heph.rpc')

local Device = {}
Device.__index = Device

local up = {}

--- Friday.
Device.NOW = '2026-11-20T09:00:00Z'
local PATIENCE_MS = 20000

Device.program = vim.env.HEPH or vim.fn.fnamemodify(debug.getinfo(1, 'S').source:sub(2), ':p:h:h:h') .. '/heph'

--- Waits for something to hold.
---@param what string
---@param holds fun(): any
---@return any what it held
function Device.await(what, holds)
  local value
  if not vim.wait(PATIENCE_MS, function()
    value = holds()
    return value
  end, 1) then
    error('waited in vain: ' .. what, 2)
  end
  return value
end

--- Begins a command on the device.
---@return fun(): string waits for its end, and gives what it said
function Device:begin(...)
  local words = { ... }
  local running = vim.system({ Device.program, ... }, { env = self.environment, text = true })
  return function()
    local result = running:wait()
    if result.code ~= 0 then
      error(('heph %s: %s'):format(table.concat(words, ' '), result.stderr))
    end
    return result.stdout
  end
end

--- Runs a command on the device, and gives what it said.
function Device:run(...)
  return self:begin(...)()
end

--- A device that runs.
---@param environment? table<string, string>
function Device.new(environment)
  local home = vim.uv.fs_mkdtemp(vim.uv.os_tmpdir() .. '/heph-nvim-XXXXXX')
  local self = setmetatable({ home = home, socket = home .. '/run/hephd.sock' }, Device)
  local usual = { HEPH_HOME = home, HEPH_TEST_NOW = Device.NOW, HEPH_ZONE = 'UTC', HEPH_DEVICE_NAME = 'laptop' }
  self.environment = vim.tbl_extend('force', usual, environment or {})
  up[self] = true
  return self
end

function Device:up()
  self:run('up')
  return self
end

local shared

--- The device of tests that need none of their own: four processes that run to the end, with nothing on it for each who asks.
function Device.shared()
  shared = shared or Device.new():up()
  shared:empty()
  return shared
end

--- Deletes all that is on it, and what Neovim kept there.
function Device:empty()
  vim.fn.delete(self.home .. '/vim', 'rf')
  local ids = vim.tbl_map(function(node)
    return node.id
  end, self:rpc('node.list', { limit = 10000 }).nodes)
  if #ids > 0 then
    self:rpc('node.tombstone', { ids = ids })
  end
end

--- The environment of a Neovim that is used on this device.
function Device:use()
  for name, value in pairs(self.environment) do
    vim.env[name] = value
  end
  vim.env.XDG_STATE_HOME, vim.env.XDG_CACHE_HOME, vim.env.XDG_DATA_HOME = self.home .. '/vim', self.home .. '/vim', self.home .. '/vim'
end

--- Ends the device, and all that is on it.
---@return fun() waits for that
local function ending(self)
  if self.connection then
    self.connection:close('the test ends')
    self.connection = nil
  end
  if not up[self] then
    return function() end
  end
  up[self] = nil
  local is_down = self:begin('down')
  return function()
    pcall(is_down)
    vim.fn.delete(self.home, 'rf')
  end
end

--- The device is not needed any more, nor anything on it.
function Device:down()
  ending(self)()
end

--- Ends the daemon for a while.
function Device:pause()
  self.connection = nil
  self:run('down')
end

function Device.all_down()
  for _, is_down in ipairs(vim.tbl_map(ending, vim.tbl_keys(up))) do
    is_down()
  end
end

local function connect(self)
  Connection.open_at(self.socket, {
    notified = function() end,
    closed = function()
      self.connection = nil
    end,
  }, function(err, connection)
    self.failed, self.connection = err, connection
  end)
  Device.await('a connection to ' .. self.socket, function()
    return self.connection or self.failed
  end)
  assert(self.connection, self.failed)
end

--- Asks what another surface would ask.
function Device:rpc(method, params)
  if not self.connection then
    connect(self)
  end
  local done, failed, result = false, nil, nil
  self.connection:request(method, params, 'another surface', function(err, answer)
    done, failed, result = true, err, answer
  end)
  Device.await(method, function()
    return done
  end)
  if failed then
    error(method .. ': ' .. failed.message, 2)
  end
  return result
end

--- Makes this a device of a hub that listens at that address.
function Device:join(url)
  self:rpc('hub.join', { url = url })
end

--- A new note's id.
function Device:note(title, body)
  return self:rpc('node.create', { kind = 'doc', title = title, body = body }).id
end

function Device:body(id)
  return self:rpc('node.get', { id = id }).body
end

--- Writes as somebody else would, who has the newest version.
function Device:write(id, body)
  return self:rpc('node.update', { id = id, body = body })
end

local folders = 0

--- Notes that come from the files of a folder.
---@param files table<string, string> by path
---@return table<string, string> ids, by path
---@return string folder its name
function Device:import(files)
  folders = folders + 1
  local name = ('vault%d'):format(folders)
  local folder = self.home .. '/' .. name
  for path, text in pairs(files) do
    vim.fn.mkdir(vim.fs.dirname(folder .. '/' .. path), 'p')
    vim.fn.writefile(vim.split(text, '\n'), folder .. '/' .. path)
  end
  self:rpc('import', { path = folder })
  local ids = {}
  for _, node in ipairs(self:rpc('node.list', { limit = 1000 }).nodes) do
    if node.source and node.source.vault == name then
      ids[node.source.path] = node.id
    end
  end
  return ids, name
end

return Device
