--- heph://conflict/ID/PART/TITLE: what the sides of a conflict say, side by side in a tab. Of a text there is also what it was before, and
--- below, as it is now: that may be edited, and :w settles with what stands there.
local conflicts = require('heph.conflict')
local daemon = require('heph.daemon')
local edit = require('heph.edit')
local title = require('heph.title')
local value = require('heph.value')

local M = {}

local api = vim.api

---@class heph.Part
---@field conflict heph.Conflict
---@field part string 'before', 'now', or the number of a side
---@field today string

local shown = {} ---@type table<integer, heph.Part>
local known = {} ---@type table<string, {conflict: heph.Conflict, today: string}> conflicts that are about to be shown

---@param buf integer
local function named(buf)
  return api.nvim_buf_get_name(buf):match('^heph://conflict/([^/]+)/([^/]+)')
end

local function text_of(conflict, part, today)
  if part == 'before' then
    return conflict.base
  elseif part == 'now' then
    return conflict.merged
  end
  local side = conflict.sides[tonumber(part)]
  return conflict.kind == 'body' and side.value or value.said(side.value, today) .. '\n'
end

local function info_of(conflict, part, today)
  local field = value.field(conflict.field)
  if part == 'before' then
    return field .. ' before'
  elseif part == 'now' then
    return field .. ' now: :w settles with what stands here'
  end
  local side = conflict.sides[tonumber(part)]
  return ('%s of %s%s'):format(field, value.who(side, today), part == '1' and conflict.kind ~= 'body' and ' · shown' or '')
end

local function show(buf, conflict, part, today)
  shown[buf] = { conflict = conflict, part = part, today = today }
  vim.bo[buf].modifiable = true
  edit.load(buf, text_of(conflict, part, today))
  vim.bo[buf].modifiable = part == 'now'
  vim.b[buf].heph_title, vim.b[buf].heph_info, vim.b[buf].heph_note = conflict.node.title, info_of(conflict, part, today), nil
  vim.bo[buf].filetype = conflict.kind == 'body' and 'markdown' or 'heph'
  require('heph.keys').map(buf, part == 'now' and 'conflict_now' or 'conflict')
  for _, window in ipairs(vim.fn.win_findbuf(buf)) do
    title.above(window)
  end
end

--- BufReadCmd.
---@param buf integer
function M.read(buf)
  local id, part = named(buf)
  vim.bo[buf].buftype, vim.bo[buf].swapfile, vim.bo[buf].bufhidden, vim.bo[buf].modifiable = 'acwrite', false, 'wipe', false
  require('heph.highlight').define()
  if id and known[id] then
    return show(buf, known[id].conflict, part, known[id].today)
  end
  conflicts.find(id or '', function(err, conflict, today)
    local there = conflict and (conflict.sides[tonumber(part)] or conflict.kind == 'body' and not tonumber(part))
    if not api.nvim_buf_is_valid(buf) then
      return
    elseif there then
      return show(buf, conflict, part, today)
    end
    vim.b[buf].heph_note = err and err.message or 'no conflict any more'
    daemon.shown(err)
  end)
end

--- Every buffer of a conflict.
local function buffers(id)
  return vim.tbl_filter(function(buf)
    return shown[buf].conflict.id == id
  end, vim.tbl_keys(shown))
end

--- Closes what shows a conflict.
---@param id string
local function close(id)
  for _, buf in ipairs(buffers(id)) do
    if api.nvim_buf_is_valid(buf) then
      api.nvim_buf_delete(buf, { force = true })
    end
  end
end

--- What a buffer shows of a conflict, if it is one of these.
---@param buf integer
function M.of(buf)
  local at = shown[buf]
  return at
    and {
      conflict = at.conflict,
      part = at.part,
      today = at.today,
      text = edit.text(buf),
      done = function()
        close(at.conflict.id)
      end,
    }
end

--- BufWriteCmd: settles a text with the lines that stand there.
---@param buf integer
function M.write(buf)
  local at = M.of(buf)
  if not at then
    return daemon.shown({ message = 'this is no conflict any more: :Heph conflicts lists what is open' })
  elseif at.part ~= 'now' then
    return daemon.shown({ message = 'a side stays as it is: write in the window below, or keep one' })
  end
  local err = daemon.wait('conflicts.resolve', { id = at.conflict.id, value = at.text, base = at.conflict.rev })
  if err then
    return daemon.shown({ message = 'not settled: ' .. err.message })
  end
  vim.bo[buf].modified = false
  vim.schedule(at.done)
end

local function part_buffer(conflict, part)
  return vim.fn.bufadd(('heph://conflict/%s/%s/%s'):format(conflict.id, part, conflict.node.title))
end

--- Shows a conflict in a tab: its sides beside each other; a text between what it was and, below, what it is.
---@param conflict heph.Conflict
---@param today string
function M.open(conflict, today)
  local there = buffers(conflict.id)[1]
  if there and #vim.fn.win_findbuf(there) > 0 then
    return api.nvim_set_current_win(vim.fn.win_findbuf(there)[1])
  end
  local text = conflict.kind == 'body'
  local parts = vim.tbl_map(tostring, vim.fn.range(1, #conflict.sides))
  if text then
    table.insert(parts, 1, 'before')
  end
  known[conflict.id] = { conflict = conflict, today = today }
  for at, part in ipairs(parts) do
    vim.cmd((at == 1 and 'tab' or 'rightbelow vertical') .. ' sbuffer ' .. part_buffer(conflict, part))
  end
  local first = vim.fn.win_findbuf(part_buffer(conflict, '1'))[1]
  if text then
    vim.cmd('windo diffthis')
    vim.cmd('botright sbuffer ' .. part_buffer(conflict, 'now'))
  end
  known[conflict.id] = nil
  vim.cmd('wincmd =')
  api.nvim_set_current_win(first)
end

--- The buffer is gone.
---@param buf integer
function M.close(buf)
  shown[buf] = nil
end

--- What others do about a conflict shows; a text that is being written stays.
local function follow(id)
  conflicts.find(id, function(err, now, today)
    for _, buf in ipairs(err and {} or buffers(id)) do
      if not now then
        vim.b[buf].heph_note = 'settled elsewhere, or it has other sides now: :Heph conflicts'
      elseif not vim.bo[buf].modified then
        show(buf, now, shown[buf].part, today)
      end
    end
  end)
end

daemon.on('node.changed', function(change)
  local ids = {}
  for _, at in pairs(shown) do
    if at.conflict.node.id == change.id then
      ids[at.conflict.id] = true
    end
  end
  for id in pairs(ids) do
    follow(id)
  end
end)

return M
