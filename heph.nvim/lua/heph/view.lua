--- Buffers of lists: heph://next, heph://list/FILTER and their like. Each line belongs to a row by an extmark, never by its number, so
--- what is done there is done to what is read there. Lists follow what happens.
local daemon = require('heph.daemon')
local edit = require('heph.edit')
local row_of = require('heph.row')
local title = require('heph.title')
local views = require('heph.views')

local M = {}

local api = vim.api
local marks = api.nvim_create_namespace('heph.rows')
local colours = api.nvim_create_namespace('heph.colours')

--- After so long a list is asked for again when somebody looks at it, though nothing changed: time makes tasks late, too.
local OLD_MS = 60000

---@class heph.Open
---@field view heph.View
---@field argument string
---@field pages integer
---@field list? heph.List the last that came
---@field today? string
---@field by_mark table<integer, heph.Row>
---@field elsewhere table<string, boolean> the ids that others changed since it was shown last
---@field asking boolean
---@field stale boolean
---@field at integer when it was asked for last, in ms of the loop

local open = {} ---@type table<integer, heph.Open>

---@param buf? integer
---@return boolean
function M.is_view(buf)
  return open[buf or api.nvim_get_current_buf()] ~= nil
end

--- The rows of some lines.
---@param buf integer
---@param first integer from 1
---@param last integer
---@return heph.Row[]
function M.rows(buf, first, last)
  local rows = {}
  for _, mark in ipairs(api.nvim_buf_get_extmarks(buf, marks, { first - 1, 0 }, { last - 1, -1 }, {})) do
    table.insert(rows, open[buf].by_mark[mark[1]])
  end
  return rows
end

--- What day it was when a list was shown.
---@param buf integer
---@return string
function M.today(buf)
  return open[buf].today
end

local function row_at_cursor(buf, window)
  local line = api.nvim_win_get_cursor(window)[1]
  return M.rows(buf, line, line)[1], line
end

