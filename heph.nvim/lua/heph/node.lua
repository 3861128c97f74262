--- Buffers of notes: heph://node/ID. A buffer remembers the version that its text was made from; what others write meanwhile is
--- merged by the daemon and comes in as a small edit, that one undo takes back.
local daemon = require('heph.daemon')
local edit = require('heph.edit')
local row = require('heph.row')
local title = require('heph.title')

local M = {}

local api = vim.api

--- A note that is here already is shown before :edit returns, so that what comes behind it (a line, a session, a rename) finds the text.
local AT_ONCE_MS = 300

--- What the daemon says of a node that is not there names its id, which means nothing to a person.
local GONE = "'%s' was deleted elsewhere. To bring it back: heph restore, and write again"

---@param err heph.Error
local function is_gone(err)
  return err.data ~= nil and err.data.reason == 'not-found'
end

---@class heph.Shown
---@field id string
---@field rev string the version that the text in the buffer was made from
---@field kind string
---@field task? string the id of the task whose document it is
---@field stale boolean something changed that is not shown yet
---@field asking boolean
---@field writing boolean
---@field sent? string what a save sent of which nobody knows whether it arrived

local shown = {} ---@type table<integer, heph.Shown>
local cursors = {} ---@type table<string, integer[]> where the cursor was when a session was made, by node: line and byte
local fetched = {} ---@type table<string, table> nodes that are about to be shown

---@param buf? integer
---@return heph.Shown?
function M.of(buf)
  return shown[buf or api.nvim_get_current_buf()]
end

---@param id string
---@return integer?
function M.buffer(id)
  for buf, node in pairs(shown) do
    if node.id == id then
      return buf
    end
  end
end

--- Every note that is shown, by buffer.
---@return table<integer, heph.Shown>
function M.all()
  return shown
end

--- Says above the text how the task stands whose document it is.
local function inform(buf, node)
  vim.b[buf].heph_mark = node.context_of and '' or row.mark(node)[1] .. ' '
  if not node.context_of then
    vim.b[buf].heph_info = node.conflicts and (node.conflicts == 1 and '1 conflict' or node.conflicts .. ' conflicts') or nil
    return
  end
  local today
  daemon.request('date.parse', { text = 'today' }, function(_, date)
    today = date and date['local']
  end)
  daemon.request('node.get', { id = node.context_of }, function(_, task)
    if task and today and api.nvim_buf_is_valid(buf) then
      vim.b[buf].heph_mark = row.mark(task.task)[1] .. ' '
      vim.b[buf].heph_info = row.sentence(vim.tbl_extend('force', task.task, { project = false }), today)
    end
  end)
end

--- What is shown above the text.
local function head(buf, node)
  title.show(buf, node)
  inform(buf, node)
end

local function announce(buf, node)
  vim.b[buf].heph_id, vim.b[buf].heph_kind = node.id, node.kind
  api.nvim_exec_autocmds('User', { pattern = 'HephShown', data = { buf = buf, id = node.id }, modeline = false })
end

local refresh -- below

--- Takes in what a buffer without changes of its own has become.
local function adopt(buf, node, now)
  local modified = vim.bo[buf].modified
  vim.bo[buf].modified = true -- so that taking this back makes it so
  edit.apply(buf, now.body)
  vim.bo[buf].modified = modified
  node.rev = now.rev
end

--- What could not be asked is asked again when there is a connection; that a note was deleted is said above it.
local function fail(buf, err)
  vim.b[buf].heph_note = is_gone(err) and 'deleted elsewhere' or nil
end

--- The window whose cursor is to stay where it is.
local function window_of(buf)
  local current = api.nvim_get_current_win()
  return api.nvim_win_get_buf(current) == buf and current or vim.fn.win_findbuf(buf)[1]
end

