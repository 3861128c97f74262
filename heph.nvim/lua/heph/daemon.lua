--- The daemon, as the editor sees it: one connection, made when something is first asked, made again when it breaks. A daemon that
--- does not run is started when somebody asks for something, not before.
local Connection = require('heph.rpc')
local config = require('heph.config')

local M = {}

local FIRST_PAUSE_MS, LONGEST_PAUSE_MS = 50, 2000

--- A daemon that is being started is given its time, but not for ever.
local LONGEST_WAIT_MS = 120000

--- Tells the changes of this editor from those of others.
M.client = 'nvim ' .. vim.uv.os_getpid()

local connection ---@type heph.Connection?
local socket ---@type string? where it said that it listens
local busy = false -- connecting, starting, or waiting for either
local starting = false
local later = false -- whether it will be tried again by itself
local pause_ms = FIRST_PAUSE_MS
local quiet = false -- what is asked now is nothing that a person asked for
local asked = {} ---@type {method: string, params?: table, callback: heph.Callback, quiet: boolean}[] what waits for a connection
local listeners = {} ---@type table<string, fun(params: table)[]>

local connect, try_later -- below: they need each other

--- Calls a function whenever something happens: 'node.changed', 'progress', 'missed' (changes may have gone by unheard, also at the
--- first connection), 'lost'.
---@param event string
---@param callback fun(params: table)
function M.on(event, callback)
  listeners[event] = listeners[event] or {}
  table.insert(listeners[event], callback)
end

--- Does something for a person, or not: what it asks, also later in its callbacks, is asked for the same.
local function as(quietly, work, ...)
  local before = quiet
  quiet = quietly
  local done, why = pcall(work, ...)
  quiet = before
  if not done then
    error(why, 0)
  end
end

--- Does something that no person asked for. It starts no daemon: who said `heph down` meant it.
---@param work fun(...)
function M.quietly(work, ...)
  as(true, work, ...)
end

local function tell(event, params)
  for _, callback in ipairs(listeners[event] or {}) do
    M.quietly(callback, params)
  end
end

local function announce(pattern, data)
  vim.api.nvim_exec_autocmds('User', { pattern = pattern, data = data, modeline = false })
end

local function fail_all(message)
  local failed = asked
  asked = {}
  for _, request in ipairs(failed) do
    request.callback({ message = message, data = { reason = 'away' } })
  end
end

--- Where the daemon of this environment listens (docs/reference/settings.md), as long as it has not said so itself.
---@return string
local function usual_socket()
  local home, runtime = vim.env.HEPH_HOME or '', vim.env.XDG_RUNTIME_DIR or ''
  if home ~= '' then
    return vim.fs.normalize(home) .. '/run/hephd.sock'
  elseif runtime:sub(1, 1) == '/' then
    return runtime .. '/heph/hephd.sock'
  end
  return vim.fs.normalize('~/.local/state/heph/run/hephd.sock')
end

--- The command line program.
---@return string[]?
function M.command()
  local set = config.get().command
  if set then
    return set
  elseif vim.fn.executable('heph') == 1 then
    return { 'heph' }
  end
  local checkout = vim.fs.normalize(vim.fs.dirname(debug.getinfo(1, 'S').source:sub(2)) .. '/../../../heph')
  return vim.fn.executable(checkout) == 1 and { checkout } or nil
end

--- Runs the command line program.
---@param words string[]
---@param done fun(code: integer, out: string, err: string) on the main loop
local function run(words, done)
  local command = M.command()
  if not command then
    return done(127, '', "heph is not in the PATH: install it, or set vim.g.heph = { command = { '/path/to/heph' } }")
  end
  local line = vim.list_extend(vim.deepcopy(command), words)
  local ran, why = pcall(vim.system, line, { text = true }, function(result)
    vim.schedule(function()
      done(result.code, result.stdout or '', vim.trim(result.stderr or ''))
    end)
  end)
  if not ran then
    done(127, '', ('cannot run %s: %s'):format(command[1], why))
  end
end

