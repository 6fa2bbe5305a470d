;;; formatting.el --- Format the buffer  -*- lexical-binding: t; -*-
;;; Code:

(defun run ()
  "The text after formatting."
  (eglot-format-buffer)
  (text))

;;; formatting.el ends here
