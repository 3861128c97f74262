--- Checkboxes: text in the buffer like any other, saved with it.
local M = {}

local LETTER = '([%z\1-\127\194-\244][\128-\191]*)'
local BOX = '^(%s*[-*+]%s+%[)' .. LETTER .. '%]'
local NUMBERED = '^(%s*%d+[.)]%s+%[)' .. LETTER .. '%]'
local ITEM = '^(%s*[-*+]%s+)(.*)$'
local NUMBERED_ITEM = '^(%s*%d+[.)]%s+)(.*)$'

---@param line string
---@return string? before
---@return string? mark
local function parts(line)
  local before, mark = line:match(BOX)
  if not before then
    before, mark = line:match(NUMBERED)
  end
  return before, mark
end

---@param line string
---@return boolean
function M.is_box(line)
  return parts(line) ~= nil
end

--- A line with a box to tick.
local function made(line)
  local marker, text = line:match(ITEM)
  if not marker then
    marker, text = line:match(NUMBERED_ITEM)
  end
  if marker then
    return marker .. '[ ] ' .. text
  end
  local indent, rest = line:match('^(%s*)(.*)$')
  return indent .. '- [ ] ' .. rest
end

--- Ticks the boxes of some lines, or clears them when all are ticked. Without a box in them, each line that is not empty gets one.
---@type heph.Action
function M.toggle(first, last)
  local lines = vim.api.nvim_buf_get_lines(0, first - 1, last, true)
  local boxes, open = 0, 0
  for _, line in ipairs(lines) do
    local _, mark = parts(line)
    boxes = boxes + (mark and 1 or 0)
    open = open + (mark == ' ' and 1 or 0)
  end
  for at, line in ipairs(lines) do
    local before, mark = parts(line)
    local row = first + at - 2
    if before then
      local now = open > 0 and (mark == ' ' and 'x' or mark) or ' '
      if now ~= mark then
        vim.api.nvim_buf_set_text(0, row, #before, row, #before + #mark, { now })
      end
    elseif boxes == 0 and (line:match('%S') or #lines == 1) then
      vim.api.nvim_buf_set_lines(0, row, row + 1, true, { made(line) })
    end
  end
end

return M
