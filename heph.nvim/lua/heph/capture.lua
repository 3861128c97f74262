--- Capture: a small window in which a line becomes a task (docs/design/capture.md), and what stands below it the text of its document.
--- What is typed is kept in a file until it is filed, so that neither a crash nor a missing daemon loses it.
local config = require('heph.config')
local daemon = require('heph.daemon')
local edit = require('heph.edit')

local M = {}

local api = vim.api
local echo = api.nvim_create_namespace('heph.echo')

local NAME = 'heph://capture'
local HINT = 'a task in a line: Pay rent tomorrow !red #home @house late:1dec every month'

local function draft()
  return vim.fn.stdpath('state') .. '/heph/capture.md'
end

local function kept()
  local file = io.open(draft(), 'rb')
  if not file then
    return ''
  end
  local text = file:read('*a')
  file:close()
  return text
end

--- In one step, so that a crash, or a full disk, leaves the one or the other.
---@return boolean whether the file says so now
local function keep(text)
  if text:match('^%s*$') then
    os.remove(draft())
    return true
  end
  vim.fn.mkdir(vim.fs.dirname(draft()), 'p')
  local file = io.open(draft() .. '.new', 'wb')
  local written = file and file:write(text)
  local closed = file and file:close()
  return written and closed and os.rename(draft() .. '.new', draft()) or false
end

local function say_below(buf, text, group)
  if not api.nvim_buf_is_valid(buf) then
    return
  end
  api.nvim_buf_clear_namespace(buf, echo, 0, -1)
  api.nvim_buf_set_extmark(buf, echo, 0, 0, { virt_lines = { { { text, group } } } })
end

--- Shows what the daemon understands of the first line.
local function understand(buf)
  local line = vim.trim(api.nvim_buf_get_lines(buf, 0, 1, false)[1] or '')
  if line == '' then
    return say_below(buf, HINT, 'HephDetail')
  end
  daemon.request('capture', { line = line, dry_run = true }, function(err, result)
    if api.nvim_buf_is_valid(buf) and vim.trim(api.nvim_buf_get_lines(buf, 0, 1, false)[1] or '') == line then
      say_below(buf, err and err.message or result.echo, err and 'HephLate' or 'HephDetail')
    end
  end)
end

--- Puts it away, empty. The buffer is kept for the next: deleting one that a language server reads takes longer than filing does.
local function close(buf)
  if not api.nvim_buf_is_valid(buf) then
    return
  end
  for _, window in ipairs(vim.fn.win_findbuf(buf)) do
    if #api.nvim_list_wins() > 1 then
      api.nvim_win_close(window, true)
    end
  end
  if #vim.fn.win_findbuf(buf) > 0 then
    return api.nvim_buf_delete(buf, { force = true }) -- in the only window, which shows another then
  end
  vim.b[buf].heph_filed = nil
  api.nvim_buf_clear_namespace(buf, echo, 0, -1)
  edit.load(buf, '')
end

--- BufWriteCmd: files it.
---@param buf integer
function M.write(buf)
  local text = edit.text(buf)
  local line, rest = text:match('^([^\n]*)\n?(.*)$')
  rest = rest:gsub('^\n+', '')
  local err, captured
  local filed = vim.b[buf].heph_filed -- the task is made already, and only its text could not be written
  if not filed then
    err, captured = daemon.wait('capture', { line = vim.trim(line) })
    filed = captured and captured.task.task.context
  end
  if not err and rest:match('%S') then
    vim.b[buf].heph_filed = filed
    err = daemon.wait('node.update', { id = filed, body = rest })
  end
  if err then
    return daemon.shown({ message = 'not filed, kept as a draft: ' .. err.message })
  end
  vim.bo[buf].modified = false
  keep('')
  vim.schedule(function()
    close(buf)
    if captured then
      api.nvim_echo({ { captured.echo } }, false, {})
    end
  end)
end

