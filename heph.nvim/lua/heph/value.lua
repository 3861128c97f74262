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

--- Whose a side of a conflict or a row of a history is.
---@param of {device: string, device_name?: string, at: integer}
---@param today string
---@return string
function M.who(of, today)
  return ('%s, %s'):format(of.device_name or of.device, M.moment(of.at, today))
end

return M
