--- Where a link leads, and what leads to a note.
local daemon = require('heph.daemon')
local reading = require('heph.lsp.reading')

local M = {}

--- Links that say what a node is, not where somebody refers to it.
local OF_ITSELF = { alias = true, ['canonical-context'] = true }

local function line(number)
  return { start = { line = number, character = 0 }, ['end'] = { line = number, character = 0 } }
end

---@param params lsp.DefinitionParams
---@param reply heph.Reply
function M.definition(params, reply)
  reading.subject(params, function(err, subject)
    if err or not subject then
      return reply(err, nil)
    end
    local uri = reading.uri(subject.id, subject.title)
    if not subject.anchor then
      return reply(nil, { uri = uri, range = line(0) })
    end
    daemon.request('node.get', { id = subject.id, anchor = subject.anchor }, function(missing, found)
      daemon.shown(missing) -- the note is there all the same
      reply(nil, { uri = uri, range = line(found and found.part.first_line - 1 or 0) })
    end)
  end)
end

--- Where in one text it refers to a note.
local function places(id, src, title, callback)
  reading.of(src, function(_, found)
    local uri, locations = reading.uri(src, title), {}
    for _, link in ipairs(found and found.links or {}) do
      if link.dst == id then
        table.insert(locations, { uri = uri, range = link.range })
      end
    end
    callback(locations)
  end)
end

--- What refers to a note: each once, in texts each place.
local function referring(id, links, reply)
  local found, waiting, seen = {}, 1, {}
  local function came(at, locations)
    found[at] = locations
    waiting = waiting - 1
    if waiting == 0 then
      reply(nil, vim.iter(found):flatten():totable())
    end
  end
  for _, link in ipairs(links) do
    if not OF_ITSELF[link.type] and not seen[link.src] then
      seen[link.src] = true
      waiting = waiting + 1
      local at = #found + 1
      found[at] = {}
      if link.type == 'wiki' then
        places(id, link.src, link.title, function(locations)
          came(at, locations)
        end)
      else
        came(at, { { uri = reading.uri(link.src, link.title), range = line(0) } })
      end
    end
  end
  came(#found + 1, {})
end

--- What leads to the note that a link leads to, or that a line is about; elsewhere to the note that is open.
---@param params lsp.ReferenceParams
---@param reply heph.Reply
function M.references(params, reply)
  reading.subject(params, function(err, subject)
    subject = subject or reading.whole(reading.buffer(params))
    if err or not subject then
      return reply(err, nil)
    end
    daemon.request('links.backlinks', { id = subject.id }, function(failed, links)
      if failed then
        return reply(failed, nil)
      end
      referring(subject.id, links, reply)
    end)
  end)
end

return M