--- Rows that others took away while the cursor was on them stay until it moves: what is typed next is not meant for their neighbours.
local function with_gone(buf, now)
  local rows = vim.list_slice(now.list.rows, 1)
  local there = {}
  for _, row in ipairs(rows) do
    there[row_of.key(row)] = true
  end
  for _, window in ipairs(vim.fn.win_findbuf(buf)) do
    local row, line = row_at_cursor(buf, window)
    if row and not there[row_of.key(row)] and (row.gone or now.elsewhere[row.id]) then
      there[row_of.key(row)] = true
      table.insert(rows, math.min(line, #rows + 1), vim.tbl_extend('force', row, { gone = true }))
    end
  end
  return rows
end

local function paint(buf, lines)
  api.nvim_buf_clear_namespace(buf, colours, 0, -1)
  for number, pieces in ipairs(lines) do
    local column = 0
    for _, piece in ipairs(pieces) do
      local stop = column + #piece[1]
      if piece[2] then
        api.nvim_buf_set_extmark(buf, colours, number - 1, column, { end_col = stop, hl_group = piece[2] })
      end
      column = stop
    end
  end
end

local function text_of(pieces)
  return table.concat(vim.tbl_map(function(piece)
    return piece[1]
  end, pieces))
end

--- Shows what came; each cursor stays on its row.
local function show(buf)
  local now = open[buf]
  local rows = with_gone(buf, now)
  local first = next(now.by_mark) == nil
  local under = {}
  for _, window in ipairs(vim.fn.win_findbuf(buf)) do
    local row = row_at_cursor(buf, window)
    under[window] = { key = row and row_of.key(row), column = api.nvim_win_get_cursor(window)[2] }
  end

  local lines = #rows > 0 and (now.view.lines or row_of.lines)(rows, now.today) or { { { now.list.nothing, 'HephDetail' } } }
  vim.bo[buf].modifiable = true
  edit.apply(buf, table.concat(vim.tbl_map(text_of, lines), '\n') .. '\n')
  vim.bo[buf].modifiable, vim.bo[buf].modified = false, false
  paint(buf, lines)

  api.nvim_buf_clear_namespace(buf, marks, 0, -1)
  now.by_mark = {}
  for number, row in ipairs(rows) do
    now.by_mark[api.nvim_buf_set_extmark(buf, marks, number - 1, 0, {})] = row
  end
  for window, was in pairs(under) do
    local line = first and 1 or api.nvim_win_get_cursor(window)[1]
    for number, row in ipairs(rows) do
      line = row_of.key(row) == was.key and number or line
    end
    api.nvim_win_set_cursor(window, { line, was.column })
  end
  vim.b[buf].heph_title, vim.b[buf].heph_info = now.list.title, now.list.info
end

--- Asks again and shows it; while somebody selects lines they stay.
---@param buf integer
function M.refresh(buf)
  local now = open[buf]
  if not now or not api.nvim_buf_is_loaded(buf) then
    return
  end
  now.stale = true
  if now.asking or #vim.fn.win_findbuf(buf) == 0 or now.list and edit.in_use(buf) then
    return
  end
  now.stale, now.asking, now.at = false, true, vim.uv.now()
  daemon.request('date.parse', { text = 'today' }, function(_, day)
    now.today = day and day['local'] or now.today or tostring(os.date('%Y-%m-%d'))
  end)
  local method, params = now.view.ask(now.argument, now.pages)
  daemon.request(method, params, function(err, result)
    now.asking = false
    if open[buf] ~= now or not api.nvim_buf_is_loaded(buf) then
      return
    elseif err then
      vim.b[buf].heph_note = err.message
      if now.list then
        return daemon.shown(err)
      end
      return M.fail(buf, err)
    elseif now.list and edit.in_use(buf) then
      now.stale = true
      return
    end
    vim.b[buf].heph_note = nil
    now.list = now.view.take(result, now.argument)
    show(buf)
    now.elsewhere = {}
    if now.stale then
      M.refresh(buf)
    end
  end)
end

--- A list that cannot be made says why.
function M.fail(buf, err)
  vim.bo[buf].modifiable = true
  api.nvim_buf_set_lines(buf, 0, -1, false, { err.message })
  vim.bo[buf].modifiable, vim.bo[buf].modified = false, false
end

--- BufReadCmd.
---@param buf integer
---@param name string
---@param argument string
function M.read(buf, name, argument)
  local view = views.all[name]
  if not view then
    return daemon.shown({ message = ("there is no list '%s'. There are: %s"):format(name, table.concat(views.names(), ', ')) })
  end
  vim.bo[buf].buftype, vim.bo[buf].swapfile, vim.bo[buf].undolevels = 'acwrite', false, -1
  vim.bo[buf].modifiable = false
  open[buf] = { view = view, argument = argument, pages = 1, by_mark = {}, elsewhere = {}, asking = false, stale = true, at = 0 }
  vim.b[buf].heph_title = view.title(argument)
  vim.bo[buf].filetype = 'heph'
  require('heph.highlight').define()
  require('heph.keys').map(buf, view.keys or 'list')
  require('heph.lsp').attach(buf)
  for _, window in ipairs(vim.fn.win_findbuf(buf)) do
    M.window(window)
  end
  M.refresh(buf)
end

--- How a window looks that shows a list.
function M.window(window)
  title.above(window)
  for option, value in pairs({ wrap = false, cursorline = true, number = false, relativenumber = false, list = false, spell = false }) do
    api.nvim_set_option_value(option, value, { win = window, scope = 'local' })
  end
end

--- Opens a list in the window.
---@param name string
---@param argument? string
function M.open(name, argument)
  local full = 'heph://' .. name .. ((argument or '') ~= '' and '/' .. argument or '')
  local buf = vim.fn.bufadd(full)
  vim.bo[buf].buflisted = true
  vim.cmd("normal! m'")
  require('heph.window').show(buf)
end

--- Somebody looks at it.
---@param buf integer
function M.enter(buf)
  local now = open[buf]
  if now and (now.stale or vim.uv.now() - now.at > OLD_MS) then
    M.refresh(buf)
  end
end

--- Shows more rows than before.
function M.more()
  local buf = api.nvim_get_current_buf()
  local now = open[buf]
  if now and now.list and now.list.more then
    now.pages = now.pages + 1
    M.refresh(buf)
  end
end

--- What waited: rows that changed while lines were selected, and those that the cursor has left.
---@param buf integer
function M.settle(buf)
  local now = open[buf]
  if not now or edit.in_use(buf) then
    return
  elseif now.stale then
    return M.refresh(buf)
  end
  for _, row in pairs(now.by_mark) do
    if row.gone and row ~= row_at_cursor(buf, api.nvim_get_current_win()) then
      return show(buf)
    end
  end
end

function M.close(buf)
  open[buf] = nil
end

--- One commit changes several nodes: what comes while a list is asked for makes it be asked for once more.
local function refresh_all()
  for buf in pairs(open) do
    M.refresh(buf)
  end
end

daemon.on('node.changed', function(change)
  for _, now in pairs(open) do
    if change.origin ~= daemon.client then
      now.elsewhere[change.id] = true
    end
  end
  refresh_all()
end)
daemon.on('missed', refresh_all)

return M
