-- Drives `fourd lsp --stdio` from Neovim: hover, definition, references and diagnostics, and reads what nvim-dap is told. Written for Neovim 0.7 and later.
--   nvim --clean --headless -u neovim.lua     with FOURD_SNIPPET and FOURD_DAP (what docs/es/editors.md tells people to put into their
--   configuration) and FOURD_FILE (a method of a project with scalable sessions); `fourd` is on the path
-- Prints one line of JSON and leaves with 0, or says what went wrong and leaves with 1.
local limit = 60000

local function fail(what)
  io.stderr:write(what .. '\n')
  vim.cmd('cq 1')
end

-- Neovim 0.8 has it; before, it was two calls.
vim.lsp.start = vim.lsp.start or function(config)
  local id = vim.lsp.start_client(config)
  vim.lsp.buf_attach_client(0, id)
  return id
end
vim.g.do_filetype_lua = 1
vim.cmd('filetype on')

-- nvim-dap itself is in no package: what the snippet gives it is looked at.
local dap = { adapters = {}, configurations = {} }
package.preload['dap'] = function() return dap end

local function main()
  dofile(vim.env.FOURD_SNIPPET)
  dofile(vim.env.FOURD_DAP)
  vim.cmd('edit ' .. vim.fn.fnameescape(vim.env.FOURD_FILE))
  if vim.bo.filetype ~= '4d' then return fail('the file type is ' .. vim.bo.filetype) end
  if not vim.wait(limit, function() return #vim.diagnostic.get(0) > 0 end, 50) then return fail('no diagnostics within a minute') end
  local id, client = next(vim.lsp.buf_get_clients(0))
  local line
  for number, text in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, false)) do
    local start = text:find('WEB LEGACY CLOSE SESSION', 1, true)
    if start and not text:find('^%s*//') then line = { number - 1, start + 5 } end
  end
  if not line then return fail('the command is not in the file') end
  local function ask(method, more)
    local answers = vim.lsp.buf_request_sync(0, 'textDocument/' .. method, vim.tbl_extend('force', {
      textDocument = vim.lsp.util.make_text_document_params(),
      position = { line = line[1], character = line[2] },
    }, more or {}), limit)
    return answers and answers[id] and answers[id].result or fail('no answer to ' .. method)
  end
  print(vim.fn.json_encode({
    hover = ask('hover').contents.value,
    definition = ask('definition'),
    references = ask('references', { context = { includeDeclaration = true } }),
    diagnostics = vim.diagnostic.get(0),
    root = client.config.root_dir,
    adapter = dap.adapters['4d-simulator'],
    configuration = dap.configurations['4d'][1],
  }))
  vim.lsp.stop_client(id)
  vim.cmd('qa!')
end

local ok, problem = pcall(main)
if not ok then fail(tostring(problem)) end
