--- heph://conflicts: what devices that were apart disagree on, a line each.
local value = require('heph.value')

local LIMIT = 100
local WIDEST_TITLE, WIDEST_VALUE = 32, 36

---@param text string
---@param most integer columns
local function cut(text, most)
  if vim.api.nvim_strwidth(text) <= most then
    return text
  end
  return vim.fn.strcharpart(text, 0, most - 1) .. '…'
end

--- The first line of a text that not all sides have.
---@param conflict heph.Conflict
---@param text string
local function differing(conflict, text)
  for line in text:gmatch('[^\n]+') do
    for _, side in ipairs(conflict.sides) do
      if not ('\n' .. side.value):find('\n' .. line .. '\n', 1, true) then
        return line
      end
    end
  end
  return text == '' and '(nothing)' or text:match('[^\n]*')
end

---@param row heph.Row
---@param today string
---@return heph.Piece[]
local function values(row, today)
  local conflict, pieces = row.conflict, {}
  if row.gone then
    return { { 'settled elsewhere', 'HephLate' } }
  end
  for number, side in ipairs(conflict.sides) do
    local text = conflict.kind == 'body' and differing(conflict, side.value) or value.said(side.value, today)
    vim.list_extend(pieces, {
      { number > 1 and '  ≠  ' or '', 'HephLate' },
      { cut(text, WIDEST_VALUE), 'HephTitle' },
      { (' (%s)'):format(value.author(side)), 'HephDetail' },
    })
  end
  return pieces
end

--- The lines of conflicts: what it is about, the field, and what each side says.
---@param rows heph.Row[]
---@param today string
---@return heph.Piece[][]
local function lines(rows, today)
  local title, field = 0, 0
  for _, row in ipairs(rows) do
    title = math.max(title, vim.api.nvim_strwidth(cut(row.title, WIDEST_TITLE)))
    field = math.max(field, vim.api.nvim_strwidth(value.field(row.conflict.field)))
  end
  return vim.tbl_map(function(row)
    local line = {
      { '≠ ', 'HephLate' },
      { value.padded(cut(row.title, WIDEST_TITLE), title) .. '  ', row.gone and 'HephGone' or 'HephTitle' },
      { value.padded(value.field(row.conflict.field), field) .. '  ', 'HephDetail' },
    }
    return vim.list_extend(line, values(row, today))
  end, rows)
end

---@type heph.View
return {
  keys = 'conflicts',
  lines = lines,
  title = function()
    return 'Conflicts'
  end,
  ask = function(_, pages)
    return 'conflicts.list', { limit = LIMIT * pages }
  end,
  take = function(result)
    return {
      title = 'Conflicts',
      info = #result.conflicts < result.total and ('%d of %d: +'):format(#result.conflicts, result.total) or tostring(result.total),
      rows = vim.tbl_map(function(conflict)
        local node = conflict.node
        return { id = node.id, key = conflict.id, title = node.title, kind = node.kind, conflict = conflict }
      end, result.conflicts),
      nothing = 'No conflicts: all devices that were heard of agree.',
      more = #result.conflicts < result.total,
    }
  end,
}
