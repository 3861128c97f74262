--- What there is to choose from.
local daemon = require('heph.daemon')
local row_of = require('heph.row')

--- More are not looked through by eye.
local MOST = 200

---@class heph.Source
---@field prompt string
---@field nothing string what to say when there is nothing
---@field live? boolean whether the daemon is asked anew for what is typed; without, the picker looks through what it has
---@field ask fun(typed: string, give: fun(err?: heph.Error, items?: table[]))
---@field words fun(item: table): string
---@field open fun(item: table, split?: string)
---@field node? fun(item: table): string? the id of what can be shown beside it

local function open_node(item, split)
  require('heph.node').open(item.context or item.id, { split = split })
end

local function node_of(item)
  return item.context or item.id
end

local function line(item)
  local pieces = row_of.lines({ item }, tostring(os.date('%Y-%m-%d')))[1]
  return table.concat(vim.tbl_map(function(piece)
    return piece[1]
  end, pieces))
end

---@param name string of a list
---@param argument fun(item: table): string
local function open_list(name, argument)
  return function(item, split)
    if split then
      vim.cmd(split)
    end
    require('heph.view').open(name, argument(item))
  end
end

--- Asks, and takes what is wanted out of the answer.
local function asked(method, params, field)
  return function(_, give)
    daemon.request(method, params, function(err, result)
      give(err, result and (field and result[field] or result))
    end)
  end
end

---@type table<string, heph.Source>
return {
  next = {
    prompt = 'Next',
    nothing = 'nothing to do now',
    ask = asked('board', { limit = MOST }, 'rows'),
    words = line,
    open = open_node,
    node = node_of,
  },
  notes = {
    prompt = 'Notes',
    nothing = 'nothing is called so',
    live = true,
    ask = function(typed, give)
      if typed == '' then -- those that were changed last
        return asked('node.list', { limit = MOST }, 'nodes')(typed, give)
      end
      asked('node.complete', { text = typed, limit = MOST })(typed, give)
    end,
    words = function(item)
      return line(vim.tbl_extend('force', item, { title = item.name or item.title }))
    end,
    open = open_node,
    node = node_of,
  },
  search = {
    prompt = 'Search',
    nothing = 'nothing found',
    live = true,
    ask = function(typed, give)
      if typed == '' then
        return give(nil, {})
      end
      asked('search', { query = typed, limit = MOST }, 'hits')(typed, give)
    end,
    words = line,
    open = open_node,
    node = node_of,
  },
  tags = {
    prompt = 'Tags',
    nothing = 'there are no tags',
    ask = asked('tag.list'),
    words = function(item)
      return ('#%s  %d'):format(item.tag, item.count)
    end,
    open = open_list('search', function(item)
      return '#' .. item.tag
    end),
  },
  projects = {
    prompt = 'Projects',
    nothing = 'there are no projects',
    ask = asked('project.list'),
    words = function(item)
      return ('%s  %d open'):format(item.title, item.outstanding)
    end,
    open = open_list('project', function(item)
      return item.title
    end),
    node = node_of,
  },
}
