--- Every gesture: its <Plug> name, what it does, and the keys it has in buffers of heph. One table for mappings and for help.
local M = {}

---@class heph.Key
---@field name string the <Plug>(heph-NAME)
---@field what string for the help
---@field modes? string[] without, normal mode
---@field list? string the key in lists
---@field note? string the key in notes
---@field capture? string the key in the capture window
---@field capture_modes? string[]
---@field conflicts? string the key in the list of conflicts
---@field conflict? string the key in a side of a conflict
---@field history? string the key in a history
---@field version? string the key in a version of a text
---@field conflict_now? string the key in the text that a conflict left
---@field action? fun(): heph.Action done to lines, and repeated by a dot
---@field run? fun()

local NORMAL, BOTH = { 'n' }, { 'n', 'x' }

local function act(name, ...)
  local given = { ... }
  return function()
    return require('heph.act')[name](unpack(given))
  end
end

local function call(module, name, ...)
  local given = { ... }
  return function()
    return require(module)[name](unpack(given))
  end
end

local function selection()
  return { first = math.min(vim.fn.line('v'), vim.fn.line('.')), last = math.max(vim.fn.line('v'), vim.fn.line('.')) }
end

local function capture_selection()
  local lines = selection()
  vim.api.nvim_feedkeys(vim.keycode('<Esc>'), 'nx', false)
  require('heph.capture').open(lines)
end

