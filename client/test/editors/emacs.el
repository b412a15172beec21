;;; emacs.el --- Drives `fourd lsp --stdio' from Emacs with Eglot: hover and diagnostics.  -*- lexical-binding: t -*-
;;   emacs -q --batch -l emacs.el     with FOURD_SNIPPET (what docs/es/editors.md tells people to put into their configuration) and FOURD_FILE (a
;;   method of a project with scalable sessions); `fourd' is on the path
;; Written for Emacs 28 with Eglot 1.9 and later.  Prints one line of JSON and leaves with 0, or says what went wrong and leaves with 1.

(require 'json)

(defun until (what ask)
  "Wait until ASK gives something, and give that; WHAT is named when it does not within a minute."
  (let ((end (+ (float-time) 60)) found)
    (while (and (not (setq found (funcall ask))) (< (float-time) end))
      (accept-process-output nil 0.1))
    (or found (error "No %s within a minute" what))))

(condition-case problem
    (progn
      (load (getenv "FOURD_SNIPPET") nil t t)
      (setq eglot-sync-connect 60)
      (setq eglot-connect-timeout 60)
      (with-current-buffer (find-file-noselect (getenv "FOURD_FILE"))
        (unless (eq major-mode 'fourd-mode) (error "The file is in %s" major-mode))
        (unless (memq #'eglot-ensure fourd-mode-hook) (error "Eglot is not started by the mode"))
        ;; In batch mode nothing runs after a command, which is when `eglot-ensure' connects.
        (apply #'eglot--connect (eglot--guess-contact))
        (until "server" #'eglot-current-server)
        (flymake-mode 1)
        (let ((diagnostics (until "diagnostics" (lambda () (flymake-start) (flymake-diagnostics)))))
          (goto-char (point-min))
          (let ((case-fold-search nil)) (re-search-forward "^WEB LEGACY"))
          (let* ((answer (jsonrpc-request (eglot-current-server) :textDocument/hover (eglot--TextDocumentPositionParams)))
                 (contents (plist-get answer :contents)))
            (princ (json-encode
                    `((hover . ,(if (stringp contents) contents (plist-get contents :value)))
                      (diagnostics . ,(vconcat (mapcar #'flymake-diagnostic-text diagnostics))))))
            (terpri)))
        (eglot-shutdown (eglot-current-server)))
      (kill-emacs 0))
  (error (princ (format "%S\n" problem) #'external-debugging-output)
         (kill-emacs 1)))
