--- Conflicts: what devices that were apart disagree on, and how a person settles it.
local daemon = require('heph.daemon')
local value = require('heph.value')

local M = {}

---@class heph.Side
---@field device string
---@field device_name? string
---@field imported_from? string the folder or program that an import took it from
---@field at integer epoch milliseconds
---@field value any

---@class heph.Conflict
---@field id string
---@field kind 'field'|'body'|'delete'|'cycle'
---@field field string
---@field node {id: string, title: string, kind: string}
---@field base? string of a text, the lines as both knew them
---@field merged? string of a text, the lines as they are now
---@field rev? string of a text, the version in which they are so
---@field sides heph.Side[]

--- Settling and looking are about so many at most.
local MOST = 1000

--- Fields that may get a value which neither side has, in words.
local WORDS = { title = true, attention = true, state = true, do_date = true, late_on = true }

--- The one with an id, if it is open.
---@param id string
---@param callback fun(err?: heph.Error, conflict?: heph.Conflict, today?: string)
function M.find(id, callback)
  local today
  daemon.request('date.parse', { text = 'today' }, function(_, date)
    today = date and date['local'] or tostring(os.date('%Y-%m-%d'))
  end)
  daemon.request('conflicts.list', { limit = MOST }, function(err, found)
    for _, conflict in ipairs(found and found.conflicts or {}) do
      if conflict.id == id then
        return callback(nil, conflict, today)
      end
    end
    callback(err, nil, today)
  end)
end

--- Settles one, on every device.
---@param conflict heph.Conflict
---@param how {choice?: string, value?: string} the number of a side or 'merged'; or what no side says
---@param done? fun() when it is settled
function M.settle(conflict, how, done)
  daemon.request('conflicts.resolve', { id = conflict.id, choice = how.choice, value = how.value }, function(err)
    if err then
      return daemon.shown(err)
    end
    local said = ('%s: %s settled. Take it back: :Heph undo'):format(conflict.node.title, value.field(conflict.field))
    vim.api.nvim_echo({ { said } }, false, {})
    local data = { id = conflict.node.id, conflict = conflict.id }
    vim.api.nvim_exec_autocmds('User', { pattern = 'HephSettled', data = data, modeline = false })
    if done then
      done()
    end
  end)
end

--- Asks for a value that no side has; a date in words.
local function another(conflict, done)
  vim.ui.input({ prompt = ('%s of %s: '):format(value.field(conflict.field), conflict.node.title) }, function(words)
    if not words or words == '' then
      return
    elseif not conflict.field:match('^do_date$') and not conflict.field:match('^late_on$') then
      return M.settle(conflict, { value = words }, done)
    end
    daemon.request('date.parse', { text = words }, function(err, date)
      if err then
        return daemon.shown(err)
      end
      M.settle(conflict, { value = date['local'] or 'none' }, done)
    end)
  end)
end

---@class heph.Offer
---@field words string
---@field how? {choice: string} without, another value

---@param conflict heph.Conflict
---@param today string
---@param numbers integer[] of the sides
---@return heph.Offer[]
local function offers(conflict, today, numbers)
  return vim.tbl_map(function(number)
    local side = conflict.sides[number]
    return { words = ('%s (%s)'):format(value.said(side.value, today), value.who(side, today)), how = { choice = tostring(number) } }
  end, numbers)
end

---@param conflict heph.Conflict
---@param offered heph.Offer[]
---@param done? fun()
local function choose(conflict, offered, done)
  vim.ui.select(offered, {
    prompt = ('%s of %s'):format(value.field(conflict.field), conflict.node.title),
    format_item = function(offer)
      return offer.words
    end,
  }, function(chosen)
    if chosen and chosen.how then
      M.settle(conflict, chosen.how, done)
    elseif chosen then
      another(conflict, done)
    end
  end)
end

--- Lets a person choose one of the sides, both, or another value.
---@param conflict heph.Conflict
---@param today string
---@param done? fun()
function M.ask(conflict, today, done)
  local numbers = {}
  for number in ipairs(conflict.sides) do
    table.insert(numbers, number)
  end
  local offered = offers(conflict, today, numbers)
  if conflict.kind == 'body' then
    table.insert(offered, { words = 'both, as it is now: ' .. value.said(conflict.merged, today), how = { choice = 'merged' } })
  elseif WORDS[conflict.field] then
    table.insert(offered, { words = 'another value' })
  end
  choose(conflict, offered, done)
end

--- Keeps this side, the other one (of several, the one that a person chooses), or both, which only a text can.
---@param conflict heph.Conflict
---@param which 'this'|'that'|'both'
---@param this integer the number of this side
---@param today string
---@param done? fun()
function M.keep(conflict, which, this, today, done)
  if which == 'both' then
    if conflict.kind ~= 'body' then
      return daemon.shown({ message = ('of a %s one side is kept, not both'):format(value.field(conflict.field)) })
    end
    return M.settle(conflict, { choice = 'merged' }, done)
  elseif which == 'this' then
    return M.settle(conflict, { choice = tostring(this) }, done)
  end
  local others = vim.tbl_filter(function(number)
    return number ~= this
  end, vim.fn.range(1, #conflict.sides))
  if #others == 1 then
    return M.settle(conflict, { choice = tostring(others[1]) }, done)
  end
  choose(conflict, offers(conflict, today, others), done)
end

--- What is meant: the conflict whose sides are looked at, or the one of a line of the list, whose first side is this one.
local function meant()
  local buf = vim.api.nvim_get_current_buf()
  local sides = require('heph.conflict.sides')
  if sides.of(buf) then
    return sides.of(buf)
  end
  local view = require('heph.view')
  local line = vim.fn.line('.')
  local row = view.is_view(buf) and view.rows(buf, line, line)[1]
  if not row or not row.conflict then
    return daemon.shown({ message = 'there is no conflict here: :Heph conflicts lists them' })
  end
  return { conflict = row.conflict, part = '1', today = view.today(buf), done = function() end }
end

--- The gestures keep-this, keep-that and keep-both. In a window of no side this is what stands there.
---@param which 'this'|'that'|'both'
function M.gesture(which)
  local at = meant()
  if at and which == 'this' and not tonumber(at.part) then
    M.settle(at.conflict, { value = at.text }, at.done)
  elseif at then
    M.keep(at.conflict, which, tonumber(at.part) or 0, at.today, at.done)
  end
end

--- The gesture settle.
function M.choose()
  local at = meant()
  if at then
    M.ask(at.conflict, at.today, at.done)
  end
end

return M