---@type heph.Key[]
M.all = {
  { name = 'open', what = 'open: of a task its document', list = '<CR>', conflicts = '<CR>', history = '<CR>', action = act('open') },
  { name = 'enter', what = 'follow a link or tag, tick a box', note = '<CR>', run = call('heph.enter', 'now') },
  { name = 'link', what = 'make a link of the selection', note = '<CR>', modes = { 'x' }, run = call('heph.enter', 'link_selection') },
  { name = 'done', what = 'done', list = 'd', modes = BOTH, action = act('state', 'done') },
  { name = 'drop', what = 'drop', list = 'x', modes = BOTH, action = act('state', 'dropped') },
  { name = 'reopen', what = 'to be done again', list = 'O', modes = BOTH, action = act('state', 'outstanding') },
  { name = 'skip', what = 'skip this date of what repeats', list = 's', modes = BOTH, action = act('skip') },
  { name = 'red', what = 'red', list = '!r', modes = BOTH, action = act('attention', 'red') },
  { name = 'orange', what = 'orange', list = '!o', modes = BOTH, action = act('attention', 'orange') },
  { name = 'white', what = 'white', list = '!w', modes = BOTH, action = act('attention', 'white') },
  { name = 'blue', what = 'on deck', list = '!b', modes = BOTH, action = act('attention', 'blue') },
  { name = 'attention', what = 'attention', modes = BOTH, action = act('attention') },
  { name = 'schedule', what = 'do-date, in words', list = 'D', modes = BOTH, action = act('schedule') },
  { name = 'tomorrow', what = 'do tomorrow', list = 't', modes = BOTH, action = act('schedule', 'tomorrow') },
  { name = 'late', what = 'when it is late, in words', list = 'L', modes = BOTH, action = act('late') },
  { name = 'move', what = 'move into a project', list = 'm', modes = BOTH, action = act('move') },
  { name = 'log', what = 'add to the log', list = 'a', note = 'gl', action = act('log') },
  {
    name = 'toggle',
    what = 'tick, clear or make checkboxes',
    note = 'gb',
    modes = BOTH,
    action = function()
      return require('heph.box').toggle
    end,
  },
  { name = 'capture', what = 'capture a task', list = 'c', run = call('heph.capture', 'open') },
  { name = 'capture-selection', what = 'capture with the selection', modes = { 'x' }, run = capture_selection },
  {
    name = 'undo',
    what = 'undo what was done last',
    list = 'u',
    conflicts = 'u',
    history = 'u',
    run = call('heph.undo', 'now', 'undo'),
  },
  {
    name = 'redo',
    what = 'do it again',
    list = '<C-r>',
    conflicts = '<C-r>',
    history = '<C-r>',
    run = call('heph.undo', 'now', 'redo'),
  },
  { name = 'more', what = 'show more', list = '+', conflicts = '+', history = '+', run = call('heph.view', 'more') },
  {
    name = 'refresh',
    what = 'ask again',
    list = 'R',
    conflicts = 'R',
    history = 'R',
    run = function()
      require('heph.view').refresh(vim.api.nvim_get_current_buf())
    end,
  },
  { name = 'next', what = 'what is next', run = call('heph.view', 'open', 'next') },
  { name = 'today', what = 'what is on today', run = call('heph.view', 'open', 'today') },
  { name = 'inbox', what = 'the inbox', run = call('heph.view', 'open', 'inbox') },
  { name = 'on-deck', what = 'what is on deck', run = call('heph.view', 'open', 'on-deck') },
  { name = 'pick-notes', what = 'choose a note', run = call('heph.picker', 'open', 'notes') },
  { name = 'pick-next', what = 'choose of what is next', run = call('heph.picker', 'open', 'next') },
  { name = 'pick-search', what = 'choose of what is found', run = call('heph.picker', 'open', 'search') },
  { name = 'pick-tags', what = 'choose a tag', run = call('heph.picker', 'open', 'tags') },
  { name = 'backlinks', what = 'what links here', note = 'gB', run = call('heph.link', 'list', 'links.backlinks') },
  { name = 'outgoing', what = 'where it links to', note = 'gL', run = call('heph.link', 'list', 'links.outgoing') },
  { name = 'journal', what = "today's journal", run = call('heph.journal', 'open') },
  { name = 'journals', what = 'the journal of a day', run = call('heph.journal', 'pick') },
  { name = 'journal-previous', what = 'the journal before', note = '[j', run = call('heph.journal', 'near', 'previous') },
  { name = 'journal-next', what = 'the journal after', note = ']j', run = call('heph.journal', 'near', 'next') },
  {
    name = 'file',
    what = 'file it',
    capture = '<C-s>',
    capture_modes = { 'n', 'i' },
    run = function()
      vim.cmd('stopinsert | write')
    end,
  },
  { name = 'leave', what = 'leave it, as a draft', capture = 'q', run = call('heph.capture', 'leave') },
  { name = 'history', what = 'what happened to it', list = 'H', note = 'gH', run = call('heph.history', 'open') },
  { name = 'restore', what = 'restore it as it was after that', history = 'r', version = 'r', run = call('heph.history', 'restore') },
  { name = 'settle', what = 'settle it: choose what stands', conflicts = 's', conflict = 's', run = call('heph.conflict', 'choose') },
  { name = 'keep-this', what = 'keep this side', conflict = 't', run = call('heph.conflict', 'gesture', 'this') },
  { name = 'keep-that', what = 'keep the other side', conflict = 'o', run = call('heph.conflict', 'gesture', 'that') },
  { name = 'keep-both', what = 'keep both: a text as it is now', conflict = 'b', run = call('heph.conflict', 'gesture', 'both') },
  { name = 'conflicts', what = 'what devices disagree on', run = call('heph.view', 'open', 'conflicts') },
  {
    name = 'close-tab',
    what = 'close',
    conflict = 'q',
    version = 'q',
    run = call('heph.window', 'close_tab'),
  },
  {
    name = 'close',
    what = 'close',
    list = 'q',
    conflicts = 'q',
    history = 'q',
    run = function()
      require('heph.window').close(#vim.api.nvim_list_wins() > 1 and 'close' or 'bdelete')
    end,
  },
  {
    name = 'help',
    what = 'this help',
    list = 'g?',
    note = 'g?',
    capture = 'g?',
    conflicts = 'g?',
    conflict = 'g?',
    conflict_now = 'g?',
    history = 'g?',
    version = 'g?',
    run = call('heph.help', 'show'),
  },
}

local function plug(name)
  return ('<Plug>(heph-%s)'):format(name)
end

--- What a gesture runs; an action is given to the operator, so that a dot and a selection work.
local function body(key)
  if key.action then
    return function()
      return require('heph.again').keys(key.action())
    end, true
  end
  return key.run, false
end

--- Makes the <Plug> mappings.
function M.define()
  local set = vim.api.nvim_set_keymap -- as vim.keymap.set does, which takes longer than all of this
  for _, key in ipairs(M.all) do
    local run, expr = body(key)
    local options = { callback = run, expr = expr, replace_keycodes = expr or nil, noremap = true, desc = 'heph: ' .. key.what }
    for _, mode in ipairs(key.modes or key.capture_modes or NORMAL) do
      set(mode, plug(key.name), '', options)
    end
  end
end

--- Gives a buffer its keys.
---@param buf integer
---@param kind 'list'|'note'|'capture'|'conflicts'|'conflict'|'conflict_now'|'history'|'version'
function M.map(buf, kind)
  vim.b[buf].heph_keys = kind
  local config = require('heph.config').get()
  if not config.mappings then
    return
  end
  for _, key in ipairs(M.all) do
    local lhs = key[kind]
    if lhs and not (lhs == '<CR>' and kind == 'note' and not config.enter) then
      local modes = kind == 'capture' and key.capture_modes or key.modes or NORMAL
      vim.keymap.set(modes, lhs, plug(key.name), { buffer = buf, remap = true, desc = 'heph: ' .. key.what })
    end
  end
end

return M
