--- The outline of a note, and notes by their titles.
local daemon = require('heph.daemon')
local reading = require('heph.lsp.reading')

local M = {}

local KINDS = vim.lsp.protocol.SymbolKind
local OF_NODE = { doc = KINDS.File, journal = KINDS.File, task = KINDS.Event, project = KINDS.Module, tag = KINDS.Key }

local MOST = 100

--- A heading, and in it what stands under it down to the next one of its level.
local function section(heading, last)
  return {
    name = heading.text ~= '' and heading.text or '(empty)',
    kind = KINDS.String,
    range = { start = heading.range.start, ['end'] = { line = last, character = 0 } },
    selectionRange = heading.range,
    children = {},
  }
end

local function box(item)
  return { name = ('[%s] %s'):format(item.mark, item.text), kind = KINDS.Boolean, range = item.range, selectionRange = item.range }
end

--- Headings and checkboxes as a tree.
---@param found heph.Reading
---@param lines integer how many the text has
function M.tree(found, lines)
  local top = { children = {} }
  local open = { { level = 0, symbol = top } } -- the headings that what comes next stands under
  local function add(symbol)
    table.insert(open[#open].symbol.children, symbol)
  end
  local function close(level, line)
    while open[#open].level >= level do
      table.remove(open).symbol.range['end'] = { line = line, character = 0 }
    end
  end
  local at = 1
  local function boxes(until_line)
    while found.items[at] and found.items[at].range.start.line < until_line do
      add(box(found.items[at]))
      at = at + 1
    end
  end
  for _, heading in ipairs(found.headings) do
    local line = heading.range.start.line
    boxes(line)
    close(heading.level, line)
    local symbol = section(heading, lines)
    add(symbol)
    table.insert(open, { level = heading.level, symbol = symbol })
  end
  boxes(math.huge)
  return top.children
end

---@param params lsp.DocumentSymbolParams
---@param reply heph.Reply
function M.document(params, reply)
  local buf = reading.buffer(params)
  if not vim.b[buf].heph_id then
    return reply(nil, {})
  end
  reading.of(vim.b[buf].heph_id, function(err, found)
    reply(err, found and M.tree(found, vim.api.nvim_buf_line_count(buf)))
  end)
end

---@param params lsp.WorkspaceSymbolParams
---@param reply heph.Reply
function M.workspace(params, reply)
  daemon.request('node.complete', { text = params.query, limit = MOST }, function(err, found)
    if err then
      return reply(err, nil)
    end
    local start = { line = 0, character = 0 }
    reply(
      nil,
      vim.tbl_map(function(node)
        return {
          name = node.name,
          kind = OF_NODE[node.kind] or KINDS.File,
          containerName = node.name ~= node.title and node.title or nil,
          location = { uri = reading.uri(node.id, node.title), range = { start = start, ['end'] = start } },
        }
      end, found)
    )
  end)
end

return M
