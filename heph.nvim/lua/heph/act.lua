--- What is done to tasks. Each of these makes an action for lines (heph.again); what it asks for once, a dot does not ask for again.
local daemon = require('heph.daemon')
local target = require('heph.target')

local M = {}

--- Says what was done, in the line that the next message takes.
local function say(text)
  vim.api.nvim_echo({ { text } }, false, {})
end

local function named(rows)
  return #rows == 1 and rows[1].title or ('%d tasks'):format(#rows)
end

local function ids_of(rows)
  return vim.tbl_map(function(row)
    return row.occurrence or row.id
  end, rows)
end

--- Changes tasks, all or none, as one action.
---@param rows heph.Row[]
---@param changes table the parameters of task.change
---@param said string
local function change(rows, changes, said)
  local params = vim.tbl_extend('force', { ids = ids_of(rows) }, changes)
  daemon.request('task.change', params, function(err, result)
    if err then
      return daemon.shown(err)
    end
    local next = #result.tasks == 1 and result.tasks[1].next
    if not next then
      return say(('%s: %s'):format(named(rows), said))
    end
    daemon.request('date.parse', { text = 'today' }, function(_, day)
      local today = day and day['local'] or tostring(os.date('%Y-%m-%d'))
      say(('%s: %s, next %s'):format(named(rows), said, require('heph.day').words(next, today)))
    end)
  end)
end

--- An action that asks for something first, and not again when it is repeated.
---@param given? string
---@param ask fun(rows: heph.Row[], done: fun(answer?: string))
---@param act fun(rows: heph.Row[], answer: string)
---@return heph.Action
local function asking(given, ask, act)
  local answer = given
  return function(first, last)
    target.tasks(first, last, function(rows)
      if answer then
        return act(rows, answer)
      end
      ask(rows, function(said)
        if said and said ~= '' then
          answer = said
          act(rows, said)
        end
      end)
    end)
  end
end

local function typed(prompt)
  return function(rows, done)
    vim.ui.input({ prompt = prompt:format(named(rows)) }, done)
  end
end

---@param state 'done'|'dropped'|'outstanding'
---@return heph.Action
function M.state(state)
  return function(first, last)
    target.tasks(first, last, function(rows)
      change(rows, { state = state }, state == 'outstanding' and 'to be done again' or state)
    end)
  end
end

---@return heph.Action
function M.skip()
  return function(first, last)
    target.tasks(first, last, function(rows)
      daemon.request('task.skip', { ids = ids_of(rows) }, function(err)
        if err then
          return daemon.shown(err)
        end
        say(named(rows) .. ': skipped')
      end)
    end)
  end
end

local ATTENTIONS = { 'red', 'orange', 'white', 'blue' }

---@param given? string
---@return heph.Action
function M.attention(given)
  return asking(given == 'later' and 'blue' or given, function(rows, done)
    vim.ui.select(ATTENTIONS, { prompt = 'Attention of ' .. named(rows) }, done)
  end, function(rows, attention)
    change(rows, { attention = attention }, attention == 'blue' and 'on deck' or attention)
  end)
end

--- @param field 'do_date'|'late_on'
local function dated(field, prompt, verb)
  return function(given)
    return asking(given, typed(prompt), function(rows, words)
      daemon.request('date.parse', { text = words }, function(err, date)
        if err then
          return daemon.shown(err)
        end
        change(rows, { [field] = date['local'] or 'none' }, date['local'] and ('%s %s'):format(verb, date.words) or 'no date')
      end)
    end)
  end
end

--- When to start on it, in words: fri, 3d, next week, 15 dec 17:00, none.
M.schedule = dated('do_date', 'Do %s on: ', 'do')

--- When it is late, in the same words.
M.late = dated('late_on', '%s is late on: ', 'late')

---@param given? string
---@return heph.Action
function M.move(given)
  return asking(given, function(rows, done)
    daemon.request('project.list', nil, function(err, projects)
      if err then
        return daemon.shown(err)
      end
      local names = vim.tbl_map(function(project)
        return project.title
      end, projects)
      local another, none = '(another one)', '(none)'
      vim.ui.select(vim.list_extend(names, { none, another }), { prompt = 'Move ' .. named(rows) .. ' to' }, function(chosen)
        if chosen == another then
          return vim.ui.input({ prompt = 'Project: ' }, done)
        end
        done(chosen == none and 'none' or chosen)
      end)
    end)
  end, function(rows, project)
    change(rows, { project = project }, project == 'none' and 'in no project' or 'in ' .. project)
  end)
end

--- Adds a line to a task's log; the buffer stays as it is.
---@param given? string
---@return heph.Action
function M.log(given)
  return asking(given, typed('Log of %s: '), function(rows, text)
    for _, row in ipairs(rows) do
      daemon.request('log.append', { id = row.id, text = text }, function(err)
        if err then
          return daemon.shown(err)
        end
        say(row.title .. ': logged')
      end)
    end
  end)
end

--- Opens what a line is about: of a task its document, of a conflict its sides, of a history the version.
---@return heph.Action
function M.open()
  return function(first)
    local view = require('heph.view')
    local buf = vim.api.nvim_get_current_buf()
    local row = view.is_view(buf) and view.rows(buf, first, first)[1]
    if row and row.conflict then
      require('heph.conflict.sides').open(row.conflict, view.today(buf))
    elseif row and row.version then
      require('heph.history').look(row, view.today(buf))
    elseif row then
      require('heph.node').open(row.context or row.id)
    end
  end
end

return M
