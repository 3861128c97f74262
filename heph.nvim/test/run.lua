-- Runs test/test_*.lua, or those named in TESTS, and ends with a line "N passed, N failed"; nothing run is a failure. A test whose
-- Neovim died under it runs once more, which is said: Lua alone does not do that, and what a test does to it, it does again.
local here = vim.fs.dirname(debug.getinfo(1, 'S').source:sub(2))
package.path = here .. '/?.lua;' .. package.path

local function files()
  return vim.fn.glob(here .. '/test_' .. (vim.env.TESTS or '*') .. '.lua', false, true)
end

require('mini.test').setup({ collect = { find_files = files } })

--- @return string what names a test
local function name(case)
  return table.concat(case.desc, ' | ') .. ' ' .. vim.inspect(case.args)
end

--- Whether a test failed because its editor was not there any more.
local function died(case)
  return vim.iter(case.exec and case.exec.fails or {}):any(function(why)
    return why:find('was closed by the peer', 1, true) ~= nil or why:find('Invalid channel', 1, true) ~= nil
  end)
end

local passed, failed, dead = 0, 0, 0
local reporter = MiniTest.gen_reporter.stdout({ group_depth = 1, quit_on_finish = false })
local finish, again = reporter.finish, nil

local function ended()
  require('device').all_down()
  io.stdout:write(('\n%d passed, %d failed\n'):format(passed, failed))
  io.stdout:flush()
  vim.cmd((failed > 0 or passed == 0) and 'cquit 1' or 'qall!')
end

reporter.finish = function()
  finish()
  local first = again == nil
  again = again or {}
  for _, case in ipairs(MiniTest.current.all_cases) do
    if case.exec and #case.exec.fails == 0 and case.exec.state:match('^Pass') then
      passed = passed + 1
    elseif first and died(case) then
      again[name(case)], dead = true, dead + 1
    else
      failed = failed + 1
    end
  end
  if not first or dead == 0 then
    return ended()
  end
  for which in pairs(again) do
    io.stdout:write(('\nonce more, since its Neovim died: %s\n'):format(which))
  end
  local function only(case)
    return again[name(case)] == true
  end
  vim.schedule(vim.schedule_wrap(function() -- the first run ends in between
    local cases = MiniTest.collect({ find_files = files, filter_cases = only })
    if #cases ~= dead then
      failed = failed + dead
      return ended()
    end
    MiniTest.execute(cases, { reporter = reporter })
  end))
end
if #files() == 0 then
  failed = 1
  io.stdout:write(('not ok no test is called so: %s\n'):format(vim.env.TESTS or ''))
  ended()
end
MiniTest.run({ execute = { reporter = reporter } })
