-- Drives `fourd lsp --stdio` from Neovim: hover and diagnostics. Written for Neovim 0.7 and later.
--   nvim --clean --headless -u neovim.lua     with FOURD (the command), FOURD_FILE (a method of a project with scalable sessions)
-- Prints one line of JSON and leaves with 0, or says what went wrong and leaves with 1.
local function fail(what)
  io.stderr:write(what .. '\n')
  vim.cmd('cq 1')
end

local function main()
  vim.cmd('edit ' .. vim.fn.fnameescape(vim.env.FOURD_FILE))
  vim.bo.filetype = '4d'
  local id = vim.lsp.start_client({
    name = 'fourd',
    cmd = { vim.env.FOURD, 'lsp', '--stdio' },
    root_dir = vim.env.FOURD_ROOT,
    init_options = { documentation = { language = 'es' } },
  })
  if not id then return fail('the language server did not start') end
  vim.lsp.buf_attach_client(0, id)
  if not vim.wait(20000, function() return #vim.diagnostic.get(0) > 0 end, 50) then return fail('no diagnostics within 20 seconds') end
  local line
  for number, text in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, false)) do
    local start = text:find('WEB LEGACY CLOSE SESSION', 1, true)
    if start and not text:find('^%s*//') then line = { number - 1, start + 5 } end
  end
  if not line then return fail('the command is not in the file') end
  local answers = vim.lsp.buf_request_sync(0, 'textDocument/hover', {
    textDocument = vim.lsp.util.make_text_document_params(),
    position = { line = line[1], character = line[2] },
  }, 10000)
  local answer = answers and answers[id] and answers[id].result
  if not answer then return fail('no hover') end
  local hover = vim.lsp.util.convert_input_to_markdown_lines(answer.contents)
  print(vim.fn.json_encode({ hover = table.concat(hover, '\n'), diagnostics = vim.diagnostic.get(0) }))
  vim.lsp.stop_client(id)
  vim.cmd('qa!')
end

local ok, problem = pcall(main)
if not ok then fail(tostring(problem)) end