--- Starts the daemon, or finds that it runs; then it says where it listens.
local function start()
  starting = true
  vim.api.nvim_echo({ { 'heph: starting the daemon…' } }, false, {})
  run({ 'up' }, function(code, _, err)
    if code ~= 0 then
      busy, starting = false, false
      local last = err:match('[^\n]*$')
      fail_all(last ~= '' and last:gsub('^heph: ', '') or 'heph up failed')
      return try_later()
    end
    run({ 'status', '--json' }, function(_, out)
      local read, status = pcall(vim.json.decode, out)
      socket = read and status.socket or socket
      busy, starting = false, false
      connect(true)
    end)
  end)
end

local function opened(established)
  connection, busy, pause_ms = established, false, FIRST_PAUSE_MS
  established:request('node.subscribe', nil, M.client, function(err)
    if not err then
      tell('missed', {})
    end
  end)
  local queued = asked
  asked = {}
  for _, request in ipairs(queued) do
    established:request(request.method, request.params, M.client, request.callback)
  end
  announce('HephConnected', {})
end

---@type heph.Listener
local listener = {
  notified = function(method, params)
    if method == 'changes.missed' then
      tell('missed', {})
    else
      tell(method, params)
      if method == 'node.changed' then
        announce('HephNodeChanged', params)
      end
    end
  end,
  closed = function(why)
    connection = nil
    tell('lost', { why = why })
    announce('HephDisconnected', {})
    try_later()
  end,
}

local function is_wanted()
  return vim.iter(asked):any(function(request)
    return not request.quiet
  end)
end

---@param started? boolean whether it was started just now, so that there is no use in starting it
function connect(started)
  if connection or busy then
    return
  end
  busy = true
  Connection.open_at(socket or usual_socket(), listener, function(err, established)
    if established then
      opened(established)
    elseif is_wanted() and not started then
      start()
    else
      busy = false
      fail_all('heph does not answer: ' .. tostring(err) .. '. See: heph status')
      try_later()
    end
  end)
end

--- Somebody may start it, and what is shown is to live on then.
function try_later()
  if later then
    return
  end
  later = true
  vim.defer_fn(function()
    later = false
    connect()
  end, pause_ms)
  pause_ms = math.min(pause_ms * 2, LONGEST_PAUSE_MS)
end

--- Asks the daemon. The callback is called once, on the main loop.
---@param method string
---@param params? table
---@param callback? heph.Callback without, an error is shown
function M.request(method, params, callback)
  callback = callback or M.shown
  local quietly = quiet
  local function answered(...)
    as(quietly, callback, ...)
  end
  if connection and connection:is_open() then
    connection:request(method, params, M.client, answered)
  else
    table.insert(asked, { method = method, params = params, callback = answered, quiet = quietly })
    connect()
  end
end

--- Asks and waits; what comes in is heard meanwhile, what is typed waits too. Only for what must be done before the editor goes on.
---@param method string
---@param params? table
---@param patience_ms? integer without, that of the configuration, and as long as it takes to start the daemon besides
---@return heph.Error?
---@return any
function M.wait(method, params, patience_ms)
  local done, err, result = false, nil, nil
  M.request(method, params, function(failed, answer)
    done, err, result = true, failed, answer
  end)
  local patience = patience_ms or config.get().patience_ms
  local give_up = vim.uv.now() + patience
  vim.wait(LONGEST_WAIT_MS, function()
    if starting and not patience_ms then
      give_up = vim.uv.now() + patience
    end
    return done or vim.uv.now() > give_up
  end, 2)
  if not done then
    local waited = ('heph has not answered for %.1f s: it may or may not be done'):format(patience / 1000)
    return { message = waited, data = { reason = 'timeout' } }
  end
  return err, result
end

--- Connects to a daemon that runs, now or as soon as one does; starts none.
function M.listen()
  connect()
end

--- Where the daemon listens, or would.
---@return string
function M.socket()
  return socket or usual_socket()
end

---@return boolean
function M.is_connected()
  return connection ~= nil
end

--- Shows an error, in the one line that it is.
---@param err? heph.Error
function M.shown(err)
  if err then
    vim.notify('heph: ' .. err.message, vim.log.levels.ERROR)
  end
end

return M