--- Where the cursor is, as a text can name it.
local function origin()
  local name = api.nvim_buf_get_name(0)
  if vim.b.heph_title and vim.b.heph_id then
    return ('[[%s]]'):format(vim.b.heph_title)
  elseif name ~= '' and vim.bo.buftype == '' then
    return ('%s:%d'):format(vim.fn.fnamemodify(name, ':~'), vim.fn.line('.'))
  end
end

--- What is selected, as a quotation, and where it stands.
---@param first integer
---@param last integer
---@return string
local function quotation(first, last)
  local lines = vim.tbl_map(function(line)
    return '> ' .. line
  end, api.nvim_buf_get_lines(0, first - 1, last, true))
  local from = origin()
  if from then
    vim.list_extend(lines, { '', from })
  end
  return table.concat(lines, '\n') .. '\n'
end

--- BufReadCmd: the draft that was left.
---@param buf integer
function M.read(buf)
  require('heph.highlight').define()
  vim.bo[buf].buftype, vim.bo[buf].swapfile, vim.bo[buf].bufhidden = 'acwrite', false, 'hide'
  vim.bo[buf].filetype = 'markdown'
  api.nvim_create_autocmd({ 'TextChanged', 'TextChangedI', 'TextChangedP' }, {
    group = api.nvim_create_augroup('heph.capture', {}),
    buffer = buf,
    callback = function()
      keep(edit.text(buf))
      understand(buf)
    end,
  })
  require('heph.keys').map(buf, 'capture')
  edit.load(buf, kept())
end

--- It shows: the draft too, which is in its file alone while nothing shows it.
---@param buf integer
function M.enter(buf)
  if edit.text(buf) == '' then
    edit.load(buf, kept())
  end
  require('heph.lsp').attach(buf)
end

local function window_for(buf)
  local width = math.max(20, math.min(88, vim.o.columns - 6))
  local height = math.max(3, math.min(api.nvim_buf_line_count(buf) + 3, 12, vim.o.lines - 6))
  local window = api.nvim_open_win(buf, true, {
    relative = 'editor',
    width = width,
    height = height,
    row = math.max(0, math.floor((vim.o.lines - height) / 3)),
    col = math.max(0, math.floor((vim.o.columns - width) / 2)),
    border = 'rounded',
    title = ' Capture ',
    title_pos = 'center',
    style = 'minimal',
  })
  api.nvim_set_option_value('wrap', true, { win = window, scope = 'local' })
  return window
end

--- Opens the window, with the draft that was left there.
---@param given? {line?: string, first?: integer, last?: integer} a line to begin with; lines that are quoted below it
function M.open(given)
  given = given or {}
  local quoted = given.first and quotation(given.first, given.last)
  local buf = vim.fn.bufadd(NAME)
  vim.fn.bufload(buf)
  M.enter(buf)
  local text = edit.text(buf)
  if (given.line or '') ~= '' then
    text = given.line .. '\n' .. text
  end
  if quoted then
    text = (text == '' and '\n\n' or text .. '\n') .. quoted
  end
  edit.apply(buf, text)
  keep(text)
  local window = vim.fn.win_findbuf(buf)[1] or window_for(buf)
  api.nvim_set_current_win(window)
  api.nvim_win_set_cursor(window, { 1, #api.nvim_buf_get_lines(buf, 0, 1, true)[1] })
  understand(buf)
  if config.get().capture_inserts then
    vim.cmd('startinsert!')
  end
end

--- Leaves it; the draft stays.
function M.leave()
  local buf = vim.fn.bufnr(NAME)
  if buf > 0 and #vim.fn.win_findbuf(buf) > 0 then
    if not keep(edit.text(buf)) then
      return daemon.shown({ message = ('not left: the draft cannot be written to %s, and is nowhere else'):format(draft()) })
    end
    vim.bo[buf].modified = false
    close(buf)
  end
end

return M
