--- :Heph SUBCOMMAND.
local daemon = require('heph.daemon')

local M = {}

--- A completion waits for so long, and gives nothing when it takes longer.
local PATIENCE_MS = 200

---@class heph.Subcommand
---@field run fun(words: string, range?: {first: integer, last: integer})
---@field complete? fun(typed: string): string[]
---@field what string

local function titles(kind)
  return function(typed)
    local _, found = daemon.wait('node.complete', { text = typed, kind = kind, limit = 30 }, PATIENCE_MS)
    return vim.tbl_map(function(node)
      return node.name or node.title
    end, found or {})
  end
end

local function words(...)
  local known = { ... }
  return function(typed)
    return vim.tbl_filter(function(word)
      return vim.startswith(word, typed)
    end, known)
  end
end

local DAYS = words('today', 'tomorrow', 'yesterday', 'next week', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun', 'none')

--- An action on the lines of a list, or on the task of the document that is open.
local function action(name, fixed)
  return function(given, range)
    local line = vim.fn.line('.')
    local made = require('heph.act')[name](fixed or given ~= '' and given or nil)
    made(range and range.first or line, range and range.last or line)
  end
end

local function view(name)
  return function(argument)
    require('heph.view').open(name, argument)
  end
end

local function call(module, name, ...)
  local fixed = { ... }
  return function(given)
    require(module)[name](unpack(#fixed > 0 and fixed or { given ~= '' and given or nil }))
  end
end

local function take_back(method)
  return function(given)
    require('heph.undo').ask(method, given)
  end
end

local function sync()
  daemon.request('sync.now', nil, function(err, result)
    if err then
      return daemon.shown(err)
    end
    vim.api.nvim_echo({ { ('synced: %d sent, %d came'):format(result.pushed, result.pulled) } }, false, {})
  end)
end

---@type table<string, heph.Subcommand>
M.all = {
  next = { what = 'what is next, in all or in a project', run = view('next'), complete = titles('project') },
  today = { what = 'what is on today', run = view('today') },
  inbox = { what = 'what was captured and is nowhere yet', run = view('inbox') },
  ['on-deck'] = { what = 'what is put off until there is room', run = view('on-deck') },
  conflicts = { what = 'what devices disagree on, to settle it', run = view('conflicts') },
  list = { what = 'the tasks that a filter matches', run = view('list') },
  project = { what = 'what is open in a project', run = view('project'), complete = titles('project') },
  search = { what = 'notes and tasks by words', run = view('search') },
  capture = {
    what = 'capture a task, or lines',
    run = function(given, range)
      require('heph.capture').open(vim.tbl_extend('force', { line = given }, range or {}))
    end,
  },
  note = {
    what = 'make a note of a title, and open it',
    run = function(given)
      if given == '' then
        return daemon.shown({ message = 'a note has a title: :Heph note TITLE' })
      end
      require('heph.link').create(given)
    end,
  },
  open = {
    what = 'open what a title or alias means',
    run = function(given)
      if given ~= '' then
        return require('heph.link').follow(given)
      end
      require('heph.picker').open('notes')
    end,
    complete = titles(),
  },
  pick = {
    what = 'choose one of the notes, of what is next, of the tags',
    run = function(name)
      require('heph.picker').open(name ~= '' and name or 'notes')
    end,
    complete = function(typed)
      return words(unpack(require('heph.picker').names()))(typed)
    end,
  },
  journal = { what = 'the journal of a day', run = call('heph.journal', 'open'), complete = DAYS },
  history = { what = 'what happened to a note or task', run = call('heph.history', 'open') },
  journals = { what = 'choose a day', run = call('heph.journal', 'pick') },
  recover = { what = 'bring back what a crash left of this note', run = call('heph.draft', 'recover') },
  backlinks = { what = 'what links here', run = call('heph.link', 'list', 'links.backlinks') },
  links = { what = 'where this note links to', run = call('heph.link', 'list', 'links.outgoing') },
  done = { what = 'done', run = action('state', 'done') },
  drop = { what = 'drop', run = action('state', 'dropped') },
  reopen = { what = 'to be done again', run = action('state', 'outstanding') },
  skip = { what = 'skip this date of what repeats', run = action('skip') },
  attention = { what = 'red, orange, white or blue', run = action('attention'), complete = words('red', 'orange', 'white', 'blue') },
  ['do'] = { what = 'when to start on it, in words', run = action('schedule'), complete = DAYS },
  late = { what = 'when it is late, in words', run = action('late'), complete = DAYS },
  move = { what = 'into a project', run = action('move'), complete = titles('project') },
  log = { what = "add to a task's log", run = action('log') },
  toggle = {
    what = 'tick, clear or make checkboxes',
    run = function(_, range)
      local line = vim.fn.line('.')
      require('heph.box').toggle(range and range.first or line, range and range.last or line)
    end,
  },
  undo = { what = 'undo what was done last, after saying what that is', run = take_back('undo'), complete = words('over') },
  redo = { what = 'do it again, after saying what that is', run = take_back('redo') },
  sync = { what = 'sync with the hub now', run = sync },
  help = { what = 'the keys of this buffer', run = call('heph.help', 'show') },
}

local function names(typed)
  local found = vim.tbl_filter(function(name)
    return vim.startswith(name, typed)
  end, vim.tbl_keys(M.all))
  table.sort(found)
  return found
end

---@param given table what nvim_create_user_command hands over
function M.run(given)
  local name, rest = given.args:match('^%s*(%S*)%s*(.-)%s*$')
  name = name == '' and 'next' or name
  local subcommand = M.all[name]
  if not subcommand then
    return daemon.shown({ message = (":Heph knows no '%s'. There are: %s"):format(name, table.concat(names(''), ', ')) })
  end
  subcommand.run(rest, given.range > 0 and { first = given.line1, last = given.line2 } or nil)
end

---@param line string
---@param position integer
---@return string[]
function M.complete(line, position)
  local name, rest = line:sub(1, position):match('Heph!?%s+(%S+)%s+(.*)$')
  if not name then
    return names(line:sub(1, position):match('(%S*)$'))
  end
  local complete = M.all[name] and M.all[name].complete
  if not complete then
    return {}
  end
  local found = complete(rest)
  local before = rest:match('^(.*%s)%S*$')
  if not before then
    return found
  end
  -- Only the last word is completed, so that of a title of several the others must stand there already.
  local ends = {}
  for _, title in ipairs(found) do
    if vim.startswith(title:lower(), rest:lower()) then
      table.insert(ends, title:sub(#before + 1))
    end
  end
  return ends
end

return M
