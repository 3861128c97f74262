--- What a note or task was, and bringing that back.
local daemon = require('heph.daemon')
local node = require('heph.node')
local value = require('heph.value')

local M = {}

local api = vim.api

---@class heph.Version
---@field number integer
---@field id string of the action
---@field at integer epoch milliseconds
---@field device string
---@field device_name? string
---@field what string
---@field changes heph.Change[]

---@return heph.Row?
local function row_at_cursor()
  local view, buf, line = require('heph.view'), api.nvim_get_current_buf(), vim.fn.line('.')
  return view.is_view(buf) and view.rows(buf, line, line)[1] or nil
end

--- Lists what happened to the note that is open, with its task if it has one, or to what a line of a list is about.
function M.open()
  local row = row_at_cursor()
  local id = row and row.id or vim.b.heph_id
  if not id then
    return daemon.shown({ message = 'there is no note here: open one, or go to a line of a list' })
  end
  daemon.request('node.get', { id = id }, function(err, found)
    if err then
      return daemon.shown(err)
    end
    require('heph.view').open('history', ('%s/%s'):format(found.context_of or found.id, found.title))
  end)
end

local function lines_of(text)
  local lines = {}
  for line in text:gmatch('[^\n]*\n?') do
    if line ~= '' then
      table.insert(lines, line)
    end
  end
  return lines
end

--- What a text becomes by changes of its lines.
---@param text string
---@param hunks {line: integer, before: string, after: string}[]
---@return string? nothing when the lines are not those of this text
function M.changed(text, hunks)
  local now, made, at = lines_of(text), {}, 1
  for _, hunk in ipairs(hunks) do
    while #made < hunk.line - 1 and now[at] do
      table.insert(made, now[at])
      at = at + 1
    end
    local gone = lines_of(hunk.before)
    if table.concat(now, '', at, math.min(#now, at + #gone - 1)) ~= hunk.before then
      return nil
    end
    at = at + #gone
    vim.list_extend(made, lines_of(hunk.after))
  end
  return table.concat(vim.list_extend(made, now, at))
end

--- What restoring would change of the text, and of the rest.
local function split(changes)
  local hunks, rest = {}, {}
  for _, change in ipairs(changes) do
    if change.field == 'body' then
      hunks = change.hunks
    else
      table.insert(rest, change)
    end
  end
  return hunks, rest
end

local function version_buffer(row, text, said)
  local buf = api.nvim_create_buf(false, true)
  require('heph.edit').load(buf, text)
  vim.bo[buf].bufhidden, vim.bo[buf].modifiable, vim.bo[buf].filetype = 'wipe', false, 'markdown'
  vim.b[buf].heph_title, vim.b[buf].heph_info, vim.b[buf].heph_version = row.title, said, row
  require('heph.keys').map(buf, 'version')
  return buf
end

--- Shows a version of a text in a tab, as a diff to what it is now.
---@param row heph.Row
---@param today string
function M.look(row, today)
  daemon.request('node.get', { id = row.id }, function(err, found)
    local document = found and found.task and found.task.context or row.id
    if err then
      return daemon.shown({ message = err.message .. '. Restore it to look at it' })
    end
    daemon.request('node.restore', { id = row.id, to = row.key, dry_run = true }, function(failed, would)
      if failed then
        return daemon.shown(failed)
      end
      daemon.request('node.get', { id = document }, function(gone, now)
        local hunks, rest = split(would.changes)
        local text = now and M.changed(now.body, hunks)
        if not text then
          return daemon.shown(gone or { message = 'it changes right now: try again' })
        end
        local said = ('as of %s'):format(value.who(row.version, today)) .. (#rest > 0 and ' · ' .. value.changes(rest, today) or '')
        vim.cmd('tab split')
        api.nvim_win_set_buf(0, version_buffer(row, text, said)) -- what was there is in the window before, too
        require('heph.title').above(api.nvim_get_current_win())
        node.open(document, {
          split = 'rightbelow vertical split',
          after = function()
            vim.cmd('windo diffthis')
            vim.cmd('wincmd t')
          end,
        })
      end)
    end)
  end)
end

local function bring_back(row)
  daemon.request('node.restore', { id = row.id, to = row.key }, function(err)
    if err then
      return daemon.shown(err)
    end
    api.nvim_echo({ { row.title .. ': restored. Take it back: :Heph undo' } }, false, {})
  end)
end

--- Restores what a line of a history, or the version that is looked at, says, when a person agrees to what that changes.
function M.restore()
  local row = vim.b.heph_version or row_at_cursor()
  if not row or not row.version then
    return daemon.shown({ message = 'there is no version here: :Heph history lists them' })
  end
  daemon.request('node.restore', { id = row.id, to = row.key, dry_run = true }, function(err, would)
    if err then
      return daemon.shown(err)
    elseif #would.changes == 0 then
      return daemon.shown({ message = row.title .. ' is as it was then' })
    end
    local today = tostring(os.date('%Y-%m-%d'))
    local prompt = ('%s as of %s: %s'):format(row.title, value.who(row.version, today), value.changes(would.changes, today))
    vim.ui.select({ 'Restore it', 'Leave it' }, { prompt = prompt }, function(chosen)
      if chosen == 'Restore it' then
        bring_back(row)
      end
    end)
  end)
end

return M
