--- What a person may set, in vim.g.heph or by setup(); neither is needed.

---@class heph.Config
---@field command? string[] the command line program; without, `heph` of the path, or of the checkout this plugin lies in
---@field patience_ms integer how long a :w waits for its answer
---@field winbar boolean whether windows of notes show the title above the text
---@field enter boolean whether <CR> follows, ticks and opens in notes
---@field capture_inserts boolean whether the capture window begins in insert mode
---@field lsp boolean whether notes and lists have a language server: completion, references, code actions and more
---@field picker? 'telescope'|'select' what to choose with; without, telescope if it works
---@field mappings boolean whether buffers of heph have keys of their own; <Plug> mappings are always there

local M = {}

---@type heph.Config
local defaults = {
  command = nil,
  picker = nil,
  patience_ms = 10000,
  winbar = true,
  enter = true,
  lsp = true,
  capture_inserts = true,
  mappings = true,
}

local given = {}

---@param config? heph.Config|table what differs from the defaults
function M.set(config)
  given = config or {}
end

---@return heph.Config
function M.get()
  return vim.tbl_extend('force', defaults, vim.g.heph or {}, given)
end

--- What was set and means nothing.
---@return string[]
function M.unknown()
  local known = vim.tbl_extend('force', { command = {}, picker = '' }, defaults)
  local names = {}
  for name in pairs(vim.tbl_extend('force', vim.g.heph or {}, given)) do
    if known[name] == nil then
      table.insert(names, name)
    end
  end
  table.sort(names)
  return names
end

--- What was set and is not of the kind that it has to be, in words.
---@return string[]
function M.wrong()
  local kinds = { command = 'table', picker = 'string' }
  for name, value in pairs(defaults) do
    kinds[name] = type(value)
  end
  local said = {}
  for name, value in pairs(vim.tbl_extend('force', vim.g.heph or {}, given)) do
    if kinds[name] and type(value) ~= kinds[name] then
      table.insert(said, ("'%s' is a %s and has to be a %s"):format(name, type(value), kinds[name]))
    end
  end
  local picker = M.get().picker
  if type(picker) == 'string' and picker ~= 'telescope' and picker ~= 'select' then
    table.insert(said, ("'picker' is '%s' and has to be 'telescope' or 'select'"):format(picker))
  end
  table.sort(said)
  return said
end

return M
