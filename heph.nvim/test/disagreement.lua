--- What two devices disagree on, and a Neovim that looks at it.
local Apart, Device = require('apart'), require('device')

local Disagreement = {}
Disagreement.__index = Disagreement

--- Between a device and its phone, seen in a Neovim.
function Disagreement.new(nvim)
  local self = setmetatable({ nvim = nvim, device = Device.shared() }, Disagreement)
  self.phone, self.url = Apart.with(self.device)
  return self
end

--- Has both do something without hearing of each other.
function Disagreement:apart(act)
  Apart.while_apart(self.device, self.phone, self.url, act)
end

function Disagreement:open()
  return self.device:rpc('conflicts.list').conflicts
end

--- What is left open is settled, on both.
function Disagreement:settle()
  for _, conflict in ipairs(self:open()) do
    self.device:rpc('conflicts.resolve', { id = conflict.id, choice = '1' })
  end
  Apart.meet(self.device, self.phone)
end

function Disagreement:stop()
  self.nvim.stop()
  Apart.part(self.device)
end

--- A task that both put on a day.
function Disagreement:on_a_date(title)
  local id = self.device:rpc('task.create', { title = title }).id
  self:apart(function()
    self.device:rpc('task.set_schedule', { id = id, do_date = '2026-12-01' })
    self.phone:rpc('task.set_schedule', { id = id, do_date = '2026-12-03' })
  end)
  return id
end

function Disagreement:await_settled()
  Device.await('no conflict', function()
    return #self:open() == 0
  end)
end

--- The windows of the tab, from left to right and downwards: what is said above them, and their text.
function Disagreement:windows()
  return self.nvim.lua_get([[vim.tbl_map(function(window)
    local buf = vim.api.nvim_win_get_buf(window)
    return { vim.b[buf].heph_info, table.concat(vim.api.nvim_buf_get_lines(buf, 0, -1, false), '\n'), vim.wo[window].diff }
  end, vim.api.nvim_tabpage_list_wins(0))]])
end

--- Opens the one that a line of the list is about.
function Disagreement:look_at(title)
  self.nvim.cmd('Heph conflicts')
  self.nvim.line_of(title)
  self.nvim.type_keys('<CR>')
end

--- Goes to the window above which some words stand.
function Disagreement:go_to(words)
  self.nvim.lua(
    [[
    for _, window in ipairs(vim.api.nvim_tabpage_list_wins(0)) do
      if (vim.b[vim.api.nvim_win_get_buf(window)].heph_info or ''):find(..., 1, true) then
        return vim.api.nvim_set_current_win(window)
      end
    end
    error('no window of ' .. ...)]],
    { words }
  )
end

return Disagreement
