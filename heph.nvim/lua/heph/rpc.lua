--- Newline-delimited JSON-RPC 2.0 on a unix socket: one connection, from its opening to its end.
--- What comes is read in libuv's callbacks and handed over, in its order, on the main loop.

---@class heph.Error
---@field message string one line for a person
---@field data? {reason?: string, candidates?: table[]}

---@alias heph.Callback fun(err?: heph.Error, result?: any)

---@class heph.Listener
---@field notified fun(method: string, params: table)
---@field closed fun(why: string)

---@class heph.Connection
---@field private pipe uv.uv_pipe_t
---@field private listener heph.Listener
---@field private waiting table<integer, heph.Callback> the callbacks of requests without an answer, by id
---@field private last integer the id of the last request
---@field private oldest integer no request before it waits
---@field private line string[] the pieces of the line that is coming in
---@field private came table[] messages that are to be handed over
---@field private open boolean
local Connection = {}
Connection.__index = Connection

--- Opens a connection.
---@param path string of the socket
---@param listener heph.Listener
---@param opened fun(err?: string, connection?: heph.Connection)
function Connection.open_at(path, listener, opened)
  local pipe = assert(vim.uv.new_pipe(false))
  local self = { pipe = pipe, listener = listener, waiting = {}, last = 0, oldest = 1, line = {}, came = {}, open = true }
  setmetatable(self, Connection)
  pipe:connect(path, function(err)
    if err then
      pipe:close()
      return vim.schedule(function()
        opened(err)
      end)
    end
    pipe:read_start(function(failed, data)
      if failed or not data then
        self:close(failed or 'the daemon ended it')
      else
        self:read(data)
      end
    end)
    vim.schedule(function()
      opened(nil, self)
    end)
  end)
end

--- Lines end at a byte, so a letter that is cut in two between reads is whole again; pieces are joined once.
---@private
function Connection:read(data)
  local from = 1
  for stop in data:gmatch('()\n') do
    table.insert(self.line, data:sub(from, stop - 1))
    self:take(table.concat(self.line))
    self.line, from = {}, stop + 1
  end
  if from <= #data then
    table.insert(self.line, data:sub(from))
  end
end

---@private
function Connection:take(line)
  if line == '' then
    return
  end
  -- Not in arrays: a null there would make a hole.
  local read, message = pcall(vim.json.decode, line, { luanil = { object = true, array = false } })
  if not read or type(message) ~= 'table' then
    return self:close('what came is no JSON')
  end
  table.insert(self.came, message)
  if #self.came == 1 then
    vim.schedule(function()
      self:hand_over()
    end)
  end
end

---@private
function Connection:hand_over()
  local came = self.came
  self.came = {}
  for _, message in ipairs(came) do
    if message.method then
      self.listener.notified(message.method, message.params or {})
    else
      self:answer(message)
    end
  end
end

---@private
function Connection:answer(message)
  local id = message.id
  if id == nil and message.error then
    -- It could not be read, not even its id: it is the oldest one, since answers come in the order of requests.
    while self.oldest < self.last and not self.waiting[self.oldest] do
      self.oldest = self.oldest + 1
    end
    id = self.oldest
  end
  local callback = id and self.waiting[id]
  if callback then
    self.waiting[id] = nil
    callback(message.error, message.result)
  end
end

--- Asks; the callback is called once, on the main loop, with the answer or with what is in its way.
---@param method string
---@param params? table
---@param client string who asks, which comes back as the origin of changes
---@param callback heph.Callback
function Connection:request(method, params, client, callback)
  self.last = self.last + 1
  self.waiting[self.last] = callback
  local request = { jsonrpc = '2.0', id = self.last, method = method, client = client }
  if params and next(params) ~= nil then
    request.params = params -- an empty table would be written as an array
  end
  self.pipe:write(vim.json.encode(request) .. '\n', function(err)
    if err then
      self:close(err)
    end
  end)
end

--- Ends it: whoever waits is told so.
---@param why string
function Connection:close(why)
  if not self.open then
    return
  end
  self.open = false
  if not self.pipe:is_closing() then
    self.pipe:close()
  end
  vim.schedule(function()
    self:hand_over()
    local waiting = self.waiting
    self.waiting = {}
    self.listener.closed(why)
    for _, callback in pairs(waiting) do
      callback({ message = 'the connection to heph broke: what was asked may or may not be done', data = { reason = 'away' } })
    end
  end)
end

function Connection:is_open()
  return self.open
end

return Connection
