--- Days in words, as heph says them: today, tomorrow, yesterday, Sat 21 Nov, Sun 21 Nov 2027; with the hour, if there is one.
local M = {}

local WEEKDAYS = { 'Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat' }
local MONTHS = { 'Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec' }
local SECONDS = 24 * 60 * 60

--- Noon of a day, which no clock change moves into another one.
local function noon(iso)
  local year, month, day = iso:match('^(%d+)-(%d+)-(%d+)')
  return os.time({ year = tonumber(year), month = tonumber(month), day = tonumber(day), hour = 12 })
end

--- How many days one day is after another.
---@param iso string a civil date, or a date and a time
---@param today string
---@return integer
function M.after(iso, today)
  return math.floor((noon(iso) - noon(today)) / SECONDS + 0.5)
end

---@param iso string 2026-11-21 or 2026-11-21T09:00
---@param today string what day it is for the daemon
---@return string
function M.words(iso, today)
  local near = ({ [-1] = 'yesterday', [0] = 'today', [1] = 'tomorrow' })[M.after(iso, today)]
  local date = os.date('*t', noon(iso))
  local name = near or ('%s %d %s'):format(WEEKDAYS[date.wday], date.day, MONTHS[date.month])
  if not near and tostring(date.year) ~= today:sub(1, 4) then
    name = name .. ' ' .. date.year
  end
  local hour, minute = iso:match('T(%d+):(%d+)')
  return hour and ('%s %d:%s'):format(name, tonumber(hour), minute) or name
end

return M
