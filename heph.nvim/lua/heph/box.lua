--- Checkboxes: text in the buffer like any other, saved with it. Which lines have one the daemon says; where it cannot be asked they are
--- known by their looks.
local daemon = require('heph.daemon')
local edit = require('heph.edit')
local place = require('heph.lsp.place')

local M = {}

local api = vim.api
local space = api.nvim_create_namespace('heph.boxes')

--- The next key usually comes later than the answer; if not, the boxes are ticked when it is there.
local AT_ONCE_MS = 300

local LETTER = '([%z\1-\127\194-\244][\128-\191]*)'

---@class heph.Box
---@field column integer where its mark is, in bytes from 0
---@field mark string

--- The quotes and markers of lists that a line begins with, and whether there is a marker.
---@param line string
---@return integer bytes
---@return boolean is_item
local function beginning(line)
  local at, is_item = 0, false
  while true do
    local quote = line:match('^[%s>]+', at + 1)
    local marker = line:match('^[-*+]%s+', at + 1) or line:match('^%d+[.)]%s+', at + 1)
    if not (quote or marker) then
      return at, is_item
    end
    at, is_item = at + #(quote or marker), is_item or not quote
  end
end

--- The box of a line, by its looks.
---@param line string
---@return heph.Box?
function M.looks(line)
  local at, is_item = beginning(line)
  local mark = is_item and line:match('^%[' .. LETTER .. '%]%s', at + 1) or is_item and line:match('^%[' .. LETTER .. '%]$', at + 1)
  return mark and { column = at + 1, mark = mark } or nil
end

--- A line with a box to tick; none for the head of a callout.
---@return string?
local function made(line)
  local at, is_item = beginning(line)
  local before, text = line:sub(1, at), line:sub(at + 1)
  if before:find('>') and text:find('^%[!%a+%]') then
    return nil
  end
  return before .. (is_item and '' or '- ') .. '[ ] ' .. text
end

--- The boxes of what the daemon read, by row.
---@param buf integer
---@param items table[] of text.read
---@return table<integer, heph.Box>
local function boxes_of(buf, items)
  local boxes = {}
  for _, item in ipairs(items) do
    local start = item.range.start
    boxes[start.line] = boxes[start.line] or { column = place.byte(place.line(buf, start.line), start.character) + 1, mark = item.mark }
  end
  return boxes
end

--- The boxes of a buffer, or of what it would be with other lines.
---@param buf integer
---@param others table<integer, string>
---@param callback fun(boxes: table<integer, heph.Box>)
local function read(buf, others, callback)
  local id = vim.b[buf].heph_id
  local function by_looks()
    local boxes = {}
    for row, line in ipairs(api.nvim_buf_get_lines(buf, 0, -1, false)) do
      boxes[row - 1] = M.looks(others[row - 1] or line)
    end
    callback(boxes)
  end
  if not id then
    return by_looks()
  end
  daemon.request('text.read', { id = id, body = edit.text_with(buf, others) }, function(err, found)
    if not api.nvim_buf_is_loaded(buf) then
      return
    elseif err then
      return by_looks()
    end
    callback(boxes_of(buf, found.items))
  end)
end

--- Ticks boxes, or clears them when all are ticked.
---@param boxes table<integer, heph.Box>
local function tick(buf, boxes)
  local is_open = vim.iter(pairs(boxes)):any(function(_, box)
    return box.mark == ' '
  end)
  for row, box in pairs(boxes) do
    local now = is_open and (box.mark == ' ' and 'x' or box.mark) or ' '
    if now ~= box.mark then
      api.nvim_buf_set_text(buf, row, box.column, row, box.column + #box.mark, { now })
    end
  end
end

--- The boxes of some rows.
local function among(boxes, first, last)
  local some = {}
  for row = first, last do
    some[row] = boxes[row]
  end
  return some
end

--- What some rows would say with a box in each that is not empty.
---@return table<integer, string>
local function with_boxes(buf, first, last)
  local lines = {}
  for row = first, last do
    local line = place.line(buf, row)
    if first == last or line:find('[^%s>]') then
      lines[row] = made(line)
    end
  end
  return lines
end

--- Gives each line of some rows that is not empty a box, where one is read then.
local function make(buf, first, last, lines, boxes)
  boxes = among(boxes, first, last)
  if next(boxes) == nil then
    return daemon.shown({ message = 'no checkbox can stand here, as in code' })
  end
  for row, line in pairs(lines) do
    if boxes[row] then
      api.nvim_buf_set_lines(buf, row, row + 1, true, { line })
    end
  end
end

--- Does something with an answer, or begins again when somebody wrote meanwhile.
local function unless_changed(buf, again, work)
  local tick_asked = api.nvim_buf_get_changedtick(buf)
  return function(boxes)
    if api.nvim_buf_get_changedtick(buf) ~= tick_asked then
      return again()
    end
    work(boxes)
  end
end

--- Ticks the boxes of some lines, or clears them when all are ticked. Without a box in them, each line that is not empty gets one.
---@param first integer
---@param last integer
---@param items? table[] of text.read, if they are known
function M.toggle(first, last, items)
  local buf, done = api.nvim_get_current_buf(), false
  if not vim.bo[buf].modifiable then
    return daemon.shown({ message = 'nothing can be written here: a box is ticked in its note, a task of a list is done with d' })
  end
  local begin = api.nvim_buf_set_extmark(buf, space, first - 1, 0, {}) -- the lines stay these, whatever comes in above
  local stop = api.nvim_buf_set_extmark(buf, space, last - 1, 0, {})
  local function finished(work, ...)
    done = true
    api.nvim_buf_del_extmark(buf, space, begin)
    api.nvim_buf_del_extmark(buf, space, stop)
    work(buf, ...)
  end
  local function start()
    local from = api.nvim_buf_get_extmark_by_id(buf, space, begin, {})[1]
    local to = api.nvim_buf_get_extmark_by_id(buf, space, stop, {})[1]
    local function look(boxes)
      local here = among(boxes, from, to)
      if next(here) then
        return finished(tick, here)
      end
      local lines = with_boxes(buf, from, to)
      items = nil
      local function look_again(then_boxes)
        finished(make, from, to, lines, then_boxes)
      end
      read(buf, lines, unless_changed(buf, start, look_again))
    end
    if items then
      return look(boxes_of(buf, items))
    end
    read(buf, {}, unless_changed(buf, start, look))
  end
  start()
  vim.wait(AT_ONCE_MS, function()
    return done
  end, 1)
end

--- Does that with what was just read, as long as the text is that; so a dot reads anew.
---@param buf integer
---@param items table[] of text.read
---@return heph.Action
function M.toggling(buf, items)
  local read_at = api.nvim_buf_get_changedtick(buf)
  return function(first, last)
    local same = api.nvim_get_current_buf() == buf and api.nvim_buf_get_changedtick(buf) == read_at
    M.toggle(first, last, same and items or nil)
  end
end

return M
