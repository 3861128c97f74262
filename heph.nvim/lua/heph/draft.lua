--- Drafts of notes: what is typed and not saved yet is in a file as well, soon after it was typed, until it is saved or given up. So
--- a crash of the editor loses the last seconds at most. A draft names the version that it was made from: brought back, it is merged like
--- any edit.
local daemon = require('heph.daemon')
local edit = require('heph.edit')
local node = require('heph.node')

local M = {}

local api, uv = vim.api, vim.uv

--- So long after the first letter that is in no file.
local SOON_MS = 2000

local ONLY_MINE, MY_FOLDER = 384, 448 -- 0600, 0700

---@class heph.Draft
---@field path string
---@field text string
---@field rev string the version that the text was made from
---@field at integer when it was written, in seconds
---@field pid integer
---@field server string where the Neovim that wrote it listens

---@class heph.Drafted what is known of a buffer's drafts
---@field path string where its own is
---@field tick? integer what of it is there
---@field due boolean
---@field writing boolean
---@field old heph.Draft[] what crashes left
---@field recovered heph.Draft[] those that the buffer holds by now

local drafted = {} ---@type table<integer, heph.Drafted>
local session = ('%d.%d'):format(uv.os_getpid(), uv.hrtime())

local function folder()
  return vim.fn.stdpath('state') .. '/heph/drafts'
end

---@param path string
---@return heph.Draft?
local function read(path)
  local file = io.open(path, 'rb')
  local whole = file and file:read('*a') or ''
  if file then
    file:close()
  end
  local head, text = whole:match('^([^\n]*)\n(.*)$')
  local known, draft = pcall(vim.json.decode, head or '')
  return known and type(draft) == 'table' and vim.tbl_extend('force', draft, { path = path, text = text }) or nil
end

--- Whether the Neovim that wrote it still runs.
local function is_alive(draft)
  if draft.pid == uv.os_getpid() or uv.kill(draft.pid, 0) ~= 0 then
    return false
  end
  local there, channel = pcall(vim.fn.sockconnect, 'pipe', draft.server)
  if there and channel > 0 then
    vim.fn.chanclose(channel)
  end
  return there and channel > 0
end

--- What crashes left of a note.
---@param id string
---@param own string
---@return heph.Draft[]
local function left_of(id, own)
  local found = {}
  for name in vim.fs.dir(folder()) do
    local path = folder() .. '/' .. name
    local draft = vim.startswith(name, id .. '.') and name:match('%.md$') and path ~= own and read(path)
    if draft and not is_alive(draft) then
      table.insert(found, draft)
    end
  end
  table.sort(found, function(a, b)
    return a.at < b.at
  end)
  return found
end

--- What is in the buffer's own draft is saved, or given up.
---@param now heph.Drafted
local function drop(now)
  if now.tick then
    now.tick = nil
    os.remove(now.path)
  end
end

--- Writes what a buffer holds, in one step, while the editor goes on.
local function write(buf)
  local now, shown = drafted[buf], node.of(buf)
  if not now or not shown or now.writing or not api.nvim_buf_is_loaded(buf) then
    return
  elseif not vim.bo[buf].modified then
    return drop(now)
  end
  local tick = api.nvim_buf_get_changedtick(buf)
  if now.tick == tick then
    return
  end
  local head = { id = shown.id, rev = shown.rev, at = os.time(), pid = uv.os_getpid(), server = vim.v.servername }
  local text = vim.json.encode(head) .. '\n' .. edit.text(buf)
  vim.fn.mkdir(folder(), 'p', MY_FOLDER)
  now.writing, now.tick = true, tick
  local function finish(file, err)
    uv.fs_close(file)
    local _ = err or uv.fs_rename(now.path .. '.new', now.path)
    vim.schedule(function()
      now.writing = false
      if now.tick == nil or drafted[buf] ~= now then
        os.remove(now.path) -- it was saved or given up meanwhile
      end
      write(buf) -- what was typed meanwhile
    end)
  end
  uv.fs_open(now.path .. '.new', 'w', ONLY_MINE, function(failed, file)
    if failed or not file then
      now.writing = false
      return
    end
    uv.fs_write(file, text, 0, function(err)
      finish(file, err)
    end)
  end)
end

local function soon(buf)
  local now = drafted[buf]
  if now and not now.due then
    now.due = true
    vim.defer_fn(function()
      now.due = false
      write(buf)
    end, SOON_MS)
  end
end

local function say(draft)
  local when = os.date('%d %b %H:%M', draft.at)
  api.nvim_echo({ { ('words of %s were never saved here: :Heph recover brings them back'):format(when), 'WarningMsg' } }, true, {})
end

--- Keeps drafts of a note from now on, and says what a crash left of it.
---@param buf integer
function M.begin(buf)
  local shown = node.of(buf)
  local path = ('%s/%s.%s.md'):format(folder(), shown.id, session)
  local text = edit.text(buf)
  local now = { path = path, due = false, writing = false, old = {}, recovered = {} }
  drafted[buf] = now
  for _, draft in ipairs(left_of(shown.id, path)) do
    if draft.text == text then
      os.remove(draft.path)
    else
      table.insert(now.old, draft)
    end
  end
  local group = api.nvim_create_augroup('heph.draft.' .. buf, {})
  local function on(events, callback)
    api.nvim_create_autocmd(events, {
      group = group,
      buffer = buf,
      callback = function()
        callback(buf)
      end,
    })
  end
  on({ 'TextChanged', 'TextChangedI', 'TextChangedP' }, soon)
  on({ 'CursorHold', 'CursorHoldI', 'FocusLost', 'BufLeave', 'BufModifiedSet' }, write)
  if #now.old > 0 then
    vim.schedule(function()
      if api.nvim_buf_is_valid(buf) then
        say(now.old[#now.old])
      end
    end)
  end
end

--- What was saved needs no draft.
---@param buf integer
function M.saved(buf)
  local now = drafted[buf]
  if now then
    drop(now)
    for _, draft in ipairs(now.recovered) do
      os.remove(draft.path)
    end
    now.recovered = {}
  end
end

--- The buffer is gone, and what was typed given up; unless Neovim is being killed.
---@param buf integer
function M.close(buf)
  if drafted[buf] and vim.v.dying == 0 then
    drop(drafted[buf])
  end
  drafted[buf] = nil
end

--- :Heph recover: puts what a crash left into the buffer, merged with what was written since, to be saved or undone.
function M.recover()
  local buf = api.nvim_get_current_buf()
  local now, shown = drafted[buf], node.of(buf)
  local draft = now and now.old[#now.old]
  if not draft or not shown then
    return daemon.shown({ message = 'there is nothing to bring back here' })
  elseif vim.bo[buf].modified then
    return daemon.shown({ message = 'this note was changed: write it first, or undo that' })
  end
  local tick = api.nvim_buf_get_changedtick(buf)
  daemon.request('node.update', { id = shown.id, body = draft.text, base = draft.rev, dry_run = true }, function(err, merged)
    if err then
      return daemon.shown({ message = ('%s. The words are in %s'):format(err.message, draft.path) })
    elseif drafted[buf] ~= now or api.nvim_buf_get_changedtick(buf) ~= tick then
      return daemon.shown({ message = 'the note changed right now: try again' })
    end
    edit.apply(buf, merged.body)
    shown.rev = merged.rev
    table.remove(now.old)
    if vim.bo[buf].modified then
      table.insert(now.recovered, draft)
      return
    end
    os.remove(draft.path)
    api.nvim_echo({ { 'all of it is here already' } }, false, {})
  end)
end

return M
