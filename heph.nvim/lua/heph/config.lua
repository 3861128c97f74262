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

local function set()
  return vim.tbl_extend('force', type(vim.g.heph) == 'table' and vim.g.heph or {}, given)
end

--- What is wrong with a setting, in words.
---@param name string
---@return string?
local function fault(name, value)
  local kind = ({ command = 'table', picker = 'string' })[name] or type(defaults[name])
  if kind == 'nil' then
    return nil
  elseif type(value) ~= kind then
    return ("'%s' is a %s and has to be a %s"):format(name, type(value), kind)
  elseif name == 'command' and type(value[1]) ~= 'string' then
    return "'command' is no list of words, such as { 'heph' }"
  elseif name == 'picker' and value ~= 'telescope' and value ~= 'select' then
    return ("'picker' is '%s' and has to be 'telescope' or 'select'"):format(value)
  end
end

--- What is wrong is as if it had not been set; :checkhealth heph says so.
---@return heph.Config
function M.get()
  local config = vim.deepcopy(defaults)
  for name, value in pairs(set()) do
    if not fault(name, value) then
      config[name] = value
    end
  end
  return config
end

--- What was set and means nothing.
---@return string[]
function M.unknown()
  local known = vim.tbl_extend('force', { command = {}, picker = '' }, defaults)
  local names = {}
  for name in pairs(set()) do
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
  local said = {}
  if vim.g.heph and type(vim.g.heph) ~= 'table' then
    table.insert(said, ("'vim.g.heph' is a %s and has to be a table"):format(type(vim.g.heph)))
  end
  for name, value in pairs(set()) do
    said[#said + 1] = fault(name, value)
  end
  table.sort(said)
  return said
end

return M
