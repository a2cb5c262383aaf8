-- What the tests in Neovim expect things with, and how they end.

local M = {}

--- How long anything may take, in milliseconds.
M.PATIENCE = 10000

function M.equal(expected, found, what)
  if not vim.deep_equal(expected, found) then
    error(('%s\nexpected: %s\nfound:    %s'):format(what, vim.inspect(expected), vim.inspect(found)), 0)
  end
end

--- Waits until `found()` is `expected`.
function M.eventually(expected, found, what)
  vim.wait(M.PATIENCE, function()
    return vim.deep_equal(expected, found())
  end, 5)
  M.equal(expected, found(), what .. ', in time')
end

--- Runs `test`, and says how it went.
function M.report(test)
  local passed, problem = xpcall(test, function(problem)
    return type(problem) == 'string' and problem or vim.inspect(problem)
  end)
  if not passed then
    io.stderr:write('\nnvim: ' .. problem .. '\n')
    io.stdout:write('0 passed, 1 failed\n')
    vim.cmd('cquit 1')
  end
  io.stdout:write('1 passed, 0 failed\n')
end

return M
