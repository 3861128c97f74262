--- What wants to be looked at in a note that is seen: links that lead nowhere or could mean several, a task that is late, what devices
--- disagree on. Said by itself, soon after anything changed.
local daemon = require('heph.daemon')
local node = require('heph.node')
local reading = require('heph.lsp.reading')

local M = {}

local api = vim.api
local SEVERITY = vim.lsp.protocol.DiagnosticSeverity

--- What is typed, and what one commit changes, comes in many pieces.
local SOON_MS = 150
local MOST = 1000

local publish ---@type fun(params: table)
local waiting = false

local function at(line, severity, code, message)
  local start = { line = line, character = 0 }
  return { range = { start = start, ['end'] = start }, severity = severity, code = code, message = message, source = 'heph' }
end

local function of_links(found)
  local said = {}
  for _, link in ipairs(found.links) do
    local say
    if not link.dst and not link.file then
      say = at(0, SEVERITY.Information, 'unresolved', ("nothing is called '%s': following the link makes it"):format(link.target))
    elseif link.others then
      local many = ("%d notes are called '%s', and the oldest is meant"):format(#link.others + 1, link.target)
      say = at(0, SEVERITY.Warning, 'ambiguous', many .. ': give the one you mean another title or alias')
    end
    if say then
      say.range = link.range
      table.insert(said, say)
    end
  end
  return said
end

---@param late {rows: heph.Row[], today: string}
local function of_task(late, task)
  local said = {}
  for _, row in ipairs(late.rows) do
    if row.id == task then
      local since = require('heph.day').words(row.late_on['local'], late.today)
      table.insert(said, at(0, SEVERITY.Warning, 'late', 'this task is late since ' .. since))
    end
  end
  return said
end

--- Where the lines stand that are in question; without, at the top.
local function line_of(buf, text)
  local first = text and text:match('[^\r\n]+')
  for number, line in ipairs(first and api.nvim_buf_get_lines(buf, 0, -1, false) or {}) do
    if line == first then
      return number - 1
    end
  end
  return 0
end

local function of_conflicts(conflicts, buf, shown)
  local said = {}
  for _, conflict in ipairs(conflicts) do
    if conflict.node.id == shown.id or conflict.node.id == shown.task then
      local what = conflict.kind == 'body' and 'these words'
        or conflict.kind == 'delete' and 'whether it is deleted'
        or require('heph.value').field(conflict.field)
      local message = ('devices disagree on %s: :Heph conflicts settles it'):format(what)
      table.insert(said, at(line_of(buf, conflict.kind == 'body' and conflict.merged), SEVERITY.Error, 'conflict', message))
    end
  end
  return said
end

local function look(buf, shown, late, conflicts)
  local tick = api.nvim_buf_get_changedtick(buf)
  reading.of(shown.id, function(err, found)
    if err or node.of(buf) ~= shown or api.nvim_buf_get_changedtick(buf) ~= tick then
      return -- what changed it has asked for another look
    end
    local said = of_links(found)
    vim.list_extend(said, of_task(late, shown.task))
    vim.list_extend(said, of_conflicts(conflicts, buf, shown))
    publish({ uri = vim.uri_from_bufnr(buf), diagnostics = said })
  end)
end

--- The notes that are seen.
local function seen()
  local found = {}
  for buf, shown in pairs(node.all()) do
    if api.nvim_buf_is_loaded(buf) and #vim.fn.win_findbuf(buf) > 0 then
      found[buf] = shown
    end
  end
  return found
end

local function look_at_all()
  waiting = false
  local bufs = seen()
  -- When there is a connection again, it is looked anew.
  if not publish or next(bufs) == nil or not daemon.is_connected() then
    return
  end
  local of_tasks = vim.iter(pairs(bufs)):any(function(_, shown)
    return shown.task
  end)
  local late = { rows = {}, today = '' }
  if of_tasks then
    daemon.request('date.parse', { text = 'today' }, function(_, date)
      late.today = date and date['local'] or ''
    end)
    daemon.request('task.list', { where = 'state:outstanding late:passed', limit = MOST }, function(_, list)
      late.rows = late.today ~= '' and list and list.tasks or {}
    end)
  end
  daemon.request('conflicts.list', { limit = MOST }, function(_, open) -- answered after what was asked before
    for buf, shown in pairs(bufs) do
      if api.nvim_buf_is_loaded(buf) and node.of(buf) == shown then
        look(buf, shown, late, open and open.conflicts or {})
      end
    end
  end)
end

--- Something may have changed.
function M.soon()
  if not waiting then
    waiting = true
    vim.defer_fn(function()
      daemon.quietly(look_at_all)
    end, SOON_MS)
  end
end

--- Begins.
---@param tell fun(params: table) publishes
function M.start(tell)
  publish = tell
  M.soon()
end

daemon.on('node.changed', M.soon)
daemon.on('missed', M.soon)
api.nvim_create_autocmd('BufWinEnter', { group = 'heph', pattern = 'heph://node/*', callback = M.soon })

return M
