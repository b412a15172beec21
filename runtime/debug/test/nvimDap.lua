-- Lends nvim-dap's session to a test (talk.ts): lines of JSON come in as requests, answers and events go back. Neovim 0.7 and later.
vim.opt.runtimepath:prepend(vim.env.NVIM_DAP)
local dap = require('dap')
local json = vim.json

dap.adapters['4d-simulator'] = { type = 'executable', command = vim.env.FOURD_NODE, args = { vim.env.FOURD_ADAPTER } }
dap.defaults.fallback.auto_continue_if_many_stopped = false
dap.defaults.fallback.exception_breakpoints = 'default'

local line = vim.loop.new_tcp()
local configured = false

local function say(message)
  line:write(json.encode(message) .. '\n')
end

for _, name in ipairs({ 'stopped', 'continued', 'terminated', 'exited', 'thread', 'breakpoint', 'invalidated', 'output', 'progressStart', 'progressEnd' }) do
  dap.listeners.before['event_' .. name]['row'] = function(_, body) say({ event = name, body = body }) end
end
-- nvim-dap ends the configuration when this returns. Which errors stop is the row's to say.
dap.listeners.before.event_initialized['row'] = function(one)
  one.set_exception_breakpoints = function(_, _, _, done) done() end
  say({ event = 'initialized', body = vim.empty_dict() })
  vim.wait(60000, function() return configured end, 5)
end

local session
local function take(message)
  if message.run then
    session = nil
    dap.run(message.run)
    vim.wait(10000, function() session = dap.session() return session ~= nil end, 5)
  elseif message.configured then
    configured = true
  elseif message.leave then
    -- Neovim's own end would ask for the debuggee's end too.
    local function quit() vim.cmd('qa!') end
    if dap.session() then dap.disconnect({}, quit) else quit() end
  else
    local arguments = next(message.arguments) and message.arguments or vim.empty_dict()
    ;(dap.session() or session):request(message.command, arguments, function(problem, body)
      say({ id = message.id, body = body or vim.empty_dict(), refused = problem and problem.message })
    end)
  end
end

line:connect('127.0.0.1', tonumber(vim.env.FOURD_PORT), function(problem)
  assert(not problem, problem)
  local rest = ''
  line:read_start(function(_, piece)
    if not piece then return vim.schedule(function() vim.cmd('qa!') end) end
    rest = rest .. piece
    for text in rest:gmatch('([^\n]*)\n') do
      local message = json.decode(text, { luanil = { object = true, array = true } })
      vim.schedule(function() take(message) end)
    end
    rest = rest:match('[^\n]*$')
  end)
end)
