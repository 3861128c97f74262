--- The lists there are: what each asks for, and what it makes of the answer.
local M = {}

---@class heph.List
---@field title string
---@field info? string what stands beside the title
---@field rows heph.Row[]
---@field nothing string what to show when there are no rows
---@field more? boolean whether there are more than are shown

---@class heph.View
---@field title fun(argument: string): string
---@field ask fun(argument: string, pages: integer): string, table the method and its parameters
---@field take fun(result: any, argument: string): heph.List
---@field lines? fun(rows: heph.Row[], today: string): heph.Piece[][] without, those of tasks and notes
---@field keys? string whose keys it has (heph.keys); without, those of lists

local OPEN = 'state:outstanding'
local PAGE = 100

local function listed(many, noun)
  return ('%d %s'):format(many, noun)
end

--- A list that a filter makes.
---@param name string
---@param where fun(argument: string): string
---@param sort? string
---@param nothing string
---@return heph.View
local function filtered(name, where, sort, nothing)
  local function title(argument)
    return argument == '' and name or ('%s %s'):format(name, argument)
  end
  return {
    title = title,
    ask = function(argument, pages)
      local filter = where(argument)
      return 'task.list', { where = filter, usual = OPEN, sort = sort, limit = PAGE * pages }
    end,
    take = function(result, argument)
      return {
        title = title(argument),
        info = listed(result.total, result.total == 1 and 'task' or 'tasks'),
        rows = result.tasks,
        nothing = nothing,
        more = result.total > #result.tasks,
      }
    end,
  }
end

local function constant(text)
  return function()
    return text
  end
end

--- The counts of docs/reference/rpc.md, of which those that are nothing are not said.
local function counts(of)
  local said = {}
  local function say(many, words)
    if many > 0 then
      table.insert(said, words:format(many))
    end
  end
  say(of.late, '%d late')
  say(of.red, '%d red')
  say(of.orange, '%d' .. (of.orange > of.orange_limit and ' of at most ' .. of.orange_limit or '') .. ' orange')
  say(of.on_deck, '%d on deck')
  say(of.inbox, '%d in the inbox')
  say(of.conflicts, of.conflicts == 1 and '%d conflict' or '%d conflicts')
  return table.concat(said, ' · ')
end

---@type table<string, heph.View>
M.all = {
  next = {
    title = constant('Next'),
    ask = function(argument, pages)
      return 'board', { limit = 5 * pages, scope = argument ~= '' and argument or nil }
    end,
    take = function(result, argument)
      local nothing = 'Nothing to do now.'
      if result.next_up then
        nothing = ('Nothing to do now. The next: %s'):format(result.next_up.title)
      end
      local left = result.counts.offered - #result.rows
      return {
        title = argument == '' and 'Next' or 'Next in ' .. argument,
        info = counts(result.counts) .. (left > 0 and (' · %d more: +'):format(left) or ''),
        rows = result.rows,
        nothing = nothing,
        more = left > 0,
      }
    end,
  },
  today = filtered('Today', constant(OPEN .. ' (do<=today or late<=today)'), 'do', 'Nothing is put on today or late.'),
  inbox = filtered(
    'Inbox',
    constant(OPEN .. ' project:none tag:none do:none late:none'),
    'created',
    'The inbox is empty: every task has a project, a tag or a date.'
  ),
  late = filtered('Late', constant(OPEN .. ' late:passed'), 'late', 'Nothing is late.'),
  list = filtered('Tasks', function(filter)
    return filter ~= '' and filter or OPEN
  end, nil, 'No task matches.'),
  conflicts = require('heph.conflict.list'),
  history = require('heph.history.list'),
  project = filtered('Project', function(name)
    return ('%s project:"%s"'):format(OPEN, name:gsub('"', '\\"'))
  end, nil, 'Nothing is open in this project.'),
  ['on-deck'] = {
    title = constant('On deck'),
    ask = function()
      return 'on_deck', {}
    end,
    take = function(rows)
      return { title = 'On deck', info = 'put off until there is room', rows = rows, nothing = 'Nothing is on deck.' }
    end,
  },
  search = {
    title = function(query)
      return 'Search ' .. query
    end,
    ask = function(query, pages)
      return 'search', { query = query, limit = 20 * pages }
    end,
    take = function(result, query)
      local nothing = 'Nothing found.'
      if result.did_you_mean then
        nothing = ('Nothing found. Did you mean: %s'):format(result.did_you_mean)
      end
      return {
        title = 'Search ' .. query,
        info = listed(result.total, 'found'),
        rows = result.hits,
        nothing = nothing,
        more = result.total > #result.hits,
      }
    end,
  },
}

---@return string[]
function M.names()
  local names = vim.tbl_keys(M.all)
  table.sort(names)
  return names
end

return M
