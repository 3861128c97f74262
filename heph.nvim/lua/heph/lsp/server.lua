--- The server: requests of Neovim's client come as calls, and answers go back on the main loop once the daemon has answered.
local M = {}

--- An answer, or what is in its way.
---@alias heph.Reply fun(err?: heph.Error, result?: any)

--- Which module answers what.
local HANDLERS = {
  ['textDocument/completion'] = { 'heph.lsp.completion', 'complete' },
  ['completionItem/resolve'] = { 'heph.lsp.completion', 'resolve' },
  ['textDocument/definition'] = { 'heph.lsp.navigation', 'definition' },
  ['textDocument/references'] = { 'heph.lsp.navigation', 'references' },
  ['textDocument/hover'] = { 'heph.lsp.hover', 'hover' },
  ['textDocument/prepareRename'] = { 'heph.lsp.rename', 'prepare' },
  ['textDocument/rename'] = { 'heph.lsp.rename', 'rename' },
  ['textDocument/documentSymbol'] = { 'heph.lsp.symbols', 'document' },
  ['workspace/symbol'] = { 'heph.lsp.symbols', 'workspace' },
  ['textDocument/codeAction'] = { 'heph.lsp.actions', 'offer' },
  ['workspace/executeCommand'] = { 'heph.lsp.commands', 'execute' },
}

--- What completion engines, outlines and signs in the margin ask by themselves.
local UNASKED = {
  ['textDocument/completion'] = true,
  ['completionItem/resolve'] = true,
  ['textDocument/hover'] = true,
  ['textDocument/documentSymbol'] = true,
  ['textDocument/codeAction'] = true,
}

local CAPABILITIES = {
  positionEncoding = 'utf-16',
  textDocumentSync = { openClose = true, change = 2 }, -- only to hear of changes: the text is here
  completionProvider = { triggerCharacters = { '[', '#', '^', '@' }, resolveProvider = true },
  definitionProvider = true,
  referencesProvider = true,
  hoverProvider = true,
  renameProvider = { prepareProvider = true },
  documentSymbolProvider = true,
  workspaceSymbolProvider = true,
  codeActionProvider = { codeActionKinds = { 'heph', 'quickfix', 'refactor.extract', 'refactor.rewrite' } },
  executeCommandProvider = { commands = { 'heph.act', 'heph.create', 'heph.extract', 'heph.promote' } },
}

local INTERNAL_ERROR = -32603
local METHOD_NOT_FOUND = -32601

local function initialize(_, reply)
  reply(nil, { capabilities = CAPABILITIES, serverInfo = { name = 'heph' } })
end

local function answer(method, params, reply)
  if method == 'initialize' then
    return initialize(params, reply)
  elseif method == 'shutdown' then
    return reply(nil, nil)
  end
  local handler = HANDLERS[method]
  if not handler then
    return reply({ code = METHOD_NOT_FOUND, message = 'heph does not know ' .. method })
  end
  local handle = require(handler[1])[handler[2]]
  if UNASKED[method] then
    return require('heph.daemon').quietly(handle, params, reply)
  end
  handle(params, reply)
end

--- The `cmd` of the client.
---@param dispatchers vim.lsp.rpc.Dispatchers
---@return vim.lsp.rpc.PublicClient
function M.start(dispatchers)
  local closing, last = false, 0

  local function request(method, params, callback, replied)
    last = last + 1
    local id = last
    -- Never at once: the client notes a request when this returns, and would wait for ever for one that is answered already.
    answer(
      method,
      params,
      vim.schedule_wrap(function(err, result)
        if replied then
          replied(id)
        end
        if err and not err.code then
          err = { code = INTERNAL_ERROR, message = err.message }
        end
        callback(err, result)
      end)
    )
    return true, id
  end

  local function stop()
    if not closing then
      closing = true
      dispatchers.on_exit(0, 0)
    end
  end

  return {
    request = request,
    notify = function(method)
      if method == 'initialized' then
        require('heph.lsp.quickfix').start()
        require('heph.lsp.diagnostics').start(function(params)
          dispatchers.notification('textDocument/publishDiagnostics', params)
        end)
      elseif method == 'textDocument/didOpen' or method == 'textDocument/didChange' then
        require('heph.lsp.diagnostics').soon()
      elseif method == 'exit' then
        stop()
      end
      return true
    end,
    is_closing = function()
      return closing
    end,
    terminate = stop,
  }
end

return M
