--- heph://history/ID/TITLE: what happened to a note or task, the last first, a line for each action.
local value = require('heph.value')

local LIMIT, MOST = 50, 1000

local function parts(argument)
  return argument:match('^([^/]+)/?(.*)$')
end

--- The lines of rows: when, on which device, what, and what it changed.
---@param rows heph.Row[]
---@param today string
---@return heph.Piece[][]
local function lines(rows, today)
  local when, device, what = 0, 0, 0
  for _, row in ipairs(rows) do
    when = math.max(when, vim.api.nvim_strwidth(value.moment(row.version.at, today)))
    device = math.max(device, vim.api.nvim_strwidth(row.version.device_name or row.version.device))
    what = math.max(what, vim.api.nvim_strwidth(row.version.what))
  end
  local number = rows[1] and #tostring(rows[1].version.number) or 1
  return vim.tbl_map(function(row)
    local version = row.version
    return {
      { ('%' .. number .. 'd  '):format(version.number), 'HephKind' },
      { value.padded(value.moment(version.at, today), when) .. '  ', 'HephDate' },
      { value.padded(version.device_name or version.device, device) .. '  ', 'HephDetail' },
      { value.padded(version.what, what) .. '  ', 'HephTitle' },
      { value.changes(version.changes, today), 'HephDetail' },
    }
  end, rows)
end

---@type heph.View
return {
  keys = 'history',
  lines = lines,
  title = function(argument)
    local _, title = parts(argument)
    return 'History of ' .. title
  end,
  ask = function(argument, pages)
    return 'history', { id = (parts(argument)), limit = math.min(LIMIT * pages, MOST) }
  end,
  take = function(result, argument)
    local id, title = parts(argument)
    local more = result.total - #result.rows
    return {
      title = 'History of ' .. title,
      info = more > 0 and ('%d more: +'):format(more) or '',
      rows = vim.tbl_map(function(version)
        return { id = id, key = version.id, title = title, version = version }
      end, result.rows),
      nothing = 'Nothing happened to it.',
      more = more > 0 and #result.rows < MOST,
    }
  end,
}
