;;; emacs.el --- Drives `fourd lsp --stdio' from Emacs with Eglot: hover and diagnostics.  -*- lexical-binding: t -*-
;;   emacs -q --batch -l emacs.el     with FOURD (the command) and FOURD_FILE (a method of a project with scalable sessions)
;; Written for Emacs 28 with Eglot 1.9 and later.  Prints one line of JSON and leaves with 0, or says what went wrong and leaves with 1.

(require 'eglot)
(require 'json)

;; From here to the next comment: what docs/en/editors.md tells people to put into their own configuration.
(define-derived-mode fourd-mode prog-mode "4D"
  "4D code."
  (setq-local comment-start "// "))
(put 'fourd-mode 'eglot-language-id "4d")
(add-to-list 'auto-mode-alist '("\\.4dm\\'" . fourd-mode))
(add-to-list 'eglot-server-programs '(fourd-mode . ("fourd" "lsp" "--stdio")))
(defun fourd-project (folder)
  "The 4D project around FOLDER: the folder that holds \"Project\"."
  (let ((root (locate-dominating-file folder "Project")))
    (and root (cons 'transient root))))
(add-hook 'project-find-functions #'fourd-project)
(setq-default eglot-workspace-configuration
              '((:4dWebSessions . (:documentation (:language "es")))))

;; The test.
(setf (cadr (assq 'fourd-mode eglot-server-programs)) (getenv "FOURD"))
(setq eglot-sync-connect 20)

(defun until (what ask)
  "Wait until ASK gives something, and give that; WHAT is named when it does not within 20 seconds."
  (let ((end (+ (float-time) 20)) found)
    (while (and (not (setq found (funcall ask))) (< (float-time) end))
      (accept-process-output nil 0.1))
    (or found (error "No %s within 20 seconds" what))))

(condition-case problem
    (with-current-buffer (find-file-noselect (getenv "FOURD_FILE"))
      (unless (eq major-mode 'fourd-mode) (error "The file is in %s" major-mode))
      (apply #'eglot--connect (eglot--guess-contact))
      (until "server" #'eglot-current-server)
      (flymake-mode 1)
      (let ((diagnostics (until "diagnostics" (lambda () (flymake-start) (flymake-diagnostics)))))
        (goto-char (point-min))
        (re-search-forward "^WEB LEGACY")
        (let* ((answer (jsonrpc-request (eglot--current-server-or-lose) :textDocument/hover (eglot--TextDocumentPositionParams)))
               (contents (plist-get answer :contents)))
          (princ (json-encode
                  `((mode . ,(symbol-name major-mode))
                    (hover . ,(if (stringp contents) contents (plist-get contents :value)))
                    (diagnostics . ,(vconcat (mapcar #'flymake-diagnostic-text diagnostics))))))
          (terpri)))
      (eglot-shutdown (eglot-current-server))
      (kill-emacs 0))
  (error (princ (format "%S\n" problem) #'external-debugging-output)
         (kill-emacs 1)))
