;;; run.el --- Run one script in the file that Emacs has opened  -*- lexical-binding: t; -*-

;;; Commentary:

;; emacs --batch -l run.el FILE SCRIPT: the script defines `run', and what that returns is printed
;; as JSON.  An error ends Emacs with an exit code.

;;; Code:

(setq package-directory-list '("/usr/share/emacs/site-lisp/elpa" "/usr/share/emacs/site-lisp/elpa-src"))
(package-initialize)
(require 'eglot)
(require 'flymake)
(require 'json)
(require 'segql-mode)

(setq eglot-sync-connect 10
      eglot-autoshutdown t
      make-backup-files nil
      create-lockfiles nil)

(defun wait-for (what condition)
  "Wait until CONDITION returns something, and return that; WHAT is waited for."
  (let ((end (+ (float-time) 10)) found)
    (while (not (or (setq found (funcall condition)) (> (float-time) end)))
      (accept-process-output nil 0.02))
    (or found (error "Waited in vain for %s" what))))

(defun go-behind (text)
  "Move point behind the first TEXT."
  (goto-char (point-min))
  (search-forward text))

(defun text ()
  "The text of the buffer."
  (buffer-substring-no-properties (point-min) (point-max)))

(let ((file (pop command-line-args-left)) (script (pop command-line-args-left)))
  (find-file file)
  (load script nil t)
  (apply #'eglot (eglot--guess-contact))
  (princ (json-encode (run)))
  (eglot-shutdown (eglot-current-server)))

;;; run.el ends here