--- Lets the daemon merge what is in the buffer with what was written meanwhile; nothing is saved by that.
local function merge(buf, node)
  local tick, window = api.nvim_buf_get_changedtick(buf), window_of(buf)
  local place = window and edit.under_cursor(window)
  local saved = { id = node.id, body = edit.text(buf), base = node.rev, dry_run = true, place = place }
  node.asking = true
  daemon.request('node.update', saved, function(err, merged)
    node.asking = false
    if shown[buf] ~= node or not api.nvim_buf_is_loaded(buf) then
      return
    elseif err then
      return fail(buf, err)
    end
    vim.b[buf].heph_note = nil
    local meddled = api.nvim_buf_get_changedtick(buf) ~= tick
    node.stale = node.stale or meddled or edit.in_use(buf)
    if not (meddled or edit.in_use(buf)) then
      local still = window and api.nvim_win_is_valid(window) and edit.under_cursor(window) == place
      edit.apply(buf, merged.body, still and { window = window, before = place, after = merged.place } or nil)
      node.rev = merged.rev
      head(buf, merged)
    end
    if node.stale and not edit.in_use(buf) then
      refresh(buf)
    end
  end)
end

--- A save was sent and its answer lost. If the text is just that now, it had arrived, and what was typed since was typed into this version;
--- else the same edit, sent again, comes in once (docs/design/merge.md).
local function recall(node, now)
  if now and node.sent == now.body then
    node.rev = now.rev
  end
  node.sent = nil
end

--- Brings a buffer up to date, now or as soon as nobody types in it.
---@param buf integer
function refresh(buf)
  local node = shown[buf]
  if not node or not api.nvim_buf_is_loaded(buf) then
    return
  end
  node.stale = true
  if node.asking or node.writing or edit.in_use(buf) then
    return
  end
  node.stale = false
  if vim.bo[buf].modified and not node.sent then
    return merge(buf, node)
  end
  node.asking = true
  daemon.request('node.get', { id = node.id }, function(err, now)
    node.asking = false
    if shown[buf] ~= node or not api.nvim_buf_is_loaded(buf) then
      return
    elseif err then
      return fail(buf, err)
    end
    vim.b[buf].heph_note = nil
    recall(node, now)
    local touched = edit.in_use(buf) or vim.bo[buf].modified
    if now.rev ~= node.rev and not touched then
      adopt(buf, node, now)
    end
    head(buf, now)
    node.stale = node.stale or touched and now.rev ~= node.rev
    if node.stale then
      refresh(buf)
    end
  end)
end

--- What changed while somebody typed.
function M.flush()
  for buf, node in pairs(shown) do
    if node.stale then
      refresh(buf)
    end
  end
end

--- A second buffer of a note shows the first one.
local function instead(buf, other)
  vim.schedule(function()
    for _, window in ipairs(vim.fn.win_findbuf(buf)) do
      api.nvim_win_set_buf(window, other)
    end
    pcall(api.nvim_buf_delete, buf, { force = true })
  end)
end

local function go_back(buf, id)
  local cursor = cursors[id]
  cursors[id] = nil
  for _, window in ipairs(cursor and vim.fn.win_findbuf(buf) or {}) do
    api.nvim_win_set_cursor(window, { math.min(cursor[1], api.nvim_buf_line_count(buf)), cursor[2] })
  end
end

--- Puts the cursor of a note somewhere, now or once it is shown.
---@param id string
---@param cursor integer[] line from 1, byte from 0
function M.go_to(id, cursor)
  cursors[id] = cursor
  local buf = M.buffer(id)
  if buf then
    go_back(buf, id)
  end
end

local function show(buf, node)
  local other = M.buffer(node.id)
  if other and other ~= buf and api.nvim_buf_is_loaded(other) then
    return instead(buf, other)
  end
  vim.bo[buf].modifiable = true
  edit.load(buf, node.body or '')
  edit.follow(buf)
  shown[buf] = { id = node.id, rev = node.rev, kind = node.kind, task = node.context_of, stale = false, asking = false, writing = false }
  head(buf, node)
  vim.b[buf].heph_note = nil
  vim.bo[buf].filetype = 'markdown' -- last, so that whoever listens finds the text
  require('heph.highlight').define()
  require('heph.keys').map(buf, 'note')
  require('heph.lsp').attach(buf)
  require('heph.decoration').begin()
  require('heph.draft').begin(buf)
  go_back(buf, node.id)
  announce(buf, node)
end

--- A task has no text of its own: what belongs to it is written in its context document.
local function fetch(id, callback)
  if fetched[id] then
    local node = fetched[id]
    fetched[id] = nil
    return callback(nil, node)
  end
  daemon.request('node.get', { id = id }, function(err, node)
    if node and node.kind == 'task' then
      return fetch(node.task.context, callback)
    end
    callback(err, node)
  end)
end

