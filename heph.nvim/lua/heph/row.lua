--- How a task or note is written as a line of a list.
local day = require('heph.day')

local M = {}

--- Told apart without colour, too.
local MARKS = { red = '●', orange = '◆', white = '○', blue = '◌' }
local STATES = { done = '✓', dropped = '✗' }
local KINDS = { doc = '≡', journal = '▤', project = '▣', tag = '#' }
local GROUPS = { red = 'HephRed', orange = 'HephOrange', white = 'HephWhite', blue = 'HephBlue' }

--- A longer title pushes what stands behind it to the right.
local WIDEST_TITLE = 48

---@class heph.Row
---@field id string of the task or note
---@field key? string what tells it apart, where one note has several rows
---@field conflict? heph.Conflict
---@field version? heph.Version
---@field occurrence? string of a date of a task that repeats
---@field title string
---@field kind? string without, a task
---@field context? string the document of a task
---@field state? string
---@field attention? string
---@field gone? boolean it is in the list no more, and stays as long as the cursor is on it

---@alias heph.Piece {[1]: string, [2]: string?} a text and its highlight group

---@param row heph.Row
---@return string the same as long as it is the same thing
function M.key(row)
  return row.key or row.occurrence or row.id
end

---@return heph.Piece a letter for what it is and how it stands
function M.mark(row)
  if row.kind and row.kind ~= 'task' then
    return { KINDS[row.kind] or '≡', 'HephKind' }
  elseif STATES[row.state] then
    return { STATES[row.state], 'HephDone' }
  end
  return { MARKS[row.attention] or MARKS.white, GROUPS[row.attention] }
end

--- What is known of a task or note besides its title.
---@param row heph.Row|table
---@param today string
---@return heph.Piece[]
function M.details(row, today)
  local pieces = {}
  local function add(text, group)
    table.insert(pieces, { text, group })
  end
  if row.gone then
    add('not in this list any more', 'HephLate')
  end
  if row.project then
    add('@' .. row.project.title, 'HephProject')
  end
  if row.do_date then
    add('do ' .. day.words(row.do_date['local'], today), 'HephDate')
  end
  if row.late_on then
    add('late ' .. day.words(row.late_on['local'], today), row.late and 'HephLate' or 'HephDate')
  end
  if row.recurrence then
    local missed = row.recurrence.missed or 0
    add('↻ ' .. row.recurrence.words .. (missed > 0 and (', missed %d'):format(missed) or ''), 'HephDetail')
  end
  if row.unblocks and #row.unblocks > 0 then
    add('unblocks ' .. row.unblocks[1].title .. (#row.unblocks > 1 and (' and %d more'):format(#row.unblocks - 1) or ''), 'HephDetail')
  end
  if row.snippet and row.snippet ~= '' then
    add((row.snippet:gsub('[\2\3]', ''):gsub('%s+', ' ')), 'HephDetail')
  end
  return pieces
end

--- A task in a line of words, for places without columns.
---@param row heph.Row|table
---@param today string
---@return string
function M.sentence(row, today)
  return table.concat(
    vim.tbl_map(function(piece)
      return piece[1]
    end, M.details(row, today)),
    ' · '
  )
end

--- The lines of rows, in columns.
---@param rows heph.Row[]
---@param today string
---@return heph.Piece[][]
function M.lines(rows, today)
  local widest = 0
  for _, row in ipairs(rows) do
    widest = math.max(widest, vim.api.nvim_strwidth(row.title))
  end
  widest = math.min(widest, WIDEST_TITLE)
  return vim.tbl_map(function(row)
    local line = { M.mark(row), { ' ' }, { row.title, row.gone and 'HephGone' or STATES[row.state] and 'HephDone' or 'HephTitle' } }
    for at, piece in ipairs(M.details(row, today)) do
      local pad = at == 1 and math.max(0, widest - vim.api.nvim_strwidth(row.title)) or 0
      table.insert(line, { (' '):rep(pad + 2) })
      table.insert(line, piece)
    end
    return line
  end, rows)
end

return M
