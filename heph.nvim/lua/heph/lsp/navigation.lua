--- Where a link leads, and what leads to a note.
local daemon = require('heph.daemon')
local reading = require('heph.lsp.reading')

local M = {}

--- An editor loads every text that it lists; of more than these, those changed last are listed.
local MOST = 200

--- Links that say what a node is, not where somebody refers to it.
local OF_ITSELF = { alias = true, ['canonical-context'] = true }

local function line(number)
  return { start = { line = number, character = 0 }, ['end'] = { line = number, character = 0 } }
end

--- Of several notes that a link may mean each: the editor lists them.
local function each(ids, reply)
  local locations = {}
  for at, id in ipairs(ids) do
    daemon.request('node.get', { id = id }, function(_, found)
      if found then
        table.insert(locations, { uri = reading.uri(id, found.title), range = line(0) })
      end
      if at == #ids then -- answered in the order asked
        reply(nil, locations)
      end
    end)
  end
end

---@param params lsp.DefinitionParams
---@param reply heph.Reply
function M.definition(params, reply)
  reading.subject(params, function(err, subject)
    if err or not subject then
      return reply(err, nil)
    end
    if subject.others then
      return each({ subject.id, unpack(subject.others) }, reply)
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

--- The nodes that links come from, each once, and whether by their text.
---@return {id: string, title: string, text: boolean}[]
local function sources(links)
  local list, known = {}, {}
  for _, link in ipairs(links) do
    local source = known[link.src]
    if not source and not OF_ITSELF[link.type] then
      source = { id = link.src, title = link.title, text = false }
      known[link.src] = source
      table.insert(list, source)
    end
    if source then
      source.text = source.text or link.type == 'wiki'
    end
  end
  if #list > MOST then
    vim.api.nvim_echo({ { ('%d of %d that lead here'):format(MOST, #list) } }, false, {})
  end
  return vim.list_slice(list, 1, MOST)
end

--- What refers to a note: of texts each place.
local function referring(id, links, reply)
  local list = sources(links)
  local found, waiting = {}, #list
  if waiting == 0 then
    return reply(nil, {})
  end
  local function came(at, locations)
    found[at] = locations
    waiting = waiting - 1
    if waiting == 0 then
      reply(nil, vim.iter(found):flatten():totable())
    end
  end
  for at, source in ipairs(list) do
    if source.text then
      places(id, source.id, source.title, function(locations)
        came(at, locations)
      end)
    else
      came(at, { { uri = reading.uri(source.id, source.title), range = line(0) } })
    end
  end
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