--- BufReadCmd.
---@param buf integer
function M.read(buf)
  local id = title.id(api.nvim_buf_get_name(buf))
  shown[buf] = nil
  vim.bo[buf].buftype, vim.bo[buf].swapfile, vim.bo[buf].undofile = 'acwrite', false, false
  vim.bo[buf].modifiable = false -- until it is there
  local answered = false
  fetch(id, function(err, node)
    answered = true
    if not api.nvim_buf_is_valid(buf) then
      return
    elseif err then
      local why = is_gone(err) and 'this note is not there any more' or err.message
      vim.b[buf].heph_note = why
      return daemon.shown({ message = why })
    end
    show(buf, node)
  end)
  vim.wait(AT_ONCE_MS, function()
    return answered
  end, 1)
end

--- Reads a buffer that has the name of a note and nothing else of it.
---@param buf integer
function M.restore(buf)
  if not shown[buf] then
    M.read(buf)
  end
end

--- BufWriteCmd. What others saved meanwhile is in the answer, and then in the buffer; what could not be saved stays modified.
---@param buf integer
---@param name string of what is to be written
function M.write(buf, name)
  local node = shown[buf]
  if not node or title.id(name) ~= node.id then
    return daemon.shown({ message = 'only a note that is open here can be written; a new one: :Heph note TITLE' })
  end
  local tick = api.nvim_buf_get_changedtick(buf)
  node.writing = true
  if node.sent then
    local _, now = daemon.wait('node.get', { id = node.id })
    recall(node, now)
  end
  local body = edit.text(buf)
  local err, saved = daemon.wait('node.update', { id = node.id, body = body, base = node.rev })
  node.writing = false
  if err then
    local reason = err.data and err.data.reason
    node.sent = (reason == 'away' or reason == 'timeout') and body or nil
    return daemon.shown({ message = 'not saved: ' .. (is_gone(err) and GONE:format(vim.b[buf].heph_title) or err.message) })
  end
  if api.nvim_buf_get_changedtick(buf) == tick then
    edit.apply(buf, saved.body)
    node.rev = saved.rev
    vim.bo[buf].modified = false
    require('heph.draft').saved(buf)
  else
    node.stale = true -- something changed it during the wait: that is merged like any other edit
  end
  vim.schedule(function()
    daemon.quietly(M.flush)
  end)
end

---@class heph.How
---@field split? string a command that makes the window
---@field after? fun(buf: integer)

---@param node table
---@param how heph.How
---@return integer? buf none, when Vim keeps what is in the window
local function put(node, how)
  local buf = M.buffer(node.id)
  if not buf then
    fetched[node.id] = node
    buf = vim.fn.bufadd(('heph://node/%s/%s'):format(node.id, node.title))
    vim.bo[buf].buflisted = true
  end
  if how.split then
    vim.cmd(how.split)
  end
  vim.cmd("normal! m'")
  if not require('heph.window').show(buf) then
    fetched[node.id] = nil
    return
  end
  if how.after then
    how.after(buf)
  end
  return buf
end

--- Opens a node in the window, once its text is here.
---@param id string
---@param how? heph.How
function M.open(id, how)
  fetch(id, function(err, node)
    if err then
      return daemon.shown(err)
    end
    put(node, how or {})
  end)
end

--- Opens a note that was just answered, text and all; what more there is to know of it comes behind.
---@param node table
function M.reveal(node)
  local buf = put(node, {})
  if buf then
    refresh(buf)
  end
end

--- The buffer is gone, and with it what was known of it.
---@param buf integer
function M.close(buf)
  require('heph.decoration').close(buf)
  require('heph.draft').close(buf)
  edit.forget(buf)
  shown[buf] = nil
end

daemon.on('node.changed', function(change)
  for buf, node in pairs(shown) do
    if node.id == change.id and (node.rev ~= change.rev or change.origin ~= daemon.client) then
      refresh(buf)
    elseif node.task == change.id then
      inform(buf, { context_of = node.task })
    end
  end
end)

daemon.on('missed', function()
  for _, buf in ipairs(api.nvim_list_bufs()) do
    if shown[buf] then
      refresh(buf)
    elseif api.nvim_buf_is_loaded(buf) and title.id(api.nvim_buf_get_name(buf)) then
      M.read(buf)
    end
  end
end)

return M
