--- How fields, what they say, and who said it when, are written for people.
local day = require('heph.day')

local M = {}

local NAMES = { body = 'text', ['do_date'] = 'do-date', late_on = 'late date' }

--- What a field is called: text, do-date, attention.
---@param field string
---@return string
function M.field(field)
  return NAMES[field] or (field:gsub('_', ' '))
end

--- What a field of a conflict or of a change says, in a line: Sat 28 Nov, house, red, none.
---@param value any
---@param today string
---@return string
function M.said(value, today)
  if type(value) ~= 'table' then
    return value == nil and 'none' or (tostring(value):gsub('%s+', ' '))
  end
  local said = value.title or value.ref or 'none'
  if value.day or value.moment then
    said = day.words(value.day or value.moment, today)
  end
  return said .. (value.into and ' in ' .. value.into.title or '')
end

--- When something was, on the clock of this machine: today 21:03, Sat 21 Nov 21:03.
---@param at integer epoch milliseconds
---@param today string
---@return string
function M.moment(at, today)
  return day.words(tostring(os.date('%Y-%m-%dT%H:%M', math.floor(at / 1000))), today)
end

--- Who wrote a side of a conflict: a device, or by it the folder from which it was imported.
---@param of {device: string, device_name?: string, imported_from?: string}
---@return string
function M.author(of)
  local device = of.device_name or of.device
  return of.imported_from and ('from %s, on %s'):format(of.imported_from, device) or device
end

--- Whose a side of a conflict or a row of a history is.
---@param of {device: string, device_name?: string, imported_from?: string, at: integer}
---@param today string
---@return string
function M.who(of, today)
  return ('%s, %s'):format(M.author(of), M.moment(of.at, today))
end

---@param text string
---@param width integer columns
---@return string at least so wide
function M.padded(text, width)
  return text .. (' '):rep(width - vim.api.nvim_strwidth(text))
end

local function counted(text)
  return select(2, text:gsub('[^\n]+', ''))
end

--- How many lines came and went, and the first that came.
local function hunks(change)
  local came, gone, first = 0, 0, nil
  for _, hunk in ipairs(change.hunks or {}) do
    came, gone = came + counted(hunk.after), gone + counted(hunk.before)
    first = first or hunk.after:match('[^\n]+')
  end
  return ('text +%d −%d%s'):format(came, gone, first and ' ' .. vim.trim(first) or '')
end

local function link(change)
  local to = change.to and (change.to.title or change.to.ref) or ''
  local said = ({ tagged = '#' .. to, alias = 'also called ' .. tostring(change.key) })[change.link]
  return (change.after and '+ ' or '− ') .. (said or change.link .. ' ' .. to)
end

local SAID = {
  body = hunks,
  link = link,
  deleted = function(change)
    return change.after and 'deleted' or 'comes back'
  end,
  log = function(change)
    return 'log: ' .. tostring(change.after)
  end,
  box = function(change)
    return ('%s [%s] → [%s]'):format(vim.trim(tostring(change.line)), change.before or ' ', change.after or ' ')
  end,
}

---@class heph.Change
---@field field string
---@field before? any
---@field after? any
---@field hunks? {line: integer, before: string, after: string}[] lines, and where they stand after
---@field link? string
---@field key? string
---@field to? table
---@field line? string

--- What changed, in a line.
---@param changes heph.Change[]
---@param today string
---@return string
function M.changes(changes, today)
  return table.concat(
    vim.tbl_map(function(change)
      if SAID[change.field] then
        return (SAID[change.field](change):gsub('%s+', ' '))
      end
      return ('%s %s → %s'):format(M.field(change.field), M.said(change.before, today), M.said(change.after, today))
    end, changes),
    ' · '
  )
end

return M
